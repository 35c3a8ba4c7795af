import BillingFiles

/// The last day of a charge's period lies before its first, or there is a last day and no first.
///
/// The last day is inclusive: a period of one day has the same day twice. A charge whose period runs backwards settles
/// nothing, and the renewal that it was meant for looks uncharged. The row is rejected.
struct InvalidPeriod: RecordRule {
    let rule = InputRule.invalidPeriod

    /// The column of the first day.
    let start: Int
    /// The column of the last day.
    let end: Int

    var field: Int { end }
    var compared: [Int] { [start, end] }

    func judge(_ rows: RowBatch, _ isWrong: (Int) -> Void) {
        let (starts, ends) = (rows.cells[start], rows.cells[end])
        for record in ends.indices where Cell.isPresent(ends[record]) {
            if starts[record] != Cell.unreadable, starts[record] > ends[record] || starts[record] == Cell.absent {
                isWrong(record)
            }
        }
    }

    func expected(_ record: RecordValues) -> String {
        record[start].isEmpty ? "nothing, because period_start is empty" : "\(record.text(start)) or later"
    }
}
