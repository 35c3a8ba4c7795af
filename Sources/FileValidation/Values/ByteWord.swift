// Unsafe code: words loaded from bytes; each access is checked against the bytes.

/// Several bytes of a text as one number, for comparing and hashing.
enum ByteWord {
    /// Eight bytes, which must lie within the text.
    @inline(__always)
    static func eight(of text: Span<UInt8>, at offset: Int) -> UInt64 {
        unsafe text.bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
    }

    /// Four bytes, which must lie within the text.
    @inline(__always)
    static func four(of text: Span<UInt8>, at offset: Int) -> UInt32 {
        unsafe text.bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt32.self)
    }

    /// Two bytes, which must lie within the text.
    @inline(__always)
    static func two(of text: Span<UInt8>, at offset: Int) -> UInt16 {
        unsafe text.bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt16.self)
    }
}
