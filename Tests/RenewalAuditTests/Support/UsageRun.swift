import BillingRecords
import BillingValues

@testable import RenewalAudit

/// A usage record as a test writes it; one without a day was rejected.
struct CaseUsage {
    var number: String
    var day: CivilDate?
}

/// Usage records taken through the engine, beside the charges of a case.
struct UsageRun {
    let subscriptions: Subscriptions
    let evidence: UsageEvidence
    let discrepancies: [Discrepancy]

    init?(_ input: AuditCase, usage: [CaseUsage], batches: Int = 1, sieves: Int = 1, strangerLimit: Int = 100) {
        let run = AuditRun(input)
        subscriptions = run.subscriptions
        guard let sieve = UsageSieve(subscriptions) else { return nil }
        var sieves = Array(repeating: sieve, count: sieves)
        var strangers = StrangerUsages(limit: strangerLimit)
        let size = max(1, (usage.count + batches - 1) / batches)
        for (place, start) in stride(from: 0, to: usage.count, by: size).enumerated() {
            var batch = UsageBatch()
            var block: [UInt8] = []
            for record in usage[start..<min(start + size, usage.count)] {
                let text = BatchText(record.number.utf8, in: &block)
                if let day = record.day {
                    batch.records.append(UsageRecord(msisdn: text, day: day.dayNumber))
                } else {
                    batch.rejected.append(text)
                }
            }
            let index = place % sieves.count
            sieves[index].admit(batch, block: block.span)
            sieves[index].reject(batch.rejected.count)
            strangers.add(sieves[index].takeStrangers())
        }
        var whole = sieves.removeFirst()
        for other in sieves { whole.merge(other) }
        evidence = UsageEvidence(whole, strangers: strangers)
        var judge = run.judge
        judge.usage = evidence
        let judged = judge.judge(rows: 0..<subscriptions.count).discrepancies
        discrepancies = DiscrepancyOrder.sorted(
            judged + UsageWhileEnded.discrepancies(in: evidence) + UsageWithoutSubscription.discrepancies(in: evidence),
            subscriptions: subscriptions)
    }

    /// The findings on usage and uncharged renewals: rule, whose, period, confidence.
    var lines: [String] {
        let rules: [AuditRule] = [.unchargedRenewal, .usageWhileEnded, .usageWithoutSubscription]
        return discrepancies.filter { rules.contains($0.rule) }.map { finding in
            let name: [UInt8] =
                if case .number(let number) = finding.subject { number } else {
                    subscriptions.identifier(finding.subject)
                }
            let period = finding.period.map { "\($0.start) \($0.end)" } ?? "-"
            return "\(finding.rule.identifier) \(String(decoding: name, as: UTF8.self)) \(period) \(finding.confidence)"
        }
    }
}

extension UsageRun {
    /// A case as text, with lines `usage, NUMBER, DAY, ...` (`?` for a rejected record) and `number, SUBSCRIPTION, NUMBER`.
    static func of(_ text: String, strangerLimit: Int = 100) throws -> UsageRun? {
        var rest: [String] = []
        var usage: [CaseUsage] = []
        var numbers: [String: String] = [:]
        for line in text.split(separator: "\n") {
            let fields = line.split(separator: ",").map { String($0.trimmingPrefix(while: { $0 == " " })) }
            switch fields.first {
            case "usage": usage += fields.dropFirst(2).map { CaseUsage(number: fields[1], day: CivilDate($0)) }
            case "number": numbers[fields[1]] = fields.count > 2 ? fields[2] : ""
            default: rest.append(String(line))
            }
        }
        var input = try CaseText(rest.joined(separator: "\n")).input
        for index in input.subscriptions.indices {
            input.subscriptions[index].msisdn = numbers[input.subscriptions[index].identifier]
        }
        return UsageRun(input, usage: usage, strangerLimit: strangerLimit)
    }
}
