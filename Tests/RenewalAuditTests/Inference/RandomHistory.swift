import BillingRecords
import BillingValues
import TestSupport

@testable import RenewalAudit

/// A regular history of renewal charges with what was left out of it, and the truth about both.
struct RandomHistory: CustomStringConvertible {
    let identifier: String
    let cycle: BillingCycle
    let statesPeriods: Bool
    let spread: Int
    private(set) var charges: [CaseCharge] = []
    /// The due days of the renewals without a charge whose price the charges around them tell.
    private(set) var missing: [CivilDate] = []
    /// The due days of the renewals without a charge across which the price changes.
    private(set) var missingAtPriceChange: [CivilDate] = []
    /// The due day of the renewal that was charged far behind the grace, if one was.
    private(set) var late: CivilDate?
    /// How many charges there are.
    private(set) var count = 0

    static let cycles: [BillingCycle] =
        [7, 28, 30, 35, 90].compactMap { BillingCycle(days: $0) }
        + [1, 1, 1, 2, 3, 12].compactMap { BillingCycle(months: $0) }

    init(_ number: Int, random: inout SplitMix64) {
        identifier = "S\(number)"
        cycle = random.pick(Self.cycles)
        statesPeriods = random.once(in: 2)
        spread = statesPeriods || cycle.shortestLengthInDays < 28 ? 0 : random.pick([0, 0, 2, 5])
        let activation = Self.activation(cycle, random: &random)
        // The noisier the days, the more of them it takes.
        let regular = cycle.shortestLengthInDays < 28 ? 16 : 9
        let length = [0: regular, 2: 12, 5: 24][spread, default: 24] + random.below(9)
        let priceChange = random.once(in: 3) ? 3 + random.below(length - 6) : 0
        var gaps: Set<Int> = []
        for _ in 0..<random.below(1 + length / 5) { gaps.insert(2 + random.below(length - 4)) }
        let lateCycle = gaps.isEmpty && random.once(in: 3) ? 2 + random.below(length - 4) : -1
        for index in 1...length {
            guard let period = cycle.period(ofCycle: index, from: activation) else { continue }
            guard !gaps.contains(index) else {
                let isAtChange =
                    priceChange > 0 && Self.run(of: index, in: gaps).contains { $0 == priceChange - 1 }
                    || priceChange > 0 && Self.run(of: index, in: gaps).contains(priceChange)
                if isAtChange { missingAtPriceChange.append(period.start) } else { missing.append(period.start) }
                continue
            }
            let delay = index == lateCycle ? cycle.shortestLengthInDays / 2 : spread == 0 ? 0 : random.below(spread + 1)
            if index == lateCycle { late = period.start }
            guard let day = period.start.adding(days: delay) else { continue }
            count += 1
            charges.append(
                .renewal(
                    of: identifier, on: day, ofPeriod: statesPeriods ? period : nil,
                    amount: index < priceChange ? 999 : 1199))
        }
    }

    var description: String {
        let days = charges.compactMap { $0.periodStart ?? $0.chargedOn }.map { "\($0)" }.joined(separator: " ")
        return "\(identifier) \(cycle), \(statesPeriods ? "periods" : "days"), spread \(spread), missing \(missing), "
            + "at price change \(missingAtPriceChange), late \(late.map { "\($0)" } ?? "-"): \(days)"
    }

    /// The days around the 29th to the 31st are the interesting ones.
    private static func activation(_ cycle: BillingCycle, random: inout SplitMix64) -> CivilDate {
        let start = CivilDate(year: 2019, month: 1 + random.below(12), day: 1)
        let day = cycle.unit == .months && random.once(in: 2) ? 28 + random.below(4) : 1 + random.below(28)
        return start?.addingMonths(0, anchorDay: day) ?? CivilDate.earliest
    }

    /// The cycles in a row without charges that one of them belongs to.
    private static func run(of index: Int, in gaps: Set<Int>) -> ClosedRange<Int> {
        var (first, last) = (index, index)
        while gaps.contains(first - 1) { first -= 1 }
        while gaps.contains(last + 1) { last += 1 }
        return first...last
    }
}
