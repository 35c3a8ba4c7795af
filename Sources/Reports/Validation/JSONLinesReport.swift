public import FileValidation

/// A JSON document a line, one for each finding: what a log pipeline or `jq` reads as it comes.
public struct JSONLinesReport: FindingReport {
    private let masked: Bool

    /// A report; masked, it hides long numbers in what was found.
    public init(masked: Bool) {
        self.masked = masked
    }

    public func begin() -> [UInt8] { [] }

    public func add(_ finding: ReportedFinding) -> [UInt8] { finding.json(masked: masked).line }

    public func end(_ outcome: FileValidationOutcome) -> [UInt8] { [] }

    public func unread(file: String, reason: String) -> [UInt8] { [] }

    public func finish() -> [UInt8] { [] }
}
