import ArrearsRecovery
import BillingValues
import OperatorSettings
import RenewalAudit
import TestSupport
import Testing

/// Policies with random figures, as a file could set them.
enum RandomPolicy {
    private static let names = [
        "Easy Pay", "no", "~", "", "123", "0x1F", "- a", "a: b", "\"q\"", "\\", "#c", "È", "\u{1F600}", "a\nb", "\t",
        "*x",
        "&y", "{", "[1]", "null", "Null", "2026-01-01", " x", "x ", "%", "@", "`", "!", "|", ">", "\u{85}", "\u{2028}",
        "\u{7}",
    ]

    static func make(_ random: inout SplitMix64) throws -> PolicyFile {
        var policy = PolicyFile.standard
        policy.matching = MatchingPolicy(
            graceDaysBefore: random.number(0...366), graceDaysAfter: random.number(0...366),
            pendingDays: random.number(0...366), tolerance: Int64(random.number(0...10_000)))
        policy.suspension = SuspensionPolicy(
            partlySuspended: random.pick(SuspensionPolicy.PartlySuspended.allCases),
            anchor: random.pick(SuspensionPolicy.Anchor.allCases))
        policy.recovery.days = try days(&random)
        if case .cadence = policy.recovery.days {
            policy.recovery.arrearsAtATime = random.once(in: 3) ? nil : random.number(1...1_000)
        }
        policy.recovery.order = random.pick(ArrearsOrder.allCases)
        policy.recovery.capPerMonth = amounts(&random, from: 1)
        policy.recovery.writeOffBelow = amounts(&random, from: 0)
        policy.recovery.onCancellation = random.pick(CancellationTreatment.allCases)
        policy.recovery.leftOutOffers = texts(&random)
        policy.recovery.leftOutCustomers = texts(&random)
        policy.recovery.discount = GoodwillDiscount(
            basisPoints: random.number(0...10_000), rounding: random.pick(RoundingRule.allCases))
        policy.recovery.preNotificationDays = random.number(0...366)
        policy.recovery.limitation = limitation(&random)
        policy.recovery.otherLimitations = (0..<random.below(3)).map { _ in
            var limitation = limitation(&random)
            if limitation.warning == nil, limitation.stop == nil { limitation.stop = .days(160) }
            return Jurisdiction(
                currencies: [random.pick([.usd, .kwd, .jpy])], offers: texts(&random), limitation: limitation)
        }
        policy.notices = try notices(&random)
        return policy
    }

    private static func notices(_ random: inout SplitMix64) throws -> NoticePolicy {
        var policy = NoticePolicy.standard(random.pick(NoticeLanguage.allCases))
        let words = names.filter { !$0.isEmpty }
        if random.once(in: 2) { policy.operatorName = random.pick(words) }
        if random.once(in: 2) { policy.contact = random.pick(words) }
        if random.once(in: 2) { policy.cause = random.pick(words) }
        if random.once(in: 2) {
            policy.segmentPrice = SegmentPrice(
                thousandths: Int64(random.number(0...1_000_000)), currency: random.pick([.eur, .jpy, .kwd]))
        }
        func templates() throws -> [NoticeChannel: NoticeTemplate] {
            var templates: [NoticeChannel: NoticeTemplate] = [:]
            for channel in NoticeChannel.allCases where random.once(in: 2) {
                templates[channel] = try NoticeTemplate(
                    random.pick(["{{total}} ", "a\n{{! }}\n", " "]) + random.pick(words).filter { $0 != "{" })
            }
            return templates
        }
        policy.tiers = try (1...3).map { tier in
            NoticePolicy.Tier(
                from: tier * random.number(1...3) + tier * 10,
                channels: NoticeChannel.allCases.filter { _ in random.once(in: 2) },
                templates: try templates())
        }
        policy.templates.merge(try templates()) { $1 }
        return policy
    }

    private static func days(_ random: inout SplitMix64) throws -> CollectionDays {
        func day() throws -> CivilDate { try #require(CivilDate(dayNumber: Int32(random.number(0...40_000)))) }
        if random.once(in: 4) {
            return .batches(Set(try (0...random.below(4)).map { _ in try day() }).sorted())
        }
        let first = random.pick([.nextMonth, .nextRenewal, .on(try day())] as [CollectionDays.FirstCollection])
        let cadences: [CollectionDays.Cadence] = [
            .days(random.number(1...3_660)), .months(random.number(1...120)), .withRenewal,
        ]
        return .cadence(random.pick(cadences), first: first)
    }

    private static func amounts(_ random: inout SplitMix64, from least: Int) -> CurrencyAmounts {
        let currencies = [Currency.eur, .jpy, .kwd].filter { _ in random.once(in: 2) }
        return CurrencyAmounts(
            currencies.map { Money(minorUnits: Int64(random.number(least...1_000_000)), currency: $0) })
    }

    private static func texts(_ random: inout SplitMix64) -> Set<String> {
        Set((0..<random.below(4)).map { _ in random.pick(names.filter { !$0.isEmpty }) })
    }

    private static func limitation(_ random: inout SplitMix64) -> Limitation {
        func age() -> Limitation.Age? {
            random.once(in: 4)
                ? nil : random.once(in: 2) ? .days(random.number(1...36_600)) : .months(random.number(1...1_200))
        }
        return Limitation(
            jurisdiction: random.pick(names.filter { !$0.isEmpty }), warning: age(), stop: age(),
            start: random.pick(Limitation.Start.allCases), monthForMonth: random.once(in: 2))
    }
}
