import BillingFiles
import BillingValues
import FileValidation
import OperatorSettings

/// What a validation is asked to do.
struct ValidationOptions {
    /// The paths of the files, `-` for standard input.
    let files: [String]

    /// The paths of the schema's documents, the main one first; empty for the built-in schemas.
    let schemas: [String]

    /// The format of the files; nil where each tells its own.
    let format: NativeFormat?

    /// The foreign format of the files; nil where none is named.
    let foreign: InputFormat

    /// The kind of native file that CSV files are; nil where each tells its own.
    let kind: NativeKind?

    /// The last day that has come.
    let today: CivilDate

    /// How delimited files are written; nil where each tells.
    let form: DelimitedForm?

    /// The encoding of delimited files; nil where each tells.
    let encoding: TextEncoding?

    /// The decimal character of native delimited files; nil where each tells.
    let decimal: UInt8?

    /// The order of dates in native delimited files; nil where each tells.
    let dateOrder: DateOrder?

    /// The files that foreign keys may lead to, by the names of their resources.
    let references: [String: String]

    /// Where the rows without an error go; nil for nowhere.
    let acceptedPath: String?

    /// Where the rows with errors go; nil for nowhere.
    let rejectedPath: String?

    /// The reports; at most one goes to standard output.
    let reports: [ReportTarget]

    /// What rules weigh, and which are waived.
    let grading: RuleGrading

    /// Whether long numbers are hidden in all reports, or in none; nil where those for people hide them.
    let masking: Bool?

    /// Whether a report that exists is replaced.
    let replacesReport: Bool

    /// How many findings of each rule are told of a file; nil where the report decides; all are counted.
    let mostErrors: Int?

    /// How many threads validate.
    let threads: Int

    /// Whether findings alone are told.
    let isQuiet: Bool
}

extension ValidationOptions {
    /// In which foreign formats files are read: the one that is named, or without schema and form those that they surely
    /// are of.
    var readForeign: InputFormat? {
        if foreign.profile != nil { return foreign }
        guard format == nil, schemas.isEmpty, form == nil, encoding == nil, decimal == nil, dateOrder == nil else {
            return nil
        }
        return foreign
    }
}
