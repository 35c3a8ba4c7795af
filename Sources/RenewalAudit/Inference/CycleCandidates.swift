import BillingRecords
import BillingValues

/// The cycles that the days of a history make worth trying.
struct CycleCandidates {
    /// The lengths in days.
    private(set) var days: Set<Int> = []

    /// The lengths in months.
    private(set) var months: Set<Int> = []

    /// The numbers of months that contracts have.
    private static let contractMonths = [1, 2, 3, 4, 6, 12, 24]

    /// The candidates for days in their order; `lengths` are those of the stated periods.
    ///
    /// Cycles shorter than a week are not looked for: nearly any days fit them.
    init(_ days: [BatchDate], lengths: [Int], slack: Int) {
        let steps = zip(days, days.dropFirst()).map { Int($1.dayNumber - $0.dayNumber) }.filter { $0 >= 5 }.sorted()
        guard !steps.isEmpty else { return }
        let median = steps[steps.count / 2]
        var counts: [Int: Int] = [:]
        for step in steps { counts[step, default: 0] += 1 }
        let frequent = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(3).map(\.key)
        // A gap makes steps longer, so the length may be a part of the median step.
        let usual = [7, 14, 28, 30].filter { abs(median - $0) <= slack }
        self.days = Set(
            (frequent + [Self.mean(steps, median: median)] + usual + lengths).filter { (7...400).contains($0) })
        let typical = (lengths.sorted().dropFirst(lengths.count / 2).first.map { [$0] } ?? []) + [median] + frequent
        months = Set(
            Self.contractMonths.filter { count in
                typical.contains { abs($0 * 100 - count * 3044) <= (slack + 3) * 100 }
            })
    }

    /// The mean length of the cycles in some steps, each of which has as many as it has medians.
    ///
    /// Of charges whose days vary, the true length may be none of the most frequent steps.
    private static func mean(_ steps: [Int], median: Int) -> Int {
        let cycles = steps.reduce(0) { $0 + ($1 + median / 2) / median }
        return (steps.reduce(0, +) + cycles / 2) / max(1, cycles)
    }

    /// How many lengths are tried.
    var count: Int { days.count + months.count }

    /// The grids of all lengths that run through one of the days.
    func grids(through starts: [BatchDate]) -> [DueGrid] {
        var grids: Set<DueGrid> = []
        for start in starts {
            let day = Int(start.dayNumber)
            for length in days { grids.insert(.days(origin: ((day % length) + length) % length, length: length)) }
            let (month, dayOfMonth) = (Int(start.monthNumber), Int(start.dayOfMonth))
            let isLast = start.dayOfMonth == MonthLength.days(inMonth: start.monthNumber)
            for step in months {
                for anchor in dayOfMonth...(isLast ? 31 : dayOfMonth) {
                    grids.insert(.months(origin: month % step, step: step, anchor: anchor))
                }
            }
        }
        return grids.sorted { $0.precedes($1) }
    }
}

extension DueGrid {
    /// An order of grids for which nothing but the grids counts: months go first.
    func precedes(_ other: DueGrid) -> Bool {
        switch (self, other) {
        case (.months(let origin, let step, let anchor), .months(let otherOrigin, let otherStep, let otherAnchor)):
            (step, anchor, origin) < (otherStep, otherAnchor, otherOrigin)
        case (.months, .days): true
        case (.days, .months): false
        case (.days(let origin, let length), .days(let otherOrigin, let otherLength)):
            (length, origin) < (otherLength, otherOrigin)
        }
    }

    /// The cycle, a day to count from, and the index of one of the grid's cycles counted from that day, at least 1.
    ///
    /// Nil where no month of the grid has the anchor day, or where the days leave the calendar.
    func counted(to cycle: Int) -> (cycle: BillingCycle, anchor: CivilDate, index: Int)? {
        switch self {
        case .days(_, let length):
            guard let billing = BillingCycle(days: length),
                let anchor = CivilDate(dayNumber: Int32(clamping: day(ofCycle: cycle - 1)))
            else { return nil }
            return (billing, anchor, 1)
        case .months(let origin, let step, let day):
            guard let billing = BillingCycle(months: step) else { return nil }
            for index in 1...100 {
                let month = origin + (cycle - index) * step
                guard month > 12 else { return nil }
                if Int(MonthLength.days(inMonth: Int32(clamping: month))) >= day {
                    return CivilDate(dayNumber: Int32(clamping: self.day(ofCycle: cycle - index)))
                        .map { (billing, $0, index) }
                }
            }
            return nil
        }
    }
}
