import BillingFiles
import BillingValues

/// What a validation is asked to do.
struct ValidationOptions {
    /// What a report is written in.
    enum ReportFormat: String, CaseIterable {
        /// Lines for people.
        case text
        /// One JSON document.
        case json
        /// A JSON document a line, one for each finding.
        case jsonl
    }

    /// The paths of the files, `-` for standard input.
    let files: [String]

    /// The paths of the schema's documents, the main one first; empty for the built-in schemas.
    let schemas: [String]

    /// The format of the files; nil where each tells its own.
    let format: NativeFormat?

    /// The kind of native file that CSV files are; nil where each tells its own.
    let kind: NativeKind?

    /// The last day that has come.
    let today: CivilDate

    /// What the report is written in.
    let reportFormat: ReportFormat

    /// The path of the report; nil for standard output.
    let reportPath: String?

    /// Whether a report that exists is replaced.
    let replacesReport: Bool

    /// How many findings of each rule are told of a file; all are counted.
    let mostErrors: Int

    /// How many threads validate.
    let threads: Int

    /// Whether findings alone are told.
    let isQuiet: Bool
}
