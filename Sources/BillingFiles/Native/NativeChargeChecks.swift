import BillingRecords
import BillingValues

/// What is wrong with the values of a charge row, value by value.
struct NativeChargeChecks {
    let subscription: [UInt8]
    let identifier: [UInt8]
    let kind: [UInt8]
    let chargedOn: [UInt8]
    let periodStart: [UInt8]
    let periodEnd: [UInt8]
    let amount: [UInt8]
    let currency: [UInt8]
    let status: [UInt8]

    /// Every fault of the row, in the canonical order of the columns.
    var faults: [NativeValueFault] {
        var faults: [NativeValueFault] = []
        if identifier.isEmpty { faults.append(.missing("charge_id", "an id")) }
        if subscription.isEmpty { faults.append(.missingSubscription) }
        faults += NativeValueFault.word(
            kind, in: "kind", rule: .unknownKind, known: ChargeKind.allCases.map(\.word))
        faults += NativeValueFault.date(chargedOn, in: "charged_on", isRequired: true)
        let periodFaults =
            NativeValueFault.date(periodStart, in: "period_start", isRequired: false)
            + NativeValueFault.date(periodEnd, in: "period_end", isRequired: false)
        faults += periodFaults.isEmpty ? periodOrder : periodFaults
        let currencyFaults = NativeValueFault.currency(currency)
        faults += NativeValueFault.amount(
            amount, in: "amount", currency: currencyFaults.isEmpty ? Currency(bytes: currency.span) : nil)
        faults += currencyFaults
        faults += NativeValueFault.word(
            status, in: "status", rule: .unknownStatus, known: ChargeStatus.allCases.map(\.word))
        return faults
    }

    private var periodOrder: [NativeValueFault] {
        guard let end = CivilDate.parse(periodEnd) else { return [] }
        guard let start = CivilDate.parse(periodStart) else {
            return [
                NativeValueFault(
                    column: "period_start", rule: .invalidPeriod, expected: "a date, because period_end has one")
            ]
        }
        if end >= start { return [] }
        return [NativeValueFault(column: "period_end", rule: .invalidPeriod, expected: "\(start) or later")]
    }
}
