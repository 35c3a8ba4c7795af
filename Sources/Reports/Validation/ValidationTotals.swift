import BillingFiles
import FileValidation

/// Sums over the files of a validation.
struct ValidationTotals {
    private(set) var files = 0
    private(set) var unread = 0
    private(set) var records = 0
    private(set) var findings = 0
    private(set) var counts: [InputRule: Int] = [:]

    mutating func add(_ outcome: FileValidationOutcome) {
        files += 1
        records += outcome.records
        findings += outcome.findings
        counts.merge(outcome.counts) { $0 + $1 }
    }

    mutating func addUnread() {
        files += 1
        unread += 1
    }

    var json: JSONValue {
        .object([
            ("files", .integer(files)), ("unread", .integer(unread)), ("records", .integer(records)),
            ("findings", .integer(findings)),
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
