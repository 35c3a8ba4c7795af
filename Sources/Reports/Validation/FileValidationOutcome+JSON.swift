import BillingFiles
import FileValidation

extension FileValidationOutcome {
    /// What came of the file, its findings left aside.
    var jsonMembers: [(String, JSONValue)] {
        [
            ("file", .string(file)),
            ("verdict", .string(verdict.rawValue)),
            ("format", format.map { .string($0) } ?? .null),
            ("read_as", guess.map { .string($0) } ?? .null),
            ("elements", format == nil ? .integer(elements) : .null),
            ("records", .integer(records)),
            ("errors", .integer(findings(.error))),
            ("warnings", .integer(findings(.warning))),
            ("waived", .integer(waived.values.reduce(0, +))),
            ("errors_by_rule", byRule(counts.filter { severity(of: $0.key) == .error })),
            ("warnings_by_rule", byRule(counts.filter { severity(of: $0.key) == .warning })),
            ("waived_by_rule", byRule(waived)),
            (
                "notes",
                .array(
                    notes.map { note in
                        .object([
                            ("file", .string(note.file)), ("line", .integer(note.line)),
                            ("column", .integer(note.column)), ("message", .string(note.message)),
                            ("uses", .integer(note.uses)),
                        ])
                    })
            ),
        ]
    }

    private func byRule(_ counts: [InputRule: Int]) -> JSONValue {
        .object(InputRule.allCases.compactMap { rule in counts[rule].map { (rule.identifier, .integer($0)) } })
    }
}
