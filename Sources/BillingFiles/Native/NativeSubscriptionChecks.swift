import BillingValues

/// What is wrong with the values of a subscription row, value by value.
struct NativeSubscriptionChecks {
    let subscription: [UInt8]
    let activatedOn: [UInt8]
    let endedOn: [UInt8]
    let cycle: [UInt8]
    let price: [UInt8]
    let currency: [UInt8]

    /// Every fault of the row, in the canonical order of the columns.
    var faults: [NativeValueFault] {
        var faults: [NativeValueFault] = []
        if subscription.isEmpty { faults.append(.missingSubscription) }
        let dateFaults =
            NativeValueFault.date(activatedOn, in: "activated_on", isRequired: true)
            + NativeValueFault.date(endedOn, in: "ended_on", isRequired: false)
        faults += dateFaults.isEmpty ? order : dateFaults
        if cycle.isEmpty {
            faults.append(.missing("cycle", "an ISO 8601 duration like P30D or P1M"))
        } else if BillingCycle(iso8601: cycle.span) == nil {
            faults.append(
                NativeValueFault(
                    column: "cycle", rule: .invalidCycle,
                    expected: "an ISO 8601 duration of whole days, weeks, months or years like P30D or P1M"))
        }
        faults += priceFaults
        faults += NativeValueFault.currency(currency)
        return faults
    }

    private var order: [NativeValueFault] {
        guard let activated = CivilDate.parse(activatedOn), let ended = CivilDate.parse(endedOn), ended < activated
        else { return [] }
        return [
            NativeValueFault(column: "ended_on", rule: .endedBeforeActivation, expected: "\(activated) or later")
        ]
    }

    private var priceFaults: [NativeValueFault] {
        let known = Currency(bytes: currency.span)
        let faults = NativeValueFault.amount(price, in: "price", currency: known)
        guard faults.isEmpty, price.first == UInt8(ascii: "-"), price.contains(where: { (0x31...0x39).contains($0) })
        else { return faults }
        return [NativeValueFault(column: "price", rule: .negativePrice, expected: "0 or more")]
    }
}
