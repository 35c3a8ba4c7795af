import BillingFiles
import BillingRecords

/// The sign of an amount contradicts the kind of the charge.
///
/// An amount is below zero when money went to the customer. So refunds and credits are not above zero, and activations,
/// renewals, add-ons, usage, one-off fees and recoveries not below; an adjustment may be either. A refund with the wrong
/// sign looks like a second payment, and a renewal with the wrong sign like money given back. Zero contradicts nothing.
/// The row is rejected.
struct AmountSign: RecordRule {
    let rule = InputRule.amountSign

    /// The column of the kind.
    let kind: Int
    /// The column of the amount.
    let amount: Int

    /// For each kind the sign that its amounts have, 0 for either.
    static let signs: [Int64] = ChargeKind.allCases.map { kind in
        switch kind {
        case .refund, .credit: -1
        case .adjustment: 0
        case .activation, .renewal, .addon, .usage, .oneOff, .recovery: 1
        }
    }

    var field: Int { amount }
    var compared: [Int] { [kind, amount] }

    func judge(_ rows: RowBatch, _ isWrong: (Int) -> Void) {
        let (kinds, amounts) = (rows.cells[kind], rows.cells[amount])
        let signs = Self.signs
        for record in kinds.indices where Cell.isPresent(kinds[record]) && Cell.isPresent(amounts[record]) {
            if amounts[record].signum() * signs[Int(kinds[record])] < 0 { isWrong(record) }
        }
    }

    func expected(_ record: RecordValues) -> String {
        let isBelow = record[amount].first == UInt8(ascii: "-")
        return "an amount \(isBelow ? "not below" : "not above") zero, because the kind is \(record.text(kind))"
    }
}
