import BillingFiles

/// Takes what came of the blocks of a foreign file in their order, places it in the file, and hands it out.
struct ForeignReading {
    private let file: String
    private let foreign: ForeignFile
    private let plan: TablePlan
    private let mostFindings: Int
    private var directory: BlockDirectory
    private var totals: TotalsAccount
    private var keys: [SeenKeys] = []
    private var counts: [InputRule: Int] = [:]

    init(file: String, foreign: ForeignFile, plan: TablePlan, mostFindings: Int) {
        self.file = file
        self.foreign = foreign
        self.plan = plan
        self.mostFindings = mostFindings
        directory = BlockDirectory(files: [file], keepsBlocks: false)
        totals = TotalsAccount(foreign)
    }

    /// Begins behind the header; `seed` is that of the hashes of keys.
    mutating func begin(_ header: BlockSequence.Header, seed: UInt64) {
        directory.beginFile(0, header)
        keys = plan.uniqueKeys.map { _ in SeenKeys(seed: seed) }
    }

    /// Counts findings and hands them out, as many of each rule as are wanted.
    mutating func report(_ findings: [InputFinding], _ report: (InputFinding) throws -> Void) throws {
        for finding in findings {
            counts[finding.rule, default: 0] += 1
            if counts[finding.rule, default: 0] <= mostFindings { try report(finding) }
        }
    }

    /// Takes the next block.
    mutating func add(
        _ block: Block, _ outcome: ForeignOutcome, _ report: (InputFinding) throws -> Void
    ) throws {
        var decoded = outcome.decoded
        for suspect in outcome.suspects {
            let record = directory.records[0] + suspect.finding.record + 1
            guard let first = keys[suspect.key].first(suspect.bytes, record: record) else { continue }
            var finding = suspect.finding
            finding.found = "\(VisibleText.of(suspect.bytes)), which record \(first) has already"
            decoded.findings.append(finding)
        }
        decoded.findings.sort { $0.byteOffset < $1.byteOffset }
        totals.add(decoded.totals, line: directory.lineCount(ofFile: 0) + 1, offset: block.fileOffset)
        try self.report(directory.add(block, decoded), report)
    }

    /// Ends the file.
    mutating func finish(_ rejection: InputRejection?, _ report: (InputFinding) throws -> Void) throws {
        if let rejection {
            try self.report([directory.place(rejection, file: 0)], report)
        } else {
            try self.report(totals.findings(file: file), report)
        }
        // Where all records are left out by name, or the file is a notice, each is accounted for.
        guard directory.records[0] == 0, foreign.profile.kind != .events, directory.skipped[0].isEmpty,
            !foreign.isWithoutRecords, counts.allSatisfy({ $0.key.severity == .warning })
        else { return }
        try self.report(
            [
                InputFinding(
                    rule: .noRecords, place: .whole(file), found: "no record", expected: "at least one record")
            ], report)
    }

    /// What came of the file.
    var outcome: FileValidationOutcome {
        var outcome = FileValidationOutcome(
            file: file, format: foreign.profile.name, counts: counts, records: directory.records[0])
        let skipped = directory.skipped[0].sorted { $0.key < $1.key }.map { "\($0.value) left out: \($0.key)" }
        // Sound records do not make a document that its own schema allows.
        var notChecked: [String] = []
        if case .xml = foreign.profile.layout { notChecked = ["not held to its own schema: name that with --schema"] }
        outcome.guess = (["read as \(foreign.profile.title)"] + skipped + notChecked).joined(separator: "; ")
        return outcome
    }
}
