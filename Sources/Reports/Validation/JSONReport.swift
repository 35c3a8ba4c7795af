import BillingFiles
public import FileValidation

/// One JSON document: the files with their findings, their counts behind them, and the sums at the end.
public struct JSONReport: FindingReport {
    private let version: String
    private let masked: Bool
    private var isFirstFile = true
    private var isInFile = false
    private var findings = SeparatedDocuments()
    private var totals = ValidationTotals()

    /// A report by a version of the program; masked, it hides long numbers.
    public init(version: String, masked: Bool) {
        self.version = version
        self.masked = masked
    }

    /// What stands before everything else.
    public func begin() -> [UInt8] {
        Array("{\"version\": ".utf8) + JSONValue.string(version).line.dropLast() + Array(",\n\"files\": [".utf8)
    }

    /// A finding on the file that is being read.
    public mutating func add(_ finding: ReportedFinding) -> [UInt8] {
        open() + findings.next(finding.json(masked: masked))
    }

    /// The end of a file.
    public mutating func end(_ outcome: FileValidationOutcome) -> [UInt8] {
        defer { isInFile = false }
        totals.add(outcome)
        let members = outcome.jsonMembers
        return open() + Array("\n],\n".utf8) + JSONValue.object(members).line.dropFirst().dropLast()
    }

    /// A file that was not validated, and why.
    public mutating func unread(file: String, reason: String) -> [UInt8] {
        totals.addUnread()
        return member(file, verdict: "unread", reason: reason)
    }

    /// A file of a folder that nobody wanted to be validated, and why.
    public mutating func skipped(file: String, reason: String) -> [UInt8] {
        totals.addSkipped()
        return member(file, verdict: "skipped", reason: reason)
    }

    private mutating func member(_ file: String, verdict: String, reason: String) -> [UInt8] {
        let member = JSONValue.object([
            ("file", .string(file)), ("verdict", .string(verdict)), ("reason", .string(reason)),
        ])
        defer { isFirstFile = false }
        return Array((isFirstFile ? "\n" : ",\n").utf8) + member.line.dropLast()
    }

    /// What stands behind everything else.
    public func finish() -> [UInt8] {
        Array("\n],\n\"totals\": ".utf8) + totals.json.line.dropLast() + Array("}\n".utf8)
    }

    /// The beginning of a file that has nothing told yet.
    private mutating func open() -> [UInt8] {
        guard !isInFile else { return [] }
        defer { isFirstFile = false }
        isInFile = true
        findings = SeparatedDocuments()
        return Array((isFirstFile ? "\n" : ",\n").utf8) + Array("{\"findings\": [".utf8)
    }
}
