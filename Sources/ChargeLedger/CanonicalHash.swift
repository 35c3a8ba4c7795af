import BillingValues
import Crypto

/// The SHA-256 over a sequence of values, each written so that no two sequences have the same bytes.
///
/// A text is its length in bytes as eight bytes, the highest first, and its UTF-8; a number is eight bytes; what may
/// be absent has a byte before it that says so.
struct CanonicalHash {
    private var hash = SHA256()
    private var buffer: [UInt8] = []

    init() { buffer.reserveCapacity(1 << 14) }

    mutating func add(_ number: Int64) {
        var shift = 64
        while shift > 0 {
            shift -= 8
            buffer.append(UInt8(truncatingIfNeeded: number >> Int64(shift)))
        }
        if buffer.count >= 1 << 14 { flush() }
    }

    mutating func add(_ text: String) {
        add(Int64(text.utf8.count))
        buffer.append(contentsOf: text.utf8)
    }

    mutating func add(_ text: String?) {
        buffer.append(text == nil ? 0 : 1)
        if let text { add(text) }
    }

    mutating func add(_ day: CivilDate?) {
        buffer.append(day == nil ? 0 : 1)
        if let day { add(Int64(day.dayNumber)) }
    }

    /// The hash of what was added, in 64 lower-case hexadecimal digits.
    mutating func finish() -> String {
        flush()
        let digits = Array("0123456789abcdef".utf8)
        return String(
            decoding: hash.finalize().flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    private mutating func flush() {
        hash.update(data: buffer)
        buffer.removeAll(keepingCapacity: true)
    }
}
