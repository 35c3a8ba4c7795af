import BillingFiles

/// An event names a subscription that nobody has.
///
/// No row of the subscriptions has the id, nor a line that was renumbered. Nothing is judged by the event. A validation
/// looks for it when a subscriptions file is given too. An export of the subscriptions that is older than the events is
/// the commonest cause.
struct EventOfNobody: RecordRule {
    let rule = InputRule.eventOfNobody

    /// The column of the id.
    let subscription: Int

    var field: Int { subscription }
    var compared: [Int] { [subscription] }

    func judge(_ rows: RowBatch, _ isWrong: (Int) -> Void) {
        let lines = rows.cells[subscription]
        for record in lines.indices where lines[record] == Cell.unreadable { isWrong(record) }
    }

    func expected(_ record: RecordValues) -> String { "the id of a subscription in the files given" }
}
