import BillingRecords
import BillingValues

/// How many renewals were due on each day of the window, told apart by the dimensions of incidents.
///
/// A subscription takes two steps, however many renewals it has: one where its renewals begin and one where they end.
/// Sums over whole cycles, made once for all, give the days.
public struct DueCalendar: Sendable {
    /// The dimensions that tell cells apart; fewer when there would be too many cells.
    let dimensions: IncidentDimensions

    /// The cells in the order in which they were met.
    private(set) var cells = RenewalCells()

    /// The number of days of the window.
    let days: Int

    private let firstDay: Int32
    private let firstMonth: Int32
    private let months: Int32

    /// The length of a cell's part of `steps`.
    private let width: Int

    /// A cell's beginnings less its ends: by day for cycles of days, by month and anchor day for cycles of months.
    private var steps: [Int32] = []

    /// How fine the cells may be, from the finest on.
    public static let details = 0..<5

    /// The entries that a calendar may have; 32 MiB of them.
    private static let limit = 1 << 23

    /// The dimensions that are left out, in this order, where there are too many cells; the cycle never is.
    private static let dispensable: [IncidentDimension] = [.activationDay, .currency, .paymentMethod, .offer]

    /// The due renewals of some rows.
    ///
    /// Nil when there are too many cells at this detail. O(rows).
    public init?(_ table: Subscriptions, rows: Range<Int>, detail: Int) {
        dimensions = IncidentDimensions.all.subtracting(
            IncidentDimensions(Self.dispensable.prefix(detail)))
        firstDay = table.windowStart.dayNumber
        days = Int(table.windowEnd.dayNumber) - Int(firstDay)
        firstMonth = table.windowStart.monthNumber
        months = table.windowEnd.monthNumber - firstMonth + 1
        width = max(days, Int(months) * 31)
        let duplicates = table.duplicateRows
        for row in rows {
            let packed = table.rows[row]
            if packed.hasTimeline, !packed.isAsRow || table.inference != nil {
                guard countTimeline(row, packed, of: table) else { return nil }
                continue
            }
            guard packed.dueCount > 0, packed.price > 0, duplicates.isEmpty || !duplicates.contains(row) else {
                continue
            }
            let cell = RenewalCell(row, packed: packed, of: table, by: dimensions)
            guard let number = cells.number(of: cell) ?? add(cell) else { return nil }
            count(packed, in: number)
        }
    }

    /// Adds what was counted on other rows; false when there are too many cells.
    public mutating func merge(_ other: DueCalendar) -> Bool {
        for (number, cell) in other.cells.cells.enumerated() {
            guard let mine = cells.number(of: cell) ?? add(cell) else { return false }
            for place in 0..<width { steps[mine * width + place] += other.steps[number * width + place] }
        }
        return true
    }

    /// Counts the renewals of a line by its timeline; false when there are too many cells.
    private mutating func countTimeline(_ row: Int, _ packed: SubscriptionRow, of table: Subscriptions) -> Bool {
        let cell = RenewalCell(row, packed: packed, of: table, by: dimensions)
        if let outline = table.outlines[row], outline.isUniform {
            for run in table.outlines.runs(of: outline) where run.amount > 0 {
                guard let number = cells.number(of: cell) ?? add(cell) else { return false }
                for day in run.collectionDays {
                    guard let date = CivilDate(dayNumber: day) else { continue }
                    count(BatchDate(date), cycle: packed.cycle, in: number)
                }
            }
            return true
        }
        for renewal in table.timeline(row)?.dueRenewals ?? [] where renewal.amount > 0 {
            guard let number = cells.number(of: cell) ?? add(cell) else { return false }
            count(BatchDate(renewal.dueOn), cycle: packed.cycle, in: number)
        }
        return true
    }

    private mutating func add(_ cell: RenewalCell) -> Int? {
        guard steps.count + width <= Self.limit else { return nil }
        steps.append(contentsOf: repeatElement(0, count: width))
        return cells.add(cell)
    }

    /// Counts one renewal of a line with events as a beginning and an end one cycle later.
    private mutating func count(_ start: BatchDate, cycle: Int32, in cell: Int) {
        let base = cell * width
        if cycle > 0 {
            let first = Int(start.dayNumber) - Int(firstDay)
            guard first >= 0, first < days else { return }
            steps[base + first] += 1
            if first + Int(cycle) < days { steps[base + first + Int(cycle)] -= 1 }
        } else {
            let first = Int(start.monthNumber) - Int(firstMonth)
            let anchor = Int(start.dayOfMonth) - 1
            guard first >= 0, first < Int(months) else { return }
            steps[base + first * 31 + anchor] += 1
            let end = first - Int(cycle)
            if end < Int(months) { steps[base + end * 31 + anchor] -= 1 }
        }
    }

    @inline(__always)
    private mutating func count(_ row: SubscriptionRow, in cell: Int) {
        let base = cell * width
        if row.cycle > 0 {
            let first = Int(row.activatedDay) - Int(firstDay) + Int(row.firstDueIndex) * Int(row.cycle)
            let end = first + Int(row.dueCount) * Int(row.cycle)
            guard first >= 0, first < days else { return }
            steps[base + first] += 1
            if end < days { steps[base + end] -= 1 }
        } else {
            let step = -Int(row.cycle)
            let activation = BatchDate(dayNumber: row.activatedDay, monthAndDay: row.activatedMonthAndDay)
            let first = Int(activation.monthNumber) - Int(firstMonth) + Int(row.firstDueIndex) * step
            let end = first + Int(row.dueCount) * step
            let anchor = Int(activation.dayOfMonth) - 1
            guard first >= 0, first < Int(months) else { return }
            steps[base + first * 31 + anchor] += 1
            if end < Int(months) { steps[base + end * 31 + anchor] -= 1 }
        }
    }
}

extension DueCalendar {
    /// The due renewals by cell and day: `days` entries for each cell, in the order of the cells.
    ///
    /// O(cells * days).
    func counts() -> [Int32] {
        var counts = [Int32](repeating: 0, count: cells.cells.count * days)
        for (number, cell) in cells.cells.enumerated() {
            if cell.cycle > 0 {
                addDays(every: Int(cell.cycle), cell: number, to: &counts)
            } else {
                addMonths(every: -Int(cell.cycle), cell: number, to: &counts)
            }
        }
        return counts
    }

    private func addDays(every cycle: Int, cell: Int, to counts: inout [Int32]) {
        for day in 0..<days {
            let earlier = day >= cycle ? counts[cell * days + day - cycle] : 0
            counts[cell * days + day] = steps[cell * width + day] + earlier
        }
    }

    private func addMonths(every cycle: Int, cell: Int, to counts: inout [Int32]) {
        var sums = Array(steps[(cell * width)..<(cell * width + Int(months) * 31)])
        for month in 0..<Int(months) {
            let number = firstMonth + Int32(truncatingIfNeeded: month)
            let start = Int(MonthLength.firstDay(ofMonth: number) - firstDay)
            let length = Int(MonthLength.days(inMonth: number))
            for anchor in 0..<31 {
                if month >= cycle { sums[month * 31 + anchor] += sums[(month - cycle) * 31 + anchor] }
                let count = sums[month * 31 + anchor]
                let day = start + min(anchor, length - 1)
                if count != 0, day >= 0, day < days { counts[cell * days + day] += count }
            }
        }
    }
}
