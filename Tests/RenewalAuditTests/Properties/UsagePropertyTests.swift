import BillingRecords
import BillingValues
import TestSupport
import Testing

@testable import RenewalAudit

/// The joining of usage against a reading of the rules that is slow and plain: every record against every line.
@Suite("Usage properties")
struct UsagePropertyTests {
    private static let numbers = [
        "39", "+39", "0039", "391", "+391", "3933312345678901", "393331234567890123", "", "7",
    ]

    private static func usage(_ random: inout SplitMix64, _ window: AuditWindow) -> [CaseUsage] {
        (0..<random.number(0...120)).map { _ in
            let day = window.from.adding(days: random.number(-20...(window.to.days(since: window.from) + 50)))
            let number = random.pick(Self.numbers.filter { !$0.isEmpty })
            return CaseUsage(number: number, day: random.once(in: 20) ? nil : day)
        }
    }

    @Test("a plain reading finds the same, with any number of threads and batches")
    func oracle() throws {
        var seeds = SplitMix64(seed: testSeed &+ 23)
        var mismatches = Mismatches()
        var found: [String: Int] = [:]
        for _ in 0..<600 {
            let seed = seeds.next()
            var random = SplitMix64(seed: seed)
            var input = try #require(RandomCase(seed: seed, count: 8, hasEvents: random.once(in: 2))).input
            for index in input.subscriptions.indices { input.subscriptions[index].msisdn = random.pick(Self.numbers) }
            let usage = Self.usage(&random, input.terms.window)
            let one = try #require(UsageRun(input, usage: usage))
            let other = try #require(UsageRun(input, usage: usage, batches: 5, sieves: 3))
            mismatches.check(one.discrepancies == other.discrepancies, "threads, case \(seed)")
            mismatches.check(one.evidence.tally == other.evidence.tally, "tally, case \(seed)")
            mismatches.check(one.evidence.tally.total == usage.count, "records, case \(seed)")
            let expected = UsageOracle(input, usage: usage, one.subscriptions).lines(AuditRun(input).discrepancies)
            mismatches.check(one.lines == expected, "case \(seed): \(one.lines)\nnot \(expected)")
            for line in one.lines {
                let words = line.split(separator: " ")
                found["\(words[0]) \(words[words.count - 1])", default: 0] += 1
            }
        }
        #expect(mismatches.count == 0, "seed \(testSeed): \(mismatches.shown.joined(separator: "\n"))")
        for kind in [
            "uncharged-renewal confirmed", "uncharged-renewal medium", "uncharged-renewal high",
            "usage-while-ended high",
            "usage-without-subscription high",
        ] {
            #expect(found[kind, default: 0] >= 40, "seed \(testSeed) makes too little of \(kind): \(found)")
        }
    }
}

/// What usage says, worked out record by record from the definitions.
private struct UsageOracle {
    let input: AuditCase
    let table: Subscriptions
    var used: [Set<CivilDate>]
    var damaged: Set<Int> = []
    var ended: [Int: [CivilDate]] = [:]
    var strangers: [(number: String, days: [CivilDate])] = []

    init(_ input: AuditCase, usage: [CaseUsage], _ table: Subscriptions) {
        self.input = input
        self.table = table
        used = Array(repeating: [], count: input.subscriptions.count)
        for record in usage { take(record) }
    }

    private func plain(_ number: String) -> Substring {
        if number.hasPrefix("+"), number.count > 1 { return number.dropFirst() }
        return number.hasPrefix("00") && number.count > 2 ? number.dropFirst(2) : number[...]
    }

    private mutating func take(_ record: CaseUsage) {
        let rows = input.subscriptions.indices.filter {
            plain(input.subscriptions[$0].msisdn ?? "") == plain(record.number)
        }
        guard let day = record.day else { return damaged.formUnion(rows) }
        let window = input.terms.window
        guard let end = window.to.adding(days: 31), window.from <= day, day < end else { return }
        let lives = rows.map { ($0, life($0, day)) }
        if lives.contains(where: { $0.1 == "active" }) {
            let active = lives.filter { $0.1 == "active" }.map(\.0)
            let exact = active.filter { input.subscriptions[$0].msisdn == record.number }
            for row in exact.isEmpty ? active : exact { used[row].insert(day) }
            if !exact.isEmpty { damaged.formUnion(active.filter { !exact.contains($0) }) }
        } else if lives.contains(where: { $0.1 == "unknown" }) {
            return
        } else if day >= window.to {
            return
        } else if let last = lives.filter({ $0.1 == "ended" }).max(by: { start($0.0) < start($1.0) }) {
            ended[last.0, default: []].append(day)
        } else if let place = strangers.firstIndex(where: { $0.number == record.number }) {
            strangers[place].days.append(day)
        } else {
            strangers.append((record.number, [day]))
        }
    }

    private func start(_ row: Int) -> CivilDate { input.subscriptions[row].terms?.activatedOn ?? .earliest }

    private func life(_ row: Int, _ day: CivilDate) -> String {
        guard let terms = table.terms(row) else { return "unknown" }
        if day < terms.activatedOn { return "not yet" }
        if let timeline = table.timeline(row) { return timeline.ends.certain(on: day) == nil ? "active" : "ended" }
        return terms.endedOn.map { day >= $0 } ?? false ? "ended" : "active"
    }

    /// The lines that `UsageRun` has, of findings made without usage.
    func lines(_ findings: [Discrepancy]) -> [String] {
        var all = findings.filter { $0.rule == .unchargedRenewal }
        for index in all.indices {
            guard case .subscription(let row) = all[index].subject, let period = all[index].period,
                input.subscriptions[row].msisdn?.isEmpty == false
            else { continue }
            let isOf: (CivilDate) -> Bool = { period.start <= $0 && $0 <= period.end }
            if used[row].contains(where: isOf) {
                all[index].confidence = .confirmed
            } else if !damaged.contains(row), used.contains(where: { $0.contains(where: isOf) }) {
                all[index].confidence = .medium
            }
        }
        let usage = ended.map { ($0.key, $0.value.min(), $0.value.max()) }.map { row, first, last in
            (String(decoding: table.subscriptionIdentifier(row), as: UTF8.self), first, last)
        }
        var lines = all.map { finding in
            let name = String(decoding: table.identifier(finding.subject), as: UTF8.self)
            let period = finding.period.map { "\($0.start) \($0.end)" } ?? "-"
            return (name, finding.period?.start, "uncharged-renewal \(name) \(period) \(finding.confidence)")
        }
        for (name, first, last) in usage {
            guard let first, let last else { continue }
            lines.append((name, first, "usage-while-ended \(name) \(first) \(last) high"))
        }
        lines.sort { ($0.0, $0.1?.dayNumber ?? 0, $0.2) < ($1.0, $1.1?.dayNumber ?? 0, $1.2) }
        let ofNobody = strangers.sorted { $0.number < $1.number }.map { number, days in
            let (first, last) = (days.min() ?? .earliest, days.max() ?? .earliest)
            return "usage-without-subscription \(number) \(first) \(last) high"
        }
        return ofNobody + lines.map(\.2)
    }
}
