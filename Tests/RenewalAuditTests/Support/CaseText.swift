import BillingRecords
import BillingValues
import RenewalAudit
import Testing

/// A case written as text, one record a line, fields separated by commas.
///
/// ```
/// window, 2024-02-01, 2024-04-01, decided 2024-04-01, grace 5 5 5 0     (these are the defaults; may be left out)
/// subscription, A, 2024-01-05, (ended_on), P1M, 9.99, EUR               (activated_on, ended_on, cycle, price)
/// renewal, 2024-02-05, 2024-02-05, 2024-03-04, 9.99, EUR, posted        (charged_on, period_start, period_end)
/// paid, 2024-02-05                                                      (a regular renewal of the last subscription)
/// event, suspended, 2024-02-01, 2024-03-01, (value)                     (of the last subscription, or `B: event, ...`)
/// refund, 2024-03-20, , , -9.99, EUR, posted, undoes C1                 (a charge with `id C1` behind its status)
/// => uncharged-renewal, A, 2024-03-05                                   (what must be found; "-" for no period)
/// ```
///
/// A charge belongs to the last subscription above it, or to `B` when it begins with `B: `. `?` is a value that cannot
/// be read. A seventh field of a subscription holds its earlier ids. A subscription with a price of `?` is a rejected row.
struct CaseText {
    var input: AuditCase
    var expected: [Verdict] = []

    private var terms: RenewalTerms?
    private var owner = ""

    struct NotReadable: Error { let line: String }

    init(_ text: String) throws {
        input = AuditCase(
            terms: try Self.auditTerms(from: "2024-02-01", to: "2024-04-01", decidedOn: nil, days: [5, 5, 5]))
        for line in text.split(separator: "\n") {
            let line = line.trimmingPrefix(while: { $0 == " " })
            guard !line.isEmpty else { continue }
            do { try take(String(line)) } catch { throw NotReadable(line: String(line)) }
        }
    }

    private mutating func take(_ line: String) throws {
        let fields = line.split(separator: ",", omittingEmptySubsequences: false).map { field in
            String(field.trimmingPrefix(while: { $0 == " " }))
        }
        let keyword = fields[0]
        if keyword == "window" { return try takeWindow(fields) }
        if keyword == "subscription" { return try takeSubscription(fields) }
        if keyword == "paid" { return try takeRegular(fields) }
        if keyword == "event" || keyword.hasSuffix(": event") { return try takeEvent(fields) }
        if keyword.hasPrefix("=> ") {
            let rule = try #require(AuditRule(rawValue: String(keyword.dropFirst(3))))
            let start = fields[2] == "-" ? nil : try Self.date(fields[2])
            expected.append(Verdict(rule: rule, subscription: fields[1], periodStart: start))
            return
        }
        try takeCharge(fields)
    }

    private mutating func takeWindow(_ fields: [String]) throws {
        var days = [5, 5, 5]
        var decidedOn: String?
        for field in fields.dropFirst(3) {
            let words = field.split(separator: " ").map(String.init)
            if words[0] == "decided" { decidedOn = words[1] }
            if words[0] == "grace" { days = try words.dropFirst().map { try #require(Int($0)) } }
        }
        input.terms = try Self.auditTerms(from: fields[1], to: fields[2], decidedOn: decidedOn, days: days)
    }

    private mutating func takeSubscription(_ fields: [String]) throws {
        owner = fields[1]
        terms = nil
        if fields[5] != "?" {
            let currency = try #require(Currency(code: fields[6]))
            terms = RenewalTerms(
                activatedOn: try #require(CivilDate(fields[2])),
                endedOn: try Self.date(fields[3]),
                cycle: try #require(BillingCycle(fields[4])), price: try Money(parsing: fields[5], currency: currency))
        }
        input.subscriptions.append(
            CaseSubscription(identifier: owner, terms: terms, previous: fields.count > 7 ? fields[7] : ""))
    }

    private mutating func takeEvent(_ fields: [String]) throws {
        let words = fields[0].split(separator: ": ").map(String.init)
        let kind = EventKind(word: Array(fields[1].utf8))
        input.events.append(
            CaseEvent(
                subscription: words.count == 2 ? words[0] : owner, kind: kind, effectiveOn: try Self.date(fields[2]),
                until: try Self.date(fields.count > 3 ? fields[3] : ""), value: fields.count > 4 ? fields[4] : "",
                isSound: kind != nil && !fields.contains("?")))
    }

    private mutating func takeRegular(_ fields: [String]) throws {
        let terms = try #require(terms)
        for field in fields.dropFirst() {
            let start = try #require(CivilDate(field))
            let index = try #require(terms.cycle.index(ofCycleStarting: start, from: terms.activatedOn))
            let period = try #require(terms.cycle.period(ofCycle: index, from: terms.activatedOn))
            input.charges.append(
                CaseCharge(
                    subscription: owner, kind: .renewal, chargedOn: start, periodStart: start, periodEnd: period.end,
                    amount: terms.price.minorUnits, currency: terms.price.currency, status: .posted))
        }
    }

    private mutating func takeCharge(_ fields: [String]) throws {
        let words = fields[0].split(separator: ": ").map(String.init)
        let kind = ChargeKind.allCases.first { $0.word == words[words.count - 1] }
        if kind == nil { try #require(words.last == "?", "no such kind") }
        let currency = try #require(Currency(code: fields[5]))
        let isSound = !fields.contains("?") && kind != nil
        input.charges.append(
            CaseCharge(
                subscription: words.count == 2 ? words[0] : owner, kind: kind, chargedOn: try Self.date(fields[1]),
                periodStart: try Self.date(fields[2]), periodEnd: try Self.date(fields[3]),
                amount: fields[4] == "?" ? 0 : try Money(parsing: fields[4], currency: currency).minorUnits,
                currency: currency, status: try #require(ChargeStatus.allCases.first { $0.word == fields[6] }),
                isSound: isSound, periodIsDamaged: fields[2] == "?" || fields[3] == "?"))
        for field in fields.dropFirst(7) {
            let words = field.split(separator: " ").map(String.init)
            if words[0] == "id" { input.charges[input.charges.count - 1].identifier = words[1] }
            if words[0] == "undoes" { input.charges[input.charges.count - 1].refersTo = words[1] }
        }
    }

    private static func date(_ field: String) throws -> CivilDate? {
        if field.isEmpty || field == "?" { return nil }
        let date = try #require(CivilDate(field))
        return date
    }

    private static func auditTerms(from: String, to: String, decidedOn: String?, days: [Int]) throws -> AuditTerms {
        let (first, last) = (try #require(CivilDate(from)), try #require(CivilDate(to)))
        let window = try #require(AuditWindow(from: first, to: last))
        // The fourth number is the tolerance in minor units.
        let policy = MatchingPolicy(
            graceDaysBefore: days[0], graceDaysAfter: days[1], pendingDays: days[2],
            tolerance: Int64(days.count > 3 ? days[3] : 0))
        return AuditTerms(window: window, policy: policy, decidedOn: try date(decidedOn ?? ""))
    }
}

/// Expects that a case gives exactly the findings written in it, whichever way the charges take.
func expectFindings(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let text = try CaseText(text)
    for way in [AuditRun.Way(), .init(letsRegularPass: false), .init(batches: 1_000, sieves: 2)] {
        let run = AuditRun(text.input, way: way)
        #expect(run.verdicts.sorted() == text.expected.sorted(), "\(way)", sourceLocation: sourceLocation)
        #expect(run.tally.total.records == text.input.charges.count, sourceLocation: sourceLocation)
    }
}
