// This file holds unsafe code: the texts of a row, lent for the time of one call.

/// The texts of a row where they stand, for reports that write millions of them: nothing is copied.
extension Subscriptions {
    /// Lends the id of a row.
    public func withIdentifier(_ row: Int, _ body: (Span<UInt8>) -> Void) {
        let length = Int(rows[row].keyLength)
        guard length <= SubscriptionKey.capacity else {
            let identifier = subscriptionIdentifier(row)
            return body(identifier.span)
        }
        let key = rows[row].key
        unsafe withUnsafeBytes(of: (key.low.littleEndian, key.high.littleEndian)) { bytes in
            unsafe bytes.withMemoryRebound(to: UInt8.self) { bytes in
                body(unsafe bytes.span.extracting(first: length))
            }
        }
    }

    /// Lends the phone number of a row's line.
    public func withMsisdn(_ row: Int, _ body: (Span<UInt8>) -> Void) {
        let start = row == 0 ? 0 : Int(msisdnEnds[row - 1])
        body(msisdnBytes.span.extracting(start..<Int(msisdnEnds[row])))
    }

    /// Lends the offer of a row.
    public func withOffer(_ row: Int, _ body: (Span<UInt8>) -> Void) {
        offers.withBytes(offerNumbers[row], body)
    }

    /// Lends the payment method of a row.
    public func withPaymentMethod(_ row: Int, _ body: (Span<UInt8>) -> Void) {
        paymentMethods.withBytes(paymentMethodNumbers[row], body)
    }
}
