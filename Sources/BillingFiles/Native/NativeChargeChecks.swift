import BillingRecords
import BillingValues

/// What is wrong with the values of a charge row, value by value.
struct NativeChargeChecks {
    let subscription: [UInt8]
    let identifier: [UInt8]
    let kind: [UInt8]
    let chargedOn: [UInt8]
    /// Whether a time zone tells the days of times with an offset from UTC.
    let hasZone: Bool
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
        faults += chargedOnFaults
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

    /// What is wrong with the day of the charge, which may have a time of day.
    private var chargedOnFaults: [NativeValueFault] {
        guard CivilTimestamp.looksLikeOne(chargedOn) else {
            return NativeValueFault.date(chargedOn, in: "charged_on", isRequired: true)
        }
        if let expected = CivilTimestamp.fault(in: chargedOn.span).map(NativeUsageChecks.expectation) {
            return [NativeValueFault(column: "charged_on", rule: .invalidTime, expected: expected)]
        }
        guard !hasZone, CivilTimestamp.parse(chargedOn)?.offset != nil else { return [] }
        return [
            NativeValueFault(
                column: "charged_on", rule: .invalidDate,
                expected: "a date, or --time-zone: an instant has its day from the time zone of the customers")
        ]
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

extension CivilTimestamp {
    /// Whether a text is longer than a date and goes on like a time of day behind it.
    fileprivate static func looksLikeOne(_ text: [UInt8]) -> Bool {
        text.count > 11 && (text[10] == UInt8(ascii: "T") || text[10] == UInt8(ascii: " "))
            && (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(text[11])
    }
}
