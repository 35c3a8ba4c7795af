public import FileValidation

/// A report on validated files that is written while they are read, so that it needs no memory for what it told.
///
/// The calls come in this order: `begin()`; for each file, one after the other, its findings and then `end(_:)`, or
/// `unread(file:reason:)` or `skipped(file:reason:)` alone; `finish()`. Each gives the next bytes of the report.
public protocol FindingReport {
    /// What stands before everything else.
    mutating func begin() -> [UInt8]

    /// A finding on the file that is being read.
    mutating func add(_ finding: ReportedFinding) -> [UInt8]

    /// The end of a file.
    mutating func end(_ outcome: FileValidationOutcome) -> [UInt8]

    /// A file that was not validated, and why.
    mutating func unread(file: String, reason: String) -> [UInt8]

    /// A file of a folder that nobody wanted to be validated, and why.
    mutating func skipped(file: String, reason: String) -> [UInt8]

    /// What stands behind everything else.
    mutating func finish() -> [UInt8]
}
