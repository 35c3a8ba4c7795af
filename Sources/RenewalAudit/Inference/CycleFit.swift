import BillingRecords

/// A grid of due days: every so many days from a day on, or every so many months on a day of the month, clamped.
enum DueGrid: Hashable, Sendable {
    case days(origin: Int, length: Int)
    case months(origin: Int, step: Int, anchor: Int)

    /// The due day of a cycle, which may be negative, as a day number.
    func day(ofCycle index: Int) -> Int {
        switch self {
        case .days(let origin, let length): return origin + index * length
        case .months(let origin, let step, let anchor):
            let month = Int32(clamping: origin + index * step)
            return Int(MonthLength.firstDay(ofMonth: month))
                + min(anchor, Int(MonthLength.days(inMonth: month))) - 1
        }
    }

    /// The cycle that is due nearest to a day, of two equally near ones the earlier, and how many days later the day is.
    func nearest(to date: BatchDate) -> (cycle: Int, deviation: Int) {
        let day = Int(date.dayNumber)
        let guess: Int
        switch self {
        case .days(let origin, let length): guess = (day - origin).flooredQuotient(by: length)
        case .months(let origin, let step, _): guess = (Int(date.monthNumber) - origin).flooredQuotient(by: step)
        }
        var best = (cycle: guess - 1, deviation: day - self.day(ofCycle: guess - 1))
        for cycle in guess...(guess + 1) {
            let deviation = day - self.day(ofCycle: cycle)
            if abs(deviation) < abs(best.deviation) { best = (cycle, deviation) }
        }
        return best
    }

    /// A number of days that a cycle has, at least.
    var shortestLength: Int {
        switch self {
        case .days(_, let length): length
        case .months(_, let step, _): step * 30 - 2
        }
    }
}

extension Int {
    /// The quotient rounded towards minus infinity; the divisor is positive.
    fileprivate func flooredQuotient(by divisor: Int) -> Int {
        self >= 0 ? self / divisor : -((divisor - 1 - self) / divisor)
    }
}

/// How well a grid explains the days of a history.
struct CycleFit: Sendable {
    /// The grid.
    let grid: DueGrid

    /// The cycles with a charge, in their order.
    let cycles: [Int]

    /// The days that are near no due day.
    let outliers: Int

    /// The sum of the distances from the due days.
    let deviation: Int

    /// How many days the charges of the grid are spread around their due days.
    let width: Int

    /// How many charges lie exactly one cycle behind the one before.
    let singleSteps: Int

    /// The grid's explanation of some days, which come in order, with a charge at most so many days before or after.
    init(_ days: [BatchDate], grid: DueGrid, before: Int, after: Int) {
        self.grid = grid
        var cycles: [Int] = []
        var (outliers, deviation, singleSteps) = (0, 0, 0)
        var (lowest, highest) = (Int.max, Int.min)
        for day in days {
            let (cycle, distance) = grid.nearest(to: day)
            guard distance >= -before, distance <= after else {
                outliers += 1
                continue
            }
            deviation += abs(distance)
            (lowest, highest) = (min(lowest, distance), max(highest, distance))
            guard let last = cycles.last else {
                cycles.append(cycle)
                continue
            }
            if cycle == last + 1 { singleSteps += 1 }
            if cycle > last { cycles.append(cycle) }
        }
        self.cycles = cycles
        self.outliers = outliers
        self.deviation = deviation
        self.singleSteps = singleSteps
        width = cycles.isEmpty ? 0 : highest - lowest + 1
    }

    /// The cycles between the first and the last charge that have none.
    var missing: Int {
        guard let first = cycles.first, let last = cycles.last else { return 0 }
        return last - first + 1 - cycles.count
    }

    /// The due days of the cycles without a charge.
    var missingDays: [Int] {
        guard let first = cycles.first, let last = cycles.last else { return [] }
        let charged = Set(cycles)
        return (first...last).filter { !charged.contains($0) }.map(grid.day)
    }

    /// The chance that days without any regularity are explained as well by one of some grids, in units of 2^-60.
    ///
    /// The first charge sets the grid; each further one falls near a due day with the share that the spread has of a
    /// cycle. Whichever charge sets it, whichever are left out, and whichever length is tried counts.
    ///
    /// - Parameter attested: how many charges state that their period has the length of the grid's.
    func chance(trials: Int, attested: Int) -> UInt64 {
        let charges = cycles.count + outliers
        var ways = UInt128(trials * charges)
        for left in 0..<outliers { ways = ways * UInt128(charges - left) / UInt128(left + 1) }
        // Ways have less than 45 bits and spreads less than 20.
        var chance = ways << 60
        let (spread, length) = (UInt128(min(width, grid.shortestLength)), UInt128(grid.shortestLength))
        for _ in 1..<max(2, cycles.count) { chance = chance * spread / length + 1 }
        for _ in 0..<attested { chance = chance / length + 1 }
        return UInt64(clamping: chance)
    }
}
