public import BillingValues
import GRDB

/// One link of the ledger's chain: what a run did, the hash of its entries and of the link before it.
public struct LedgerLink: Hashable, Sendable {
    /// What a link says.
    public enum Act: String, Sendable {
        /// An audit is about to publish its files.
        case audit
        /// An audit is about to publish a plan that nobody has approved yet.
        case proposal
        /// A plan was approved, and its recovery charges are about to be published.
        case release
        /// What the link before says was published.
        case published
        /// What the link before says was not published.
        case withdrawn
        /// A plan that was proposed is given up.
        case rejected

        /// Whether files are under way, so that a later link must say what became of them.
        var isPending: Bool { self == .audit || self == .proposal || self == .release }
    }

    /// A file that a run publishes.
    public struct File: Hashable, Sendable {
        /// The name in the output directory.
        public let name: String
        /// The size in bytes.
        public let size: UInt64
        /// SHA-256 in 64 lower-case hexadecimal digits.
        public let sha256: String

        /// A file from its parts.
        public init(name: String, size: UInt64, sha256: String) {
            self.name = name
            self.size = size
            self.sha256 = sha256
        }
    }

    /// What the caller knows of a link.
    public struct Draft: Sendable {
        /// What the link says.
        var act: Act
        /// The run that it is about.
        var run: Int
        /// The day that counts as the day of the run.
        var decidedOn: CivilDate
        /// Who decided, where a person does.
        var by: String?
        /// The version of the program.
        var program: String
        /// The audit's window.
        var window: (from: CivilDate, to: CivilDate)?
        /// The absolute path of the directory that is published.
        var output: String?
        /// The files of that directory but the manifest, which has the hash of the link.
        var files: [File] = []

        /// The draft of a link.
        public init(
            act: Act, run: Int, decidedOn: CivilDate, by: String? = nil, program: String,
            window: (from: CivilDate, to: CivilDate)? = nil, output: String? = nil, files: [File] = []
        ) {
            self.act = act
            self.run = run
            self.decidedOn = decidedOn
            self.by = by
            self.program = program
            self.window = window
            self.output = output
            self.files = files
        }
    }

    /// The place in the chain, from 1.
    public let number: Int
    /// The run that it is about, from 1.
    public let run: Int
    /// What it says.
    public let act: Act
    /// The day that counts as the day of the run.
    public let decidedOn: CivilDate
    /// Who decided, where a person did.
    public let by: String?
    /// The version of the program.
    public let program: String
    /// The audit's window as texts.
    public let windowFrom: String?
    /// The end of the window, exclusive.
    public let windowTo: String?
    /// The absolute path of the directory that was published.
    public let output: String?
    /// The published files but the manifest: a line for each, with SHA-256, size and name.
    public let files: String
    /// How many entries it has.
    public let entries: Int
    /// The hash of the entries.
    public let entriesSHA256: String
    /// Count and sum of the entries by act and currency; see `LedgerSums`.
    public let sums: String
    /// The hash of the link before, 64 zeros for the first.
    public let previousSHA256: String
    /// The hash of all of the above.
    public let sha256: String

    /// What stands before the first link.
    static let origin = String(repeating: "0", count: 64)

    init(
        _ draft: Draft, number: Int, previous: String, entries: Int, entriesSHA256: String, sums: LedgerSums
    ) {
        self.number = number
        run = draft.run
        act = draft.act
        decidedOn = draft.decidedOn
        by = draft.by
        program = draft.program
        windowFrom = draft.window?.from.description
        windowTo = draft.window?.to.description
        output = draft.output
        files = draft.files.map { "\($0.sha256) \($0.size) \($0.name)\n" }.joined()
        self.entries = entries
        self.entriesSHA256 = entriesSHA256
        self.sums = sums.text
        previousSHA256 = previous
        sha256 = Self.hash(
            [
                "rinnovo ledger \(LedgerSchema.version)", "\(number)", "\(run)", act.rawValue, decidedOn.description,
                by, program, windowFrom, windowTo, output, files, "\(entries)", entriesSHA256, sums.text, previous,
            ])
    }

    private static func hash(_ parts: [String?]) -> String {
        var hash = CanonicalHash()
        for part in parts { hash.add(part) }
        return hash.finish()
    }
}

extension LedgerLink {
    static let columns =
        "number, run, act, decided_on, by, program, window_from, window_to, output, files, entries, entries_sha256, "
        + "sums, previous_sha256, sha256"

    /// The values of `columns`.
    var values: [(any DatabaseValueConvertible)?] {
        [
            number, run, act.rawValue, decidedOn.description, by, program, windowFrom, windowTo, output, files, entries,
            entriesSHA256, sums, previousSHA256, sha256,
        ]
    }

    /// The link of a row of `columns`; nil when it is none.
    init?(_ row: Row) {
        guard let number = row.number(0), let run = row.number(1), let act = row.text(2).flatMap(Act.init),
            let decidedOn = row.day(3), let program = row.text(5), let files = row.text(9),
            let entries = row.number(10), let entriesSHA256 = row.text(11), let sums = row.text(12),
            let previous = row.text(13), let sha256 = row.text(14)
        else { return nil }
        self.number = Int(number)
        self.run = Int(run)
        self.act = act
        self.decidedOn = decidedOn
        by = row.text(4)
        self.program = program
        windowFrom = row.text(6)
        windowTo = row.text(7)
        output = row.text(8)
        self.files = files
        self.entries = Int(entries)
        self.entriesSHA256 = entriesSHA256
        self.sums = sums
        previousSHA256 = previous
        self.sha256 = sha256
    }

    /// The hash that the link must have.
    var expectedSHA256: String {
        Self.hash(
            [
                "rinnovo ledger \(LedgerSchema.version)", "\(number)", "\(run)", act.rawValue, decidedOn.description,
                by, program, windowFrom, windowTo, output, files, "\(entries)", entriesSHA256, sums, previousSHA256,
            ])
    }

    /// The names of the published files.
    var fileNames: [String] {
        files.split(separator: "\n").compactMap { line in
            let parts = line.split(separator: " ", maxSplits: 2)
            return parts.count == 3 ? String(parts[2]) : nil
        }
    }
}
