import BillingRecords
import BillingValues

@testable import RenewalAudit

/// A case taken through the engine: subscriptions, sieve, judge, order.
struct AuditRun {
    let subscriptions: Subscriptions
    let eventFaults: EventFaults
    let duplicates: [Subscriptions.Duplicate]
    let tally: ChargeTally
    let judged: RenewalVerdicts
    let discrepancies: [Discrepancy]
    let judge: RenewalJudge

    /// How the charges reach the engine; none of it may change a verdict.
    struct Way {
        var letsRegularPass = true
        var batches = 1
        var sieves = 1
    }

    /// Takes a case through; `results` are what banks say of its charges.
    init(_ input: AuditCase, way: Way = Way(), results: BankResults? = nil) {
        var table = Subscriptions(
            window: input.terms.window, offers: input.offers, suspension: input.suspension)
        let (batch, block) = input.subscriptionBatch
        table.append(batch, block: block.span, blockOrdinal: 0)
        duplicates = table.buildIndex()
        eventFaults = table.join(
            input.events.enumerated().map { $1.event(record: $0 + 1) }, files: ["events.csv"])
        let claims = ClaimedPeriods(table)
        var sieves = (0..<way.sieves).map { _ in
            ChargeSieve(
                subscriptions: table, claims: claims, terms: input.terms, letsRegularPass: way.letsRegularPass)
        }
        let batches = Self.batches(of: input, way: way)
        var answered = results.map { results in
            (0..<way.sieves).map { _ in AnsweredCharges(results) { $0 } }
        }
        for (place, (batch, block)) in batches.enumerated() {
            let rest = answered?[place % way.sieves].take(from: batch, block: block.span)
            sieves[place % way.sieves].admit(rest ?? batch, block: block.span)
        }
        var sieve = sieves.removeFirst()
        for other in sieves { sieve.merge(other) }
        if var all = answered?.removeFirst() {
            for other in answered ?? [] { all.merge(other) }
            let nothing: [UInt8] = []
            for batch in all.settle() { sieve.admit(batch, block: nothing.span) }
        }
        sieve.sort()
        if !sieve.references.isEmpty {
            var names = (0..<way.sieves).map { _ in NamedCharges(sieve) }
            for (place, (batch, block)) in batches.enumerated() {
                names[place % way.sieves].admit(batch, block: block.span)
            }
            var all = names.removeFirst()
            for other in names { all.merge(other) }
            sieve.resolve(all)
        }
        tally = sieve.tally
        judge = RenewalJudge(sieve, audit: input.terms)
        judged = judge.judge(rows: 0..<table.count)
        let strangers = UnknownSubscription.discrepancies(in: sieve.strangers, audit: input.terms)
        discrepancies = DiscrepancyOrder.sorted(judged.discrepancies + strangers, subscriptions: table)
        subscriptions = table
    }

    private static func batches(of input: AuditCase, way: Way) -> [(batch: ChargeBatch, block: [UInt8])] {
        let size = max(1, (input.charges.count + way.batches - 1) / way.batches)
        return stride(from: 0, to: input.charges.count, by: size).enumerated().map { place, start in
            AuditCase.batch(input.charges[start..<min(start + size, input.charges.count)], ordinal: place)
        }
    }

    /// The findings, without what proves them.
    var verdicts: [Verdict] {
        discrepancies.map { discrepancy in
            Verdict(
                rule: discrepancy.rule,
                subscription: String(decoding: subscriptions.identifier(discrepancy.subject), as: UTF8.self),
                periodStart: discrepancy.period?.start)
        }
    }

    /// The findings with their amounts.
    var judgements: [Judgement] {
        zip(verdicts, discrepancies).map { Judgement(verdict: $0, expected: $1.expected, charged: $1.charged) }
    }

    /// The findings with the evidence taken out.
    var withoutEvidence: [Discrepancy] {
        discrepancies.map { discrepancy in
            var bare = discrepancy
            bare.charges = []
            bare.reason = ""
            return bare
        }
    }
}
