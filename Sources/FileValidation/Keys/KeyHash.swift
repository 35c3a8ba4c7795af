/// A keyed hash of short texts.
enum KeyHash {
    /// The hash of a text under a seed.
    @inline(__always)
    static func of(_ text: Span<UInt8>, seed: UInt64) -> UInt64 {
        var hash = seed ^ 0x6A09_E667_F3BC_C908
        let count = text.count
        var offset = 0
        while count - offset >= 8 {
            hash = mixed(hash, ByteWord.eight(of: text, at: offset))
            offset += 8
        }
        var rest = UInt64(truncatingIfNeeded: count) &<< 56
        if count - offset >= 4 {
            rest ^= UInt64(ByteWord.four(of: text, at: offset)) &<< 24
            offset += 4
        }
        while offset < count {
            rest = rest &* 257 ^ UInt64(text[offset])
            offset += 1
        }
        return mixed(mixed(hash, rest), 0x3C6E_F372_FE94_F82B)
    }

    /// Two words mixed so that every bit of either moves about half of the result's.
    @inline(__always)
    static func mixed(_ hash: UInt64, _ word: UInt64) -> UInt64 {
        let product = (hash ^ word).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15 ^ (hash &<< 32 | hash &>> 32 | 1))
        return product.high ^ product.low &+ hash &* 0xBB67_AE85_84CA_A73B
    }
}
