import BillingFiles
import BillingRecords
import BillingValues

/// A charge was made on a day that has not come.
///
/// Today is the day of `--today`, or else the day of the machine's clock in UTC. A pending charge may be dated ahead,
/// and so may a recovery, which is planned for a renewal day to come. Any other charge with a later day has a wrong date,
/// often with day and month exchanged. The row is rejected.
struct ChargeInFuture: RecordRule {
    let rule = InputRule.chargeInFuture

    /// The column of the day.
    let chargedOn: Int
    /// The column of the kind.
    let kind: Int
    /// The column of the status.
    let status: Int
    /// The last day that has come.
    let today: CivilDate

    private static let recovery = Int64(ChargeKind.recovery.rawValue)
    private static let pending = Int64(ChargeStatus.pending.rawValue)

    var field: Int { chargedOn }
    var compared: [Int] { [chargedOn, kind, status] }

    func judge(_ rows: RowBatch, _ isWrong: (Int) -> Void) {
        let days = rows.cells[chargedOn]
        let last = Int64(today.dayNumber)
        for record in days.indices where days[record] > last {
            if rows.cells[kind][record] != Self.recovery, rows.cells[status][record] != Self.pending {
                isWrong(record)
            }
        }
    }

    func expected(_ record: RecordValues) -> String { "\(today) or earlier" }
}
