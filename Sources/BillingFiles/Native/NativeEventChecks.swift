import BillingRecords
import BillingValues

/// What is wrong with the values of an event row, value by value.
struct NativeEventChecks {
    let subscription: [UInt8]
    let event: [UInt8]
    let effectiveOn: [UInt8]
    let until: [UInt8]
    let value: [UInt8]

    /// Every fault of the row, in the canonical order of the columns.
    var faults: [NativeValueFault] {
        var faults: [NativeValueFault] = []
        if subscription.isEmpty { faults.append(.missingSubscription) }
        faults += NativeValueFault.word(
            event, in: "event", rule: .unknownEvent, known: EventKind.allCases.map(\.word))
        let dateFaults =
            NativeValueFault.date(effectiveOn, in: "effective_on", isRequired: true)
            + NativeValueFault.date(until, in: "until", isRequired: false)
        faults += dateFaults.isEmpty ? order : dateFaults
        if let kind = EventKind(word: event) { faults += valueFaults(kind) }
        return faults
    }

    private var order: [NativeValueFault] {
        guard let first = CivilDate.parse(effectiveOn), let end = CivilDate.parse(until), end <= first else {
            return []
        }
        return [
            NativeValueFault(
                column: "until", rule: .invalidUntil,
                expected: "a day after \(first), because until is the first day on which the event no longer holds")
        ]
    }

    private func valueFaults(_ kind: EventKind) -> [NativeValueFault] {
        switch kind {
        case .suspended, .ended, .portedOut, .free: []
        case .priceChanged, .discounted: priceFaults
        case .offerChanged: value.isEmpty ? [.missing("value", "the new offer")] : []
        case .renumbered: value.isEmpty ? [.missing("value", "the new subscription_id")] : []
        case .cycleChanged: cycleFaults
        }
    }

    private var cycleFaults: [NativeValueFault] {
        if value.isEmpty { return [.missing("value", "an ISO 8601 duration like P30D or P1M")] }
        if BillingCycle(iso8601: value.span) != nil { return [] }
        return [
            NativeValueFault(
                column: "value", rule: .invalidCycle,
                expected: "an ISO 8601 duration of whole days, weeks, months or years like P30D or P1M")
        ]
    }

    /// Only the form of a price is judged here: its currency is that of the subscription.
    private var priceFaults: [NativeValueFault] {
        let faults = NativeValueFault.amount(value, in: "value", currency: nil)
        guard faults.isEmpty, value.first == UInt8(ascii: "-"), value.contains(where: { (0x31...0x39).contains($0) })
        else { return faults }
        return [NativeValueFault(column: "value", rule: .negativePrice, expected: "0 or more")]
    }
}
