import ArrearsRecovery
import BillingRecords
import BillingValues
import RenewalAudit
import Testing

/// What the figures of a policy do to a plan: four missed renewals, of 20 January to 20 April 2024, at 9.99 EUR.
@Suite struct PolicyPlanTests {
    private func text(
        _ line: String = "2023-11-20,,P1M", event: String? = nil, decidedOn: String = "2024-05-01",
        window: String = "2024-01-01 2024-05-01", _ change: (inout RecoveryPolicy) -> Void
    ) throws -> String {
        try RecoveryCase(line, window: window, decidedOn: decidedOn, event: event).plan(.changed(change)).text
    }

    private func day(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }

    private func euros(_ cents: Int64) -> CurrencyAmounts {
        CurrencyAmounts([Money(minorUnits: cents, currency: .eur)])
    }

    @Test(arguments: [
        (CollectionDays.Cadence.months(1), "06-20 07-20 08-20 09-20"), (.months(2), "06-20 08-20 10-20 12-20"),
        (.days(14), "06-20 07-04 07-18 08-01"), (.withRenewal, "06-20 07-20 08-20 09-20"),
    ])
    func aCadenceCountsFromTheFirstCollection(cadence: CollectionDays.Cadence, days: String) throws {
        let text = try text { $0.days = .cadence(cadence, first: .nextMonth) }
        #expect(RecoveryPlan.days(in: text) == days)
    }

    @Test func monthsAreClampedToTheirEndAndReturn() throws {
        let first = try day("2024-08-31")
        #expect(
            RecoveryPlan.days(in: try text { $0.days = .cadence(.months(1), first: .on(first)) })
                == "08-31 09-30 10-31 11-30")
    }

    @Test(arguments: [
        ("P1M", CollectionDays.FirstCollection.nextRenewal, 0, "05-20 06-20 07-20 08-20"),
        ("P1M", .nextRenewal, 20, "06-20 07-20 08-20 09-20"), ("P1M", .nextMonth, 51, "07-20 08-20 09-20 10-20"),
        ("P30D", .nextRenewal, 0, "05-18 06-17 07-17 08-16"),
    ])
    func withRenewalFollowsTheRenewalsOfTheLine(
        cycle: String, first: CollectionDays.FirstCollection, notice: Int, days: String
    ) throws {
        let text = try text("2023-11-20,,\(cycle)") {
            $0.days = .cadence(.withRenewal, first: first)
            $0.preNotificationDays = notice
        }
        #expect(RecoveryPlan.days(in: text) == days)
    }

    @Test(arguments: [
        ("2024-05-01", 0, "05-01 05-31 06-30 07-30"), ("2024-05-01", 1, "05-31 06-30 07-30 08-29"),
        ("2024-01-02", 0, "05-01 05-31 06-30 07-30"), ("2023-01-01", 0, "05-25 06-24 07-24 08-23"),
        ("2024-06-15", 0, "06-15 07-15 08-14 09-13"), ("2024-06-15", 45, "06-15 07-15 08-14 09-13"),
        ("2024-06-15", 46, "07-15 08-14 09-13 10-13"),
    ])
    func aDayThatHasPassedGoesOnByTheCadence(first: String, notice: Int, days: String) throws {
        let first = try day(first)
        let text = try text {
            $0.days = .cadence(.days(30), first: .on(first))
            $0.preNotificationDays = notice
        }
        #expect(RecoveryPlan.days(in: text) == days)
    }

    @Test(arguments: [(0, "06-20"), (50, "06-20"), (51, "07-20"), (80, "07-20"), (81, "08-20")])
    func nothingIsCollectedBeforeTheCustomerWasTold(notice: Int, first: String) throws {
        let text = try text { $0.preNotificationDays = notice }
        #expect(RecoveryPlan.days(in: text).hasPrefix(first))
    }

    @Test(
        arguments: [
            (2, "06-20 06-20 07-20 07-20"), (3, "06-20 06-20 06-20 07-20"), (nil, "06-20 06-20 06-20 06-20"),
        ] as [(Int?, String)])
    func severalArrearsAtATime(count: Int?, days: String) throws {
        #expect(RecoveryPlan.days(in: try text { $0.arrearsAtATime = count }) == days)
    }

    @Test func batchesTakeEverythingAtOnceAndEachCustomerHasOne() throws {
        let batches = [try day("2024-06-01"), try day("2024-06-16")]
        let lines = try (0..<40).map { _ in
            try RecoveryCase.line("2023-11-20,,P1M", price: 999)
        }
        let input = try RecoveryCase(
            lines, from: try day("2024-01-01"), to: try day("2024-05-01"), decidedOn: try day("2024-05-01"))
        let plan = input.plan(.changed { $0.days = .batches(batches) })
        #expect(plan.instalments.count == 160)
        let days = Dictionary(grouping: plan.instalments, by: \.row).mapValues { Set($0.map(\.collectOn)) }
        #expect(days.values.allSatisfy { $0.count == 1 })
        let counts = batches.map { batch in days.values.count { $0 == [batch] } }
        #expect(counts[0] + counts[1] == 40)
        #expect(counts.allSatisfy { $0 > 10 }, "the batches are of very unequal size: \(counts)")
    }

    @Test func aBatchThatIsOverGivesWayToTheNextAndTheLastToNone() throws {
        let batches = [try day("2024-04-01"), try day("2024-04-16")]
        #expect(try text { $0.days = .batches(batches) }.hasPrefix("no-collection-day 2024-01-20\n"))
        let mixed = [try day("2024-04-01"), try day("2024-06-16")]
        #expect(RecoveryPlan.days(in: try text { $0.days = .batches(mixed) }) == "06-16 06-16 06-16 06-16")
    }

    @Test(
        arguments: [
            // The cap is of a calendar month: the second arrear of it waits for the next.
            (999, "06-20 07-04 08-01 09-12"), (1997, "06-20 07-04 08-01 09-12"), (1998, "06-20 07-04 07-18 08-01"),
            (9999, "06-20 07-04 07-18 08-01"),
        ] as [(Int64, String)])
    func theCapOfAMonthHolds(cents: Int64, days: String) throws {
        let text = try text {
            $0.days = .cadence(.days(14), first: .nextMonth)
            $0.capPerMonth = euros(cents)
        }
        #expect(RecoveryPlan.days(in: text) == days)
    }

    @Test func anArrearAboveTheCapIsLeft() throws {
        let text = try text { $0.capPerMonth = euros(998) }
        #expect(text == "above-cap 2024-01-20\nabove-cap 2024-02-20\nabove-cap 2024-03-20\nabove-cap 2024-04-20")
    }

    @Test func aCapInAnotherCurrencyHoldsNobodyBack() throws {
        let cap = CurrencyAmounts([Money(minorUnits: 1, currency: .usd)])
        #expect(RecoveryPlan.days(in: try text { $0.capPerMonth = cap }) == "06-20 07-20 08-19 09-18")
    }

    @Test(arguments: [(3996, false), (3997, true)] as [(Int64, Bool)])
    func whoOwesTooLittleIsLetOff(cents: Int64, isWrittenOff: Bool) throws {
        let text = try text { $0.writeOffBelow = euros(cents) }
        #expect(text.hasPrefix("below-minimum 2024-01-20\n") == isWrittenOff)
        #expect(text.contains("1/4") == !isWrittenOff)
    }

    @Test func theNewestMayComeFirst() throws {
        #expect(
            try text { $0.order = .newestFirst } == """
                1/4 2024-06-20 for 2024-04-20
                2/4 2024-07-20 for 2024-03-20
                3/4 2024-08-19 for 2024-02-20
                4/4 2024-09-18 for 2024-01-20
                """)
    }

    @Test(arguments: [
        (CancellationTreatment.leave, "ended 2024-03-20\nended 2024-04-20"),
        (.waive, "waived 2024-03-20\nwaived 2024-04-20"),
        (.bringForward, "3/4 2024-08-18 for 2024-03-20\n4/4 2024-08-18 for 2024-04-20"),
        (.finalCharge, "3/4 2024-08-19 for 2024-03-20\n4/4 2024-08-19 for 2024-04-20"),
    ])
    func onCancellation(treatment: CancellationTreatment, rest: String) throws {
        let text = try text("2023-11-20,2024-08-19,P1M") { $0.onCancellation = treatment }
        #expect(text.hasSuffix(rest))
        #expect(text.contains("2024-06-20 for 2024-01-20") && text.contains("2024-07-20 for 2024-02-20"))
    }

    @Test(arguments: [
        (CancellationTreatment.bringForward, "ended 2024-01-20"), (.finalCharge, "1/1 2024-05-01 for 2024-01-20"),
        (.waive, "waived 2024-01-20"),
    ])
    func afterTheEndThereIsNoLastDayOfService(treatment: CancellationTreatment, plan: String) throws {
        #expect(try text("2023-11-20,2024-02-10,P1M") { $0.onCancellation = treatment } == plan)
    }

    @Test(arguments: [CancellationTreatment.bringForward, .finalCharge, .waive])
    func anEndInDoubtLeavesTheRestToAPerson(treatment: CancellationTreatment) throws {
        // The row and the event name different days: between them nobody can tell.
        let input = try RecoveryCase(
            "2023-11-20,2024-12-01,P1M", window: "2024-01-01 2024-05-01", decidedOn: "2024-05-01",
            event: "ended,2024-06-20,,", contradicting: true)
        let text = input.plan(.changed { $0.onCancellation = treatment }).text
        #expect(text == "ended 2024-01-20\nended 2024-02-20\nended 2024-03-20\nended 2024-04-20")
    }

    @Test func whoIsLeftOutPaysNothing() throws {
        #expect(try text { $0.leftOutCustomers = ["L10000"] }.hasPrefix("left-out 2024-01-20\n"))
        #expect(try text { $0.leftOutOffers = [""] }.hasPrefix("left-out 2024-01-20\n"))
        #expect(try text { $0.leftOutCustomers = ["L10001"] }.hasPrefix("1/4"))
    }

    @Test func namesThatNobodyHasAreTold() throws {
        let input = try RecoveryCase("2023-11-20,,P1M", window: "2024-01-01 2024-05-01", decidedOn: "2024-05-01")
        let policy = RecoveryPolicy.changed {
            $0.leftOutCustomers = ["L10000", "L9"]
            $0.leftOutOffers = ["Esay Pay"]
            $0.otherLimitations = [Jurisdiction(currencies: [], offers: ["Roo"], limitation: .italy)]
        }
        let leftOut = LeftOut(policy, in: input.subscriptions)
        #expect(leftOut.unknownCustomers == ["L9"])
        #expect(leftOut.unknownOffers == ["Esay Pay", "Roo"])
    }

    @Test(
        arguments: [
            (1000, RoundingRule.halfUp, 899, 100), (1000, .down, 900, 99), (50, .up, 994, 5), (1, .halfUp, 999, 0),
            (10_000, .halfUp, nil, 999),
        ] as [(Int, RoundingRule, Int64?, Int64)])
    func aDiscountIsKeptApart(points: Int, rounding: RoundingRule, collected: Int64?, discount: Int64) throws {
        let input = try RecoveryCase("2023-11-20,,P1M", window: "2024-01-01 2024-02-01", decidedOn: "2024-05-01")
        let plan = input.plan(.changed { $0.discount = GoodwillDiscount(basisPoints: points, rounding: rounding) })
        let account = RecoveryAccount(plan)
        #expect(plan.instalments.first?.amount.minorUnits == collected)
        #expect(account.discount.entries.first?.amount ?? 0 == Int128(discount))
        #expect(account.arrears.entries.first?.amount == 999)
        #expect(account.isBalanced)
    }

    @Test func anotherJurisdictionHasItsOwnLimitation() throws {
        let australia = Limitation(jurisdiction: "Australia", warning: .days(130), stop: .days(160))
        let text = try text {
            $0.otherLimitations = [Jurisdiction(currencies: [.eur], offers: [], limitation: australia)]
        }
        // 20 January is 152 days before 20 June, and 20 February 160 days before 29 July.
        #expect(
            text == """
                1/4 2024-06-20 for 2024-01-20 old
                2/4 2024-07-20 for 2024-02-20 old
                3/4 2024-08-19 for 2024-03-20 old
                4/4 2024-09-18 for 2024-04-20 old
                """)
        let later = try self.text(decidedOn: "2024-06-01") {
            $0.otherLimitations = [Jurisdiction(currencies: [.eur], offers: [], limitation: australia)]
        }
        #expect(later.hasSuffix("limitation 2024-01-20"))
        let elsewhere = try self.text(decidedOn: "2024-06-01") {
            $0.otherLimitations = [Jurisdiction(currencies: [.usd], offers: [], limitation: australia)]
        }
        #expect(elsewhere.hasPrefix("1/4 2024-07-20 for 2024-01-20"))
    }

    @Test func monthForMonthKeepsTwoMonthsOutOfOne() throws {
        func days(_ cycle: String, every days: Int, window: String = "2024-01-01 2024-05-01") throws -> String {
            RecoveryPlan.days(
                in: try text("2023-11-20,,\(cycle)", window: window) {
                    $0.days = .cadence(.days(days), first: .nextMonth)
                    $0.limitation.monthForMonth = true
                })
        }
        #expect(try days("P1M", every: 10) == "06-20 07-10 08-09 09-08")
        // Four weeks are less than a month, so four of them may be paid in one.
        #expect(try days("P1W", every: 5, window: "2024-01-01 2024-02-08") == "06-03 06-08 06-13 06-18 07-03 07-08")
        let quarter = try text("2023-11-20,,P3M", window: "2024-01-01 2024-06-01") {
            $0.limitation.monthForMonth = true
        }
        #expect(quarter == "longer-than-a-month 2024-02-20\nlonger-than-a-month 2024-05-20")
    }

    @Test(arguments: [
        ("2023-05-10", "2026-12-31", ArrearStanding.disputedByAge), ("2023-05-10", "2027-01-01", .timeBarred),
        ("2023-12-31", "2026-12-31", .disputedByAge), ("2023-12-31", "2024-12-31", .recoverable),
        ("2023-12-31", "2025-01-01", .disputedByAge),
    ])
    func ageMayCountFromTheEndOfTheYear(start: String, on: String, standing: ArrearStanding) throws {
        let limitation = Limitation(
            jurisdiction: "Germany", warning: .months(12), stop: .months(36), start: .endOfYear)
        let period = try #require(BillingPeriod(start: try day(start), end: try day(start)))
        #expect(limitation.standing(of: period, on: try day(on)) == standing)
    }

    @Test func twoInstalmentsInOneMonthAreCounted() throws {
        // 1 July and 31 July.
        let first = try day("2024-07-01")
        let input = try RecoveryCase("2023-11-20,,P1M", window: "2024-01-01 2024-04-01", decidedOn: "2024-05-01")
        let plan = input.plan(.changed { $0.days = .cadence(.days(30), first: .on(first)) })
        #expect(plan.instalments.map { "\($0.placeInMonth)/\($0.countInMonth)" } == ["1/2", "2/2", "1/1"])
    }
}
