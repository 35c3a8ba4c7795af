import BillingRecords
import BillingValues
import Dispatch
import TestSupport
import Testing

@testable import RenewalAudit

@Suite("SubscriptionIndex")
struct SubscriptionIndexTests {
    private static let terms: RenewalTerms? = {
        guard let day = CivilDate("2024-01-05"), let cycle = BillingCycle(months: 1), let euro = Currency(code: "EUR")
        else { return nil }
        return RenewalTerms(
            activatedOn: day, endedOn: nil, cycle: cycle, price: Money(minorUnits: 999, currency: euro))
    }()

    private static func auditTerms() throws -> AuditTerms {
        let (from, to) = (try #require(CivilDate("2024-02-01")), try #require(CivilDate("2024-03-01")))
        return AuditTerms(window: try #require(AuditWindow(from: from, to: to)))
    }

    /// An audit of these ids in which exactly the lines of `charged` are charged.
    private static func run(_ identifiers: [String], charged: [String]) throws -> AuditRun {
        let terms = try #require(terms)
        var input = AuditCase(terms: try auditTerms())
        input.subscriptions = identifiers.map { CaseSubscription(identifier: $0, terms: terms) }
        let start = try #require(CivilDate("2024-02-05"))
        input.charges = charged.map { identifier in
            CaseCharge(
                subscription: identifier, kind: .renewal, chargedOn: start, periodStart: start, periodEnd: nil,
                amount: 999, currency: terms.price.currency, status: .posted)
        }
        return AuditRun(input)
    }

    @Test("finds every one of 100,000 ids, and nobody else")
    func manyIdentifiers() throws {
        let known = (0..<100_000).map { number in
            // Short ids, and long ones whose first 16 bytes are the same in all.
            number % 10 == 0 ? "0123456789ABCDEF-\(number)" : "S\(number)"
        }
        let unknown = (0..<1_000).flatMap { ["T\($0)", "0123456789ABCDEF-\($0 * 10 + 1)", "S\($0)\u{0}"] }
        let run = try Self.run(known, charged: known.reversed() + unknown)
        #expect(run.duplicates.isEmpty)
        #expect(run.tally.regular.records + run.tally.judged.records == known.count)
        #expect(run.tally.strangers.records == unknown.count)
        #expect(run.judged.discrepancies.isEmpty)
        #expect(run.subscriptions.subscriptionIdentifier(12_340) == Array("0123456789ABCDEF-12340".utf8))
    }

    @Test("searches begin all over the slots, whatever the number of ids", arguments: [8, 1000, 1500, 2048])
    func spread(count: Int) {
        let shape = SubscriptionIndex.Shape(rows: count)
        // In the program each process has a seed of its own; about one in 10,000 spreads 160 ids less evenly.
        var random = SplitMix64(seed: testSeed)
        let hash = SubscriptionHash(seededBy: &random)
        var begun: Set<Int> = []
        for number in 0..<(count * 20) {
            let key = SubscriptionKey(bytes: Array("SUB-\(number)".utf8))
            begun.insert(
                shape.firstSlot(unsafe withUnsafePointer(to: UInt8(0)) { unsafe hash(key, length: 10, bytes: $0) }))
        }
        #expect(begun.allSatisfy { $0 >= 0 && $0 < max(16, count * 2) })
        #expect(begun.count > (count < 100 ? count : count * 3 / 2))
    }

    @Test("tells ids of every length apart, the beginnings of each other included", arguments: [1, 15, 16, 17, 40])
    func lengths(length: Int) throws {
        let text = String("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".prefix(length))
        let known = [text, text + "1", "1" + text, String(text.dropLast()) + "!"]
        let stranger = [text + "2", String(text.dropLast()) + "?", text + text]
        let run = try Self.run(known, charged: [text] + stranger)
        #expect(run.tally.regular.records == 1)
        #expect(run.tally.strangers.records == stranger.count)
        #expect(run.judged.discrepancies.map(\.subject) == [1, 2, 3].map { .subscription(row: $0) })
        for (row, identifier) in known.enumerated() {
            #expect(run.subscriptions.subscriptionIdentifier(row) == Array(identifier.utf8))
            #expect(run.subscriptions.msisdn(row) == Array("39333\(row)".utf8))
        }
    }

    @Test("finds ids in the quoted texts of a batch")
    func unescaped() throws {
        let terms = try Self.auditTerms()
        let name = Array("a \"quoted\" id, and a long one".utf8)
        var table = Subscriptions(window: terms.window)
        let text = BatchText(start: 0, length: UInt32(name.count), isUnescaped: true)
        var batch = SubscriptionBatch()
        batch.unescapedTexts = name
        batch.subscriptions = [
            SubscriptionRecord(
                subscription: text, msisdn: text, offer: text, paymentMethod: .empty, terms: Self.terms, byteOffset: 0,
                ordinal: 0)
        ]
        let nothing: [UInt8] = []
        table.append(batch, block: nothing.span, blockOrdinal: 0)
        #expect(table.buildIndex().isEmpty)
        #expect(table.subscriptionIdentifier(0) == name)
        #expect(table.msisdn(0) == name)
        #expect(table.offer(0) == name)
        #expect(table.paymentMethod(0).isEmpty)
    }

    @Test(
        "names the rows whose id an earlier row has, and trusts none of them",
        arguments: ["A", "0123456789ABCDEF", "0123456789ABCDEF-and-more"])
    func duplicates(identifier: String) throws {
        let run = try Self.run(["B", identifier, "C", identifier, identifier], charged: ["B", "C", identifier])
        #expect(run.duplicates.map(\.first) == [1, 1])
        #expect(run.duplicates.map(\.duplicate) == [3, 4])
        #expect(run.subscriptions.dueCount == 2)
        #expect(run.subscriptions.terms(1) == nil)
        #expect(run.subscriptions.schedule(3) == nil)
        #expect(run.tally.regular.records == 2)
        #expect(run.tally.unusableTerms.records == 1)
        #expect(run.discrepancies.map(\.rule) == [.undecided])
        #expect(run.judged.subscriptions == 3)
    }

    @Test(
        "finds the same rows and the same duplicates, however many tasks fill the index",
        arguments: [1, 2, 3, 4, 7])
    func sections(parts: Int) throws {
        let parallel = ParallelTasks(parts: parts) { count, task in
            DispatchQueue.concurrentPerform(iterations: count) { task($0) }
        }
        // Each table has another hash, so that searches cross the ends of sections in some.
        for round in 0..<12 {
            let identifiers = (0..<9_000).map { number in
                number % 500 == 499 ? "S\(number - 499)" : number % 9 == 0 ? "0123456789ABCDEF-\(number)" : "S\(number)"
            }
            var input = AuditCase(terms: try Self.auditTerms())
            let terms = try #require(Self.terms)
            input.subscriptions = identifiers.map { CaseSubscription(identifier: $0, terms: terms) }
            let run = AuditRun(input)
            var table = run.subscriptions
            let duplicates = table.buildIndex(parallel: parallel)
            #expect(duplicates.map(\.first) == run.duplicates.map(\.first), "round \(round)")
            #expect(duplicates.map(\.duplicate) == run.duplicates.map(\.duplicate), "round \(round)")
            #expect(duplicates.map(\.duplicate) == duplicates.map(\.duplicate).sorted())
            let rows = identifiers.map { table.row(ofIdentifier: Array($0.utf8)) }
            #expect(rows == identifiers.map { run.subscriptions.row(ofIdentifier: Array($0.utf8)) })
            let later = Set(duplicates.map(\.duplicate))
            #expect(rows.indices.allSatisfy { later.contains($0) || rows[$0] == $0 })
            #expect(table.row(ofIdentifier: Array("nobody".utf8)) == nil)
        }
    }

    @Test("gives the terms of a row back as they came")
    func termsOfRows() throws {
        let run = try Self.run(["A", "B"], charged: [])
        #expect(run.subscriptions.terms(1) == Self.terms)
        #expect(run.subscriptions.currency(1)?.description == "EUR")
        #expect(run.subscriptions.dueCount(1) == 1)
    }
}
