public import ArrearsRecovery
public import BillingFiles
import BillingRecords
import BillingValues
import DelimitedText
public import RenewalAudit

/// Recovery charges as rows of a charges file, in the columns of any charges file.
///
/// Columns that native files do not know stay empty: nothing is known of them.
public struct RecoveryChargeTable {
    private enum Column {
        case identifier, subscription, kind, chargedOn, periodStart, periodEnd, amount, currency, status, other

        init(_ name: String) {
            switch name {
            case "charge_id": self = .identifier
            case "subscription_id": self = .subscription
            case "kind": self = .kind
            case "charged_on": self = .chargedOn
            case "period_start": self = .periodStart
            case "period_end": self = .periodEnd
            case "amount": self = .amount
            case "currency": self = .currency
            case "status": self = .status
            default: self = .other
            }
        }
    }

    private let names: [String]
    private let columns: [Column]
    private let writer: FieldWriter

    /// Rows in the given columns, with the given line ends.
    public init(columns: [String] = NativeColumns.charges, usesCRLF: Bool = false) {
        names = columns
        self.columns = columns.map(Column.init)
        writer = FieldWriter(lineEnding: usesCRLF ? .crlf : .lf)
    }

    /// The header row.
    public var header: [UInt8] {
        var bytes: [UInt8] = []
        writer.appendRecord(names, to: &bytes)
        return bytes
    }

    /// Writes the charges that `charge` makes of instalments, piece by piece.
    ///
    /// - Parameters:
    ///   - instalments: the instalments of a plan over `subscriptions`.
    ///   - charge: `RecoveryCharge.collecting` or `.reversing`.
    public func write<Failure: Error>(
        _ instalments: [Instalment], as charge: (Instalment, _ subscription: [UInt8]) -> RecoveryCharge,
        subscriptions: Subscriptions, to sink: ([UInt8]) throws(Failure) -> Void
    ) throws(Failure) {
        var bytes: [UInt8] = []
        for (place, instalment) in instalments.enumerated() {
            let ahead = place + Subscriptions.prefetchDistance
            if ahead < instalments.count { subscriptions.prefetch(instalments[ahead].row) }
            let subscription = subscriptions.subscriptionIdentifier(instalment.row)
            append(charge(instalment, subscription), subscription: subscription, to: &bytes)
            if bytes.count > 1 << 16 {
                try sink(bytes)
                bytes.removeAll(keepingCapacity: true)
            }
        }
        try sink(bytes)
    }

    /// Writes charges of which each comes with its subscription's id.
    public func write<Failure: Error>(
        _ charges: some Sequence<(charge: RecoveryCharge, subscription: [UInt8])>,
        to sink: ([UInt8]) throws(Failure) -> Void
    ) throws(Failure) {
        var bytes: [UInt8] = []
        for (charge, subscription) in charges {
            append(charge, subscription: subscription, to: &bytes)
            if bytes.count > 1 << 16 {
                try sink(bytes)
                bytes.removeAll(keepingCapacity: true)
            }
        }
        try sink(bytes)
    }

    private func append(_ charge: RecoveryCharge, subscription: [UInt8], to bytes: inout [UInt8]) {
        for (index, column) in columns.enumerated() {
            if index > 0 { writer.appendDelimiter(to: &bytes) }
            append(charge, column, subscription: subscription, to: &bytes)
        }
        writer.appendLineEnd(to: &bytes)
    }

    private func append(_ charge: RecoveryCharge, _ column: Column, subscription: [UInt8], to bytes: inout [UInt8]) {
        switch column {
        case .identifier: writer.append(field: charge.identifier, to: &bytes)
        case .subscription: writer.append(field: subscription, to: &bytes)
        case .kind: bytes.append(contentsOf: charge.kind.word.utf8)
        case .chargedOn: charge.chargedOn.write(to: &bytes)
        case .periodStart: charge.period.start.write(to: &bytes)
        case .periodEnd: charge.period.end.write(to: &bytes)
        case .amount: charge.amount.writeAmount(to: &bytes)
        case .currency: charge.amount.currency.writeCode(to: &bytes)
        case .status: bytes.append(contentsOf: charge.status.word.utf8)
        case .other: break
        }
    }
}
