/// The first 16 bytes of a subscription's id as two words, which is the whole id for nearly every operator.
struct SubscriptionKey: Equatable {
    /// Bytes 0 to 7, the first byte lowest.
    var low: UInt64

    /// Bytes 8 to 15, the first byte lowest.
    var high: UInt64

    /// How many bytes of an id fit.
    static let capacity = 16

    /// The key of the id at `bytes`, of which `readable` bytes may be read.
    @inline(__always)
    init(_ bytes: UnsafePointer<UInt8>, length: Int, readable: Int) {
        if readable >= Self.capacity {
            let words = unsafe UnsafeRawPointer(bytes)
            let first = unsafe UInt64(littleEndian: words.loadUnaligned(as: UInt64.self))
            let second = unsafe UInt64(littleEndian: words.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
            low = length >= 8 ? first : first & ((1 &<< (UInt64(length) &* 8)) &- 1)
            if length >= 16 {
                high = second
            } else {
                high = length <= 8 ? 0 : second & ((1 &<< (UInt64(length &- 8) &* 8)) &- 1)
            }
        } else {
            low = 0
            high = 0
            for index in 0..<min(length, Self.capacity) {
                let byte = unsafe UInt64(bytes[index])
                if index < 8 { low |= byte &<< UInt64(index &* 8) } else { high |= byte &<< UInt64((index &- 8) &* 8) }
            }
        }
    }
}

/// The seeded hash of subscription ids.
///
/// The seed is new in every process, so that no file can be made whose ids all collide. No output depends on it.
struct SubscriptionHash: Sendable {
    private let first: UInt64
    private let second: UInt64

    /// A hash with a random seed.
    init() {
        var generator = SystemRandomNumberGenerator()
        self.init(seededBy: &generator)
    }

    /// A hash whose seed these numbers are.
    init(seededBy generator: inout some RandomNumberGenerator) {
        first = generator.next() | 1
        second = generator.next() | 1
    }

    /// The hash of an id from its key and, for ids longer than a key, its remaining bytes.
    @inline(__always)
    func callAsFunction(_ key: SubscriptionKey, length: Int, bytes: UnsafePointer<UInt8>) -> UInt64 {
        var hash = Self.mix(key.low ^ first, key.high ^ second &+ UInt64(truncatingIfNeeded: length))
        if length > SubscriptionKey.capacity {
            for index in SubscriptionKey.capacity..<length {
                hash = Self.mix(hash ^ first, unsafe UInt64(bytes[index]) ^ second)
            }
        }
        return hash
    }

    @inline(__always)
    private static func mix(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let product = left.multipliedFullWidth(by: right)
        // A product with a zero factor would forget the other one.
        return product.high ^ product.low ^ left ^ right
    }
}

extension SubscriptionKey {
    /// The key of an empty id.
    static let empty = SubscriptionKey(low: 0, high: 0)

    /// The key of an id.
    init(bytes: [UInt8]) {
        var (low, high) = (UInt64(0), UInt64(0))
        for (index, byte) in bytes.prefix(Self.capacity).enumerated() {
            if index < 8 {
                low |= UInt64(byte) << UInt64(index * 8)
            } else {
                high |= UInt64(byte) << UInt64(index * 8 - 64)
            }
        }
        self.init(low: low, high: high)
    }

    /// A key from its words.
    init(low: UInt64, high: UInt64) {
        self.low = low
        self.high = high
    }

    /// The first `count` bytes of the id, at most those of a key.
    func bytes(_ count: Int) -> [UInt8] {
        unsafe withUnsafeBytes(of: (low.littleEndian, high.littleEndian)) { unsafe Array($0.prefix(count)) }
    }
}
