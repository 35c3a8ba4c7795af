public import FileValidation

/// A JSON document a line, one for each finding: what a log pipeline or `jq` reads as it comes.
public struct JSONLinesReport: FindingReport {
    private let masked: Bool

    /// A report; masked, it hides long numbers in what was found.
    public init(masked: Bool) {
        self.masked = masked
    }

    /// What stands before everything else.
    public func begin() -> [UInt8] { [] }

    /// A finding on the file that is being read.
    public func add(_ finding: ReportedFinding) -> [UInt8] { finding.json(masked: masked).line }

    /// The end of a file.
    public func end(_ outcome: FileValidationOutcome) -> [UInt8] { [] }

    /// A file that was not validated, and why.
    public func unread(file: String, reason: String) -> [UInt8] { [] }

    /// A file of a folder that nobody wanted to be validated, and why.
    public func skipped(file: String, reason: String) -> [UInt8] { [] }

    /// What stands behind everything else.
    public func finish() -> [UInt8] { [] }
}
