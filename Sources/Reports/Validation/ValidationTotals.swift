import BillingFiles
import FileValidation

/// Sums over the files of a validation.
struct ValidationTotals {
    private(set) var files = 0
    private(set) var unread = 0
    private(set) var skipped = 0
    private(set) var records = 0
    private(set) var findings = 0
    private(set) var errors = 0
    private(set) var warnings = 0
    private(set) var counts: [InputRule: Int] = [:]
    private(set) var verdicts: [ValidationVerdict: Int] = [:]

    mutating func add(_ outcome: FileValidationOutcome) {
        files += 1
        verdicts[outcome.verdict, default: 0] += 1
        errors += outcome.findings(.error)
        warnings += outcome.findings(.warning)
        records += outcome.records
        findings += outcome.findings
        counts.merge(outcome.counts) { $0 + $1 }
    }

    mutating func addUnread() {
        files += 1
        unread += 1
    }

    mutating func addSkipped() { skipped += 1 }

    var json: JSONValue {
        .object([
            ("files", .integer(files)),
            ("valid", .integer(verdicts[.valid] ?? 0)), ("invalid", .integer(verdicts[.invalid] ?? 0)),
            ("undecided", .integer(verdicts[.undecided] ?? 0)), ("unread", .integer(unread)),
            ("skipped", .integer(skipped)), ("records", .integer(records)), ("findings", .integer(findings)),
            (
                "findings_by_rule",
                .object(
                    InputRule.allCases.compactMap { rule in
                        counts[rule].map { (rule.identifier, .integer($0)) }
                    })
            ),
        ])
    }
}
