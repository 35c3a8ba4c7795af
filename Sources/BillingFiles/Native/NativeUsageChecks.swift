import BillingValues

/// What is wrong with the values of a usage record, value by value.
struct NativeUsageChecks {
    let identifier: [UInt8]
    let msisdn: [UInt8]
    let startedAt: [UInt8]
    let duration: [UInt8]
    let volume: [UInt8]
    let amount: [UInt8]
    let currency: [UInt8]

    /// Every fault of the record, in the canonical order of the columns.
    var faults: [NativeValueFault] {
        var faults: [NativeValueFault] = []
        if identifier.isEmpty { faults.append(.missing("record_id", "an id")) }
        if msisdn.isEmpty { faults.append(.missing("msisdn", "the phone number of a line")) }
        faults += timestampFaults
        faults += count(duration, in: "duration_s", unit: "seconds") + count(volume, in: "volume_bytes", unit: "bytes")
        let currencyFaults = currency.isEmpty ? [] : NativeValueFault.currency(currency)
        if !amount.isEmpty {
            let known = currencyFaults.isEmpty ? Currency(bytes: currency.span) : nil
            faults += NativeValueFault.amount(amount, in: "amount", currency: known)
        }
        return faults + currencyFaults
    }

    private var timestampFaults: [NativeValueFault] {
        if startedAt.isEmpty { return [.missing("started_at", Self.timestamp)] }
        guard let fault = CivilTimestamp.fault(in: startedAt.span) else { return [] }
        return [NativeValueFault(column: "started_at", rule: .invalidTime, expected: Self.expectation(fault))]
    }

    /// What should stand in place of a timestamp that is none.
    static func expectation(_ fault: TimestampFault) -> String {
        switch fault {
        case .notATimestamp: timestamp
        case .noSuchDay: "a day of the calendar"
        case .noSuchTime: "a time from 00:00:00 to 23:59:59"
        case .noSuchOffset: "an offset from UTC of at most 14 hours"
        }
    }

    private static let timestamp = "a timestamp as YYYY-MM-DDThh:mm:ss, with Z, an offset like +01:00, or neither"

    /// Whether a text holds nothing but digits, and no number beyond 63 bits.
    static func isCount(_ text: [UInt8]) -> Bool {
        let digits = text.drop { $0 == UInt8(ascii: "0") }
        let fits = digits.count < 19 || digits.count == 19 && digits.lexicographicallyPrecedes(tooLarge)
        return fits && text.allSatisfy { (0x30...0x39).contains($0) }
    }

    private static let tooLarge = Array("9223372036854775808".utf8)

    private func count(_ text: [UInt8], in column: String, unit: String) -> [NativeValueFault] {
        if Self.isCount(text) { return [] }
        return [NativeValueFault(column: column, rule: .invalidNumber, expected: "a whole number of \(unit)")]
    }
}
