import BillingFiles

/// A charge names a subscription that nobody has.
///
/// Looked for when a subscriptions file is given too. Ids in `previous_ids` are known, and so are ids of renumbered lines
/// when the events are given. An export of the subscriptions that is older than the charges is the commonest cause. The
/// row is rejected.
struct ChargeOfNobody: RecordRule {
    let rule = InputRule.chargeOfNobody

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
