public import BillingFiles

/// Which profiles a file may be of, told by its beginning.
public struct FormatDetection: Sendable {
    /// How sure it is that a file is of a format.
    public enum Confidence: String, Comparable, Sendable {
        /// Some records fit, others do not.
        case low
        /// All records fit, but only their number of fields tells the format.
        case medium
        /// Names or values that only this format has, and most records are sound.
        case high

        /// Whether one is less sure than another.
        public static func < (one: Confidence, other: Confidence) -> Bool { one.rank < other.rank }

        private var rank: Int {
            switch self {
            case .low: 0
            case .medium: 1
            case .high: 2
            }
        }
    }

    /// A format that a file may be of.
    public struct Candidate: Sendable {
        /// How the file is read in the format.
        public let file: ForeignFile
        /// What its first records come to.
        public let trial: ForeignTrial
        /// How sure it is.
        public let confidence: Confidence
    }

    /// The formats that fit, the surest first.
    public let candidates: [Candidate]

    /// Why the other formats do not fit, by name.
    public let mismatches: [(name: String, mismatch: ForeignMismatch)]

    /// Looks for the profiles that fit.
    public init(_ profiles: [FormatProfile], beginning: [UInt8], isWhole: Bool) {
        var candidates: [Candidate] = []
        var mismatches: [(name: String, mismatch: ForeignMismatch)] = []
        for profile in profiles {
            switch ForeignFile.open(profile, beginning: beginning, isWhole: isWhole) {
            case .failure(let mismatch): mismatches.append((profile.name, mismatch))
            case .success(let file):
                let trial = ForeignTrial(file, beginning: beginning, isWhole: isWhole)
                guard let confidence = Self.confidence(file, trial) else {
                    let mismatch = ForeignMismatch(
                        found: "\(trial.sound) sound records among \(trial.records)",
                        expected: "sound records for the most part")
                    mismatches.append((profile.name, mismatch))
                    continue
                }
                candidates.append(Candidate(file: file, trial: trial, confidence: confidence))
            }
        }
        // Stable, so that equally sure ones stay in the order of their names.
        self.candidates = candidates.enumerated().sorted {
            ($1.element.confidence, $0.offset) < ($0.element.confidence, $1.offset)
        }.map(\.element)
        self.mismatches = mismatches
    }

    /// The one format that the file surely is of; nil where there is none or several.
    public var certain: ForeignFile? {
        let sure = candidates.filter { $0.confidence == .high }
        return sure.count == 1 ? sure[0].file : nil
    }

    private static func confidence(_ file: ForeignFile, _ trial: ForeignTrial) -> Confidence? {
        // The name of a root element, with its namespace, tells a format whatever the records are like, and so do the
        // members of objects, and the first line of a table whose records wait for others far behind them.
        switch file.profile.layout {
        case .xml: return .high
        case .json, .tables: if file.isCharacteristic { return .high }
        case .delimited, .fixedWidth: break
        }
        let read = trial.records + trial.skipped.values.reduce(0, +)
        guard read > 0, trial.records > 0 || file.isCharacteristic else { return nil }
        if file.isCharacteristic, trial.sound * 2 >= trial.records { return .high }
        if trial.sound == trial.records { return .medium }
        return trial.sound * 2 >= trial.records ? .low : nil
    }
}
