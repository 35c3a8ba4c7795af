import BillingFiles
import FileValidation

/// What came of a validation run as one JSON document.
public enum ValidationDocument {
    /// The document.
    ///
    /// - Parameter version: the version of the program.
    public static func make(_ files: [ValidatedFile], version: String) -> JSONValue {
        .object([
            ("version", .string(version)),
            ("files", .array(files.map(member))),
        ])
    }

    private static func member(_ file: ValidatedFile) -> JSONValue {
        switch file {
        case .unread(let file, let reason):
            return .object([("file", .string(file)), ("verdict", .string("unread")), ("reason", .string(reason))])
        case .read(let outcome, let shown):
            func counts(_ severity: FindingSeverity) -> JSONValue {
                .object(
                    InputRule.allCases.filter { $0.severity == severity }.compactMap { rule in
                        outcome.counts[rule].map { (rule.identifier, JSONValue.integer($0)) }
                    })
            }
            return .object([
                ("file", .string(outcome.file)),
                ("verdict", .string(outcome.verdict.rawValue)),
                ("format", outcome.format.map { .string($0) } ?? .null),
                ("elements", outcome.format == nil ? .integer(outcome.elements) : .null),
                ("records", .integer(outcome.records)),
                ("errors", .integer(outcome.findings(.error))),
                ("warnings", .integer(outcome.findings(.warning))),
                ("errors_by_rule", counts(.error)),
                ("warnings_by_rule", counts(.warning)),
                ("findings", .array(shown.map(\.json))),
                ("notes", .array(outcome.notes.map(note))),
            ])
        }
    }

    private static func note(_ note: ValidationNote) -> JSONValue {
        .object([
            ("file", .string(note.file)),
            ("line", .integer(note.line)),
            ("column", .integer(note.column)),
            ("message", .string(note.message)),
            ("uses", .integer(note.uses)),
        ])
    }
}
