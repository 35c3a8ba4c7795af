/// Where the text of a field stands: in the block that was read, or in the batch's unescaped texts.
///
/// Nearly every text is a run of bytes of the block, and copying it would cost more than reading it. A quoted field
/// with doubled quotes is the exception: its text exists nowhere in the block and is kept beside the batch.
public struct BatchText: Hashable, Sendable {
    /// The first byte of the text.
    public let start: UInt32

    /// The number of bytes, with the highest bit set when the text stands in the unescaped texts.
    @usableFromInline let lengthAndHome: UInt32

    /// The empty text.
    public static let empty = BatchText(start: 0, length: 0, isUnescaped: false)

    /// A text of `length` bytes from `start` of the block, or of the unescaped texts.
    @inlinable public init(start: UInt32, length: UInt32, isUnescaped: Bool) {
        self.start = start
        lengthAndHome = length | (isUnescaped ? 1 << 31 : 0)
    }

    /// The number of bytes.
    @inlinable public var length: Int { Int(lengthAndHome & (1 << 31 - 1)) }

    /// Whether the text stands in the batch's unescaped texts rather than in the block.
    @inlinable public var isUnescaped: Bool { lengthAndHome >> 31 != 0 }

    /// The range of the text in its home.
    @inlinable public var range: Range<Int> { Int(start)..<(Int(start) + length) }
}

extension BatchText {
    /// A copy of the text.
    public func bytes(block: Span<UInt8>, unescaped: [UInt8]) -> [UInt8] {
        if isUnescaped { return Array(unescaped[range]) }
        var copy: [UInt8] = []
        copy.reserveCapacity(length)
        for index in range { copy.append(block[index]) }
        return copy
    }
}
