import DelimitedText

/// Hides the phone numbers of customers: all but the last three characters become asterisks.
public enum PhoneNumberMask {
    /// The masked number; numbers of up to three characters are hidden altogether.
    public static func mask(_ msisdn: [UInt8]) -> [UInt8] {
        let shown = msisdn.count > 3 ? 3 : 0
        return [UInt8](repeating: UInt8(ascii: "*"), count: msisdn.count - shown) + msisdn.suffix(shown)
    }
}

extension FieldWriter {
    /// Appends a phone number, masked if asked for.
    func append(msisdn: Span<UInt8>, masked: Bool, to bytes: inout [UInt8]) {
        guard masked else { return append(field: msisdn, to: &bytes) }
        var number: [UInt8] = []
        for place in msisdn.indices { number.append(msisdn[place]) }
        append(field: PhoneNumberMask.mask(number), to: &bytes)
    }
}
