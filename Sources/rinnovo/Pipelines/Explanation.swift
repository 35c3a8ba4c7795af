import BillingFiles
import BillingRecords
import RenewalAudit
import Reports

/// The histories of the subscriptions that `--explain` names, with the charges that they show.
struct Explanation {
    /// The histories, in the order in which they were asked for.
    let histories: [SubscriptionHistory]

    /// The rows of their charges.
    let charges: [RecordPosition: ChargeRow]

    /// Gathers the histories of some rows.
    init(rows: [Int], judge: RenewalJudge, outcome: AuditOutcome, charges: CitedChargeReader) throws {
        histories = rows.map { judge.history(ofRow: $0, findings: outcome.discrepancies) }
        self.charges = try charges.rows(at: Set(histories.flatMap(\.positions)).sorted())
    }

    /// The rows of the subscriptions with some ids, each once.
    ///
    /// - Throws: `CommandOutcome` with the code for a wrong command line when nobody has one of them; where the input
    ///   cannot be trusted, that is told instead.
    static func rows(
        of identifiers: [String], in reading: SubscriptionsReading, findings: InputFindings
    ) throws -> [Int] {
        let table = reading.subscriptions
        var rows: [Int] = []
        for identifier in identifiers {
            if let row = table.row(ofLine: Array(identifier.utf8)) {
                if !rows.contains(row) { rows.append(row) }
            } else if findings.breakTrust {
                throw UntrustedInput(findings: findings)
            } else {
                throw CommandOutcome(status: .usage, message: unknown(identifier, in: table))
            }
        }
        return rows
    }

    private static func unknown(_ identifier: String, in table: Subscriptions) -> String {
        let bytes = Array(identifier.utf8)
        var message = "--explain: no subscription has the id \(VisibleText.of(bytes)), nor had it"
        let ofNumber = table.identifiers(ofNumber: bytes)
        let like = table.identifiers(like: bytes)
        if !ofNumber.isEmpty {
            message += "; it is the telephone number of \(list(ofNumber))"
        } else if !like.isEmpty {
            message += "; like it are \(list(like))"
        }
        return message
    }

    private static func list(_ identifiers: [[UInt8]]) -> String {
        identifiers.map { VisibleText.of($0) }.joined(separator: ", ")
    }
}
