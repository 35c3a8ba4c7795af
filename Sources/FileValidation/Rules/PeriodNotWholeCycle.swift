import BillingFiles
import BillingRecords
import BillingValues

/// The period of a renewal is no whole number of the subscription's cycles.
///
/// Looked for when a subscriptions file is given too, in renewals and recoveries with both days of their period. Several
/// cycles at once are whole; months go from a day to the day before the same one, which a shorter month moves to its end.
/// Lines whose cycle was changed by an event are left out when the events are given. A period of another length comes
/// from a wrong date, or from a cycle that was changed. A warning: the amount may be right.
struct PeriodNotWholeCycle: RecordRule {
    let rule = InputRule.periodNotWholeCycle

    /// The columns that are compared.
    let subscription: Int
    let kind: Int
    let start: Int
    let end: Int
    /// The lines with their cycles.
    let lines: KnownLines

    private static let renewals: Set<Int64> = [
        Int64(ChargeKind.renewal.rawValue), Int64(ChargeKind.recovery.rawValue),
    ]

    var field: Int { end }
    var compared: [Int] { [subscription, kind, start, end] }

    func judge(_ rows: RowBatch, _ isWrong: (Int) -> Void) {
        let (starts, ends) = (rows.cells[start], rows.cells[end])
        for record in ends.indices where Cell.isPresent(ends[record]) && Cell.isPresent(starts[record]) {
            let line = rows.cells[subscription][record]
            guard ends[record] >= starts[record], Cell.isPresent(line),
                Self.renewals.contains(rows.cells[kind][record])
            else { continue }
            let cycle = lines.cycle(Int(line))
            if Cell.isPresent(cycle), !Self.isWhole(starts[record], ends[record], cycle) { isWrong(record) }
        }
    }

    /// Whether the days from a first to a last are a whole number of cycles.
    static func isWhole(_ first: Int64, _ last: Int64, _ cycle: Int64) -> Bool {
        let days = last - first + 1
        if cycle > 0 { return days % cycle == 0 }
        guard let from = CivilDate(dayNumber: Int32(clamping: first)),
            let to = CivilDate(dayNumber: Int32(clamping: last + 1))
        else { return true }
        let (start, end) = (from.components, to.components)
        let months = Int64(end.year * 12 + end.month - start.year * 12 - start.month)
        guard months > 0, months % cycle == 0 else { return false }
        // Both are the same day of their month, or the month's last where it has no such day.
        let day = max(start.day, end.day)
        return start.day == min(day, CivilDate.daysInMonth(year: start.year, month: start.month))
            && end.day == min(day, CivilDate.daysInMonth(year: end.year, month: end.month))
    }

    func expected(_ record: RecordValues) -> String {
        let bytes = record[subscription]
        guard let line = lines.index(of: bytes.span), let cycle = CycleCheck.cycle(lines.cycle(line)) else {
            return "a whole number of cycles"
        }
        return "the last day of a whole number of cycles of \(cycle) from \(record.text(start)) on"
    }
}
