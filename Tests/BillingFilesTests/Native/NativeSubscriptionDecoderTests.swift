import BillingRecords
import BillingValues
import TestSupport
import Testing

@testable import BillingFiles

@Suite("Subscriptions are read from native files")
struct NativeSubscriptionDecoderTests {
    private static let header = NativeColumns.subscriptions.joined(separator: ",") + "\n"

    @Test("A row becomes a subscription with all its values")
    func everyValue() throws {
        let decoded = try DecodedSubscriptions(
            Self.header + "S1,393331234567,Easy Pay,2024-02-29,,P1M,9.99,EUR,card\n"
                + "\"S\"\"2\",,\"A, B\",2024-01-31,2024-01-31,P2W,0,JPY,\"credit \"\"x\"\"\"\n")
        #expect(decoded.findings.isEmpty)
        let rows = decoded.batch.subscriptions
        #expect(rows.map { decoded.text($0.subscription) } == ["S1", "S\"2"])
        #expect(rows.map { decoded.text($0.msisdn) } == ["393331234567", ""])
        #expect(rows.map { decoded.text($0.offer) } == ["Easy Pay", "A, B"])
        #expect(rows.map { decoded.text($0.paymentMethod) } == ["card", "credit \"x\""])
        let first = try #require(rows[0].terms)
        #expect(first.activatedOn == CivilDate("2024-02-29"))
        #expect(first.endedOn == nil)
        #expect(first.cycle == BillingCycle(months: 1))
        #expect(first.price == Money(minorUnits: 999, currency: .eur))
        let second = try #require(rows[1].terms)
        #expect(second.endedOn == CivilDate("2024-01-31"))
        #expect(second.cycle == BillingCycle(days: 14))
        #expect(second.price == Money(minorUnits: 0, currency: .jpy))
        #expect(rows.map(\.byteOffset) == [0, 55])
        #expect(rows.map(\.ordinal) == [0, 1])
        #expect(decoded.decoded.read.records == 2)
    }

    @Test("Columns may stand in any order among others")
    func anyOrder() throws {
        let sound = [
            "subscription_id": "S1", "msisdn": "39333", "offer": "Easy", "activated_on": "2024-01-02",
            "ended_on": "2025-01-02", "cycle": "P30D", "price": "7.5", "currency": "USD", "payment_method": "wallet",
            "calendar": "x", "account_id": "\"a\nb\"",
        ]
        var random = SplitMix64(seed: testSeed)
        for _ in 0..<100 {
            let columns = sound.keys.sorted().shuffled(using: &random)
            let lineEnd = random.pick(["\n", "\r\n"])
            let text =
                columns.joined(separator: ",") + lineEnd
                + columns.map { sound[$0] ?? "" }.joined(separator: ",") + lineEnd
            let decoded = try DecodedSubscriptions(text)
            let row = try #require(decoded.batch.subscriptions.first, "\(text), seed \(testSeed)")
            #expect(decoded.findings.isEmpty, "\(text), seed \(testSeed)")
            #expect(decoded.text(row.subscription) == "S1")
            #expect(decoded.text(row.msisdn) == "39333")
            #expect(decoded.text(row.offer) == "Easy")
            #expect(decoded.text(row.paymentMethod) == "wallet")
            #expect(row.terms?.activatedOn == CivilDate("2024-01-02"))
            #expect(row.terms?.endedOn == CivilDate("2025-01-02"))
            #expect(row.terms?.cycle == BillingCycle(days: 30))
            #expect(row.terms?.price == Money(minorUnits: 750, currency: .usd))
        }
    }

    /// Rows behind the header row; each mark names the rule and the field.
    static let rows: [String] = [
        "⟨missing-subscription subscription_id⟩,39,Easy,2024-01-02,,P1M,9.99,EUR,card",
        "S1,39,Easy,⟨missing-value activated_on⟩,,P1M,9.99,EUR,card",
        "S1,39,Easy,⟨invalid-date activated_on⟩2023-02-29,,P1M,9.99,EUR,card",
        "S1,39,Easy,2024-01-02,⟨invalid-date ended_on⟩never,P1M,9.99,EUR,card",
        "S1,39,Easy,2024-01-02,⟨ended-before-activation ended_on⟩2024-01-01,P1M,9.99,EUR,card",
        "S1,39,Easy,2024-01-02,,⟨missing-value cycle⟩,9.99,EUR,card",
        "S1,39,Easy,2024-01-02,,⟨invalid-cycle cycle⟩monthly,9.99,EUR,card",
        "S1,39,Easy,2024-01-02,,⟨invalid-cycle cycle⟩P0D,9.99,EUR,card",
        "S1,39,Easy,2024-01-02,,P1M,⟨missing-value price⟩,EUR,card",
        "S1,39,Easy,2024-01-02,,P1M,⟨invalid-amount price⟩\"9,99\",EUR,card",
        "S1,39,Easy,2024-01-02,,P1M,⟨negative-price price⟩-0.01,EUR,card",
        "S1,39,Easy,2024-01-02,,P1M,9.99,⟨missing-value currency⟩,card",
        "S1,39,Easy,2024-01-02,,P1M,9.99,⟨unknown-currency currency⟩XXX,card",
        "S1,\"39\",\"Ea\n\nsy\",⟨invalid-date activated_on⟩x,\"\",P1M,9.99,EUR,\"\"",
        "⟨missing-subscription subscription_id⟩,,,⟨missing-value activated_on⟩,,⟨missing-value cycle⟩,⟨missing-value price⟩,⟨missing-value currency⟩,",
    ]

    @Test("Faults are found at their place, and the row stays as one without terms", arguments: rows)
    func faults(row: String) throws {
        let sound = "S,39,Easy,2024-01-02,,P1M,9.99,EUR,card\n"
        let marked = MarkedText(Self.header + sound + sound.replacing("Easy", with: "\"Ea\nsy\"") + row + "\n" + sound)
        let decoded = try DecodedSubscriptions(marked.bytes)
        let expected = marked.marks.map { mark in
            let words = mark.name.split(separator: " ").map(String.init)
            return "\(words[0]) \(marked.place(mark, file: "subscriptions.csv", field: words[1]))"
        }
        #expect(decoded.findings.map { "\($0.rule.identifier) \($0.place)" } == expected)
        #expect(decoded.decoded.rejected == 1)
        let isNamed = !row.contains("missing-subscription")
        #expect(decoded.batch.subscriptions.count == (isNamed ? 4 : 3))
        #expect(decoded.batch.subscriptions.filter { $0.terms == nil }.count == (isNamed ? 1 : 0))
        #expect(decoded.decoded.read.records == 3)
    }

    @Test("Minus nothing is a price")
    func minusZero() throws {
        let decoded = try DecodedSubscriptions(Self.header + "S,39,Easy,2024-01-02,,P1M,-0.00,EUR,card\n")
        #expect(decoded.findings.isEmpty)
        #expect(decoded.batch.subscriptions.first?.terms?.price.minorUnits == 0)
    }
}
