public import BillingFiles
public import FileValidation

/// A file of a validation run, as reports tell of it.
public enum ValidatedFile: Sendable {
    /// The file was read; of the findings on it those that are shown.
    case read(FileValidationOutcome, shown: [InputFinding])

    /// The file was not validated at all.
    case unread(file: String, reason: String)
}
