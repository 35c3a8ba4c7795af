import BillingFiles

/// The day on which an event no longer holds is not after the day from which it holds.
///
/// `until` is exclusive, so such an event holds on no day. The row is rejected.
struct InvalidUntil: RecordRule {
    let rule = InputRule.invalidUntil

    /// The column of the first day.
    let effective: Int
    /// The column of the day behind the last.
    let until: Int

    var field: Int { until }
    var compared: [Int] { [effective, until] }

    func judge(_ rows: RowBatch, _ isWrong: (Int) -> Void) {
        let (starts, ends) = (rows.cells[effective], rows.cells[until])
        for record in ends.indices where Cell.isPresent(ends[record]) && Cell.isPresent(starts[record]) {
            if ends[record] <= starts[record] { isWrong(record) }
        }
    }

    func expected(_ record: RecordValues) -> String {
        "a day after \(record.text(effective)), because until is the first day on which the event no longer holds"
    }
}
