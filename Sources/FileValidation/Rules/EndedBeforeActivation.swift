import BillingFiles

/// A subscription ended before it was activated.
///
/// `ended_on` is the first day without service; a contract that was never in force has the same day twice. The row is
/// rejected.
struct EndedBeforeActivation: RecordRule {
    let rule = InputRule.endedBeforeActivation

    /// The column of the activation.
    let activated: Int
    /// The column of the end.
    let ended: Int

    var field: Int { ended }
    var compared: [Int] { [activated, ended] }

    func judge(_ rows: RowBatch, _ isWrong: (Int) -> Void) {
        let (starts, ends) = (rows.cells[activated], rows.cells[ended])
        for record in ends.indices where Cell.isPresent(ends[record]) && Cell.isPresent(starts[record]) {
            if ends[record] < starts[record] { isWrong(record) }
        }
    }

    func expected(_ record: RecordValues) -> String { "\(record.text(activated)) or later" }
}
