import BillingValues
import DelimitedText

/// The charges that no bank is asked to collect, as a CSV file.
public struct RefusedDebitTable: Sendable {
    /// The columns.
    public static let columns = [
        "charge_id", "subscription_id", "collect_on", "period_start", "period_end", "amount", "currency", "reason",
    ]

    /// The bytes of the whole file.
    public let bytes: [UInt8]

    /// The table of some charges.
    public init(_ refused: [RefusedDebit]) {
        let writer = FieldWriter()
        var bytes: [UInt8] = []
        writer.appendRecord(Self.columns, to: &bytes)
        for debit in refused {
            let amount = debit.amount
            writer.appendRecord(
                [
                    String(decoding: debit.charge, as: UTF8.self), String(decoding: debit.subscription, as: UTF8.self),
                    "\(debit.collectOn)", debit.period.map { "\($0.start)" } ?? "",
                    debit.period.map { "\($0.end)" } ?? "", amount.amountText,
                    amount.currency.alphabeticCode, debit.reason.rawValue,
                ], to: &bytes)
        }
        self.bytes = bytes
    }
}
