import BillingRecords
import BillingValues

@testable import RenewalAudit

/// All that an audit says of a case and that does not depend on where its records stand: findings and their causes.
struct WholeAudit {
    /// The findings, sorted.
    var findings: [WholeFinding]
    /// The causes, in their order.
    var incidents: [WholeIncident]
    /// The accounts that were not charged for long, sorted.
    var parked: [WholeParkedAccount]
    /// How many renewals were due, and how many misses no cause explains.
    let due: Int
    let isolated: Int
    /// What became of each charge.
    let tally: ChargeTally

    init(_ input: AuditCase, way: AuditRun.Way = .init()) {
        let run = AuditRun(input, way: way)
        findings = zip(run.judgements, run.discrepancies).map { WholeFinding($0, $1) }.sorted()
        due = run.judged.due
        tally = run.tally
        let table = run.subscriptions
        let causes = DueCalendar(table, rows: 0..<table.count, detail: 0).map {
            SystemicCauses(run.discrepancies, subscriptions: table, calendar: $0)
        }
        incidents = causes?.incidents.map { WholeIncident($0) } ?? []
        parked =
            causes?.parkedAccounts.map { account in
                WholeParkedAccount(
                    subscription: String(decoding: table.subscriptionIdentifier(account.row), as: UTF8.self),
                    days: [account.firstDay, account.lastDay], uncharged: account.uncharged, amount: account.amount)
            }.sorted { $0.subscription < $1.subscription } ?? []
        isolated = causes?.isolated ?? 0
    }

    /// The same with other ids.
    func renamed(_ name: (String) -> String) -> WholeAudit {
        var other = self
        for index in findings.indices {
            other.findings[index].judgement.verdict.subscription = name(findings[index].subscription)
        }
        for index in parked.indices { other.parked[index].subscription = name(parked[index].subscription) }
        other.findings.sort()
        other.parked.sort { $0.subscription < $1.subscription }
        return other
    }

    /// The same so many days later.
    func shifted(_ days: Int) -> WholeAudit {
        var other = self
        for index in findings.indices {
            let finding = findings[index]
            other.findings[index].judgement.verdict.periodStart = finding.judgement.verdict.periodStart?.adding(
                days: days)
            other.findings[index].periodEnd = finding.periodEnd?.adding(days: days)
            other.findings[index].dueOn = finding.dueOn?.adding(days: days)
        }
        for index in incidents.indices {
            other.incidents[index].days = incidents[index].days.compactMap { $0.adding(days: days) }
        }
        for index in parked.indices {
            other.parked[index].days = parked[index].days.compactMap { $0.adding(days: days) }
        }
        other.findings.sort()
        return other
    }
}

/// A finding without its evidence.
struct WholeFinding: Hashable, Comparable, Named, CustomStringConvertible {
    var judgement: Judgement
    var periodEnd: CivilDate?
    var dueOn: CivilDate?
    let currency: Currency?
    let confidence: Discrepancy.Confidence

    init(_ judgement: Judgement, _ discrepancy: Discrepancy) {
        self.judgement = judgement
        periodEnd = discrepancy.period?.end
        dueOn = discrepancy.dueOn
        currency = discrepancy.currency
        confidence = discrepancy.confidence
    }

    var subscription: String { judgement.subscription }

    var description: String {
        let days = [periodEnd, dueOn].map { $0.map { "\($0)" } ?? "-" }.joined(separator: ", ")
        return "\(judgement), \(days), \(currency?.alphabeticCode ?? "-"), \(confidence)"
    }

    static func < (left: Self, right: Self) -> Bool { left.description < right.description }
}

/// A cause without the numbers of rows.
struct WholeIncident: Hashable {
    var days: [CivilDate]
    let conditions: Set<Incident.Condition>
    let counts: [Int]
    let amounts: MoneyTally
    let trace: Incident.Trace
    let pattern: Incident.Pattern?

    init(_ incident: Incident) {
        days = [incident.firstDay, incident.lastDay]
        conditions = Set(incident.conditions)
        counts = [incident.due, incident.uncharged, incident.late]
        amounts = incident.amounts
        trace = incident.trace
        pattern = incident.pattern
    }
}

/// An account that was not charged for long.
struct WholeParkedAccount: Hashable {
    var subscription: String
    var days: [CivilDate]
    let uncharged: Int
    let amount: Money
}
