import ArrearsRecovery
import BillingValues
import TestSupport
import Testing

/// Who is told what: every customer from whom something is collected, by the tiers of the policy.
@Suite struct NoticeWriterTests {
    private func input(months: Int) throws -> RecoveryCase {
        let last = try #require(CivilDate("2024-01-01")?.addingMonths(months, anchorDay: 1))
        return try RecoveryCase("2023-11-20,,P1M", window: "2024-01-01 \(last)", decidedOn: "2026-01-01")
    }

    private func notices(
        _ input: RecoveryCase, _ policy: RecoveryPolicy = .standard, _ notices: NoticePolicy = .standard
    ) -> [Notice] {
        let plan = input.plan(policy)
        let writer = NoticeWriter(plan, subscriptions: input.subscriptions, policy: notices)
        return plan.customers.flatMap(writer.notices)
    }

    @Test(arguments: [(1, "sms"), (5, "sms"), (6, "sms call"), (12, "sms call")])
    func everybodyGetsAMessageAndWhoOwesManyACall(months: Int, channels: String) throws {
        let notices = notices(try input(months: months))
        #expect(notices.map(\.channel.rawValue).joined(separator: " ") == channels)
        #expect(notices.map { $0.length == nil } == notices.map { $0.channel != .sms })
    }

    @Test func whoPaysNothingIsToldNothing() throws {
        #expect(notices(try input(months: 3), .changed { $0.leftOutCustomers = ["L10000"] }) == [])
    }

    @Test(arguments: [(2, ""), (3, "sms"), (5, "sms"), (6, "call sms")])
    func theTiersOfAugust2022(months: Int, channels: String) throws {
        var policy = NoticePolicy.standard
        policy.tiers = [.init(from: 3, channels: [.sms]), .init(from: 6, channels: [.call, .sms])]
        let notices = notices(try input(months: months), .standard, policy)
        #expect(notices.map(\.channel.rawValue).joined(separator: " ") == channels)
    }

    @Test func aTierMayHaveItsOwnText() throws {
        var policy = NoticePolicy.standard
        policy.tiers = [
            .init(from: 1, channels: [.sms]),
            .init(from: 2, channels: [.sms], templates: [.sms: try NoticeTemplate("{{number}}")]),
        ]
        #expect(notices(try input(months: 1), .standard, policy)[0].text.hasPrefix("Per un problema tecnico"))
        #expect(notices(try input(months: 2), .standard, policy)[0].text == "2")
    }

    @Test func theTextTellsThePlan() throws {
        var policy = NoticePolicy.standard
        policy.contact = "159"
        policy.operatorName = "Telco"
        #expect(
            notices(try input(months: 3), .standard, policy)[0].text
                == "Telco: Per un problema tecnico non abbiamo addebitato 3 rinnovi. Lo faremo dal 20/02/2026 al 21/04/2026: 29,97 EUR in 3 volte, oltre ai rinnovi correnti. Info 159"
        )
        let all = RecoveryPolicy.changed { $0.arrearsAtATime = nil }
        #expect(
            notices(try input(months: 2), all, policy)[0].text
                == "Telco: Per un problema tecnico non abbiamo addebitato 2 rinnovi. Lo faremo il 20/02/2026: 19,98 EUR, oltre ai rinnovi correnti. Info 159"
        )
        let two = RecoveryPolicy.changed { $0.arrearsAtATime = 2 }
        #expect(notices(try input(months: 3), two, policy)[0].text.contains("29,97 EUR in 2 volte"))
    }

    @Test func theDiscountIsTold() throws {
        var policy = NoticePolicy.standard
        policy.templates[.sms] = try NoticeTemplate("{{total}}{{#discount}} -{{discount}}{{/discount}}")
        let ten = RecoveryPolicy.changed { $0.discount = GoodwillDiscount(basisPoints: 1000, rounding: .halfUp) }
        #expect(notices(try input(months: 2), ten, policy)[0].text == "17,98 EUR -2,00 EUR")
        #expect(notices(try input(months: 2), .standard, policy)[0].text == "19,98 EUR")
    }

    @Test func theCountsAreThoseOfTheNotices() throws {
        var policy = NoticePolicy.standard
        policy.segmentPrice = SegmentPrice(thousandths: 3_500, currency: .eur)
        policy.templates[.sms] = try NoticeTemplate(String(repeating: "a", count: 161))
        let input = try input(months: 6)
        let plan = input.plan()
        let counts = NoticeCounts(plan, subscriptions: input.subscriptions, policy: policy)
        #expect(counts.channels == [.sms: 1, .call: 1])
        #expect(counts.encodings == [.gsm7: 1])
        #expect(counts.segments == 2)
        #expect(counts.cost == Money(minorUnits: 7, currency: .eur))
        #expect(counts.total == 2)
    }

    @Test(
        arguments: [(3_500, 1, 4), (3_500, 2, 7), (3_499, 1, 3), (0, 9, 0), (1, 500, 1), (1, 499, 0)]
            as [(Int64, Int, Int64)])
    func theCostIsRoundedOnce(thousandths: Int64, segments: Int, cents: Int64) {
        let price = SegmentPrice(thousandths: thousandths, currency: .eur)
        #expect(price.cost(segments: segments)?.minorUnits == cents)
        #expect(SegmentPrice(thousandths: .max, currency: .eur).cost(segments: .max) == nil)
    }
}
