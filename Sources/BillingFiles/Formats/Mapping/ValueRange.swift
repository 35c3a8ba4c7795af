/// Where the value of a foreign field stands in a text.
public struct ValueRange: Hashable, Sendable {
    /// The offset of its first byte; `UInt32.max` where there is no such field.
    public var start: UInt32

    /// The offset behind its last byte.
    public var end: UInt32

    /// A range.
    public init(start: UInt32, end: UInt32) {
        self.start = start
        self.end = end
    }

    /// A range of offsets below 2^32.
    init(_ range: Range<Int>) {
        start = UInt32(truncatingIfNeeded: range.lowerBound)
        end = UInt32(truncatingIfNeeded: range.upperBound)
    }

    /// The value of a field that is not there.
    public static let absent = ValueRange(start: .max, end: .max)

    /// Whether there is such a field.
    public var isPresent: Bool { start != .max }

    var isEmpty: Bool { start == end }

    /// The offsets; none where there is no such field.
    @inline(__always)
    var range: Range<Int> { isPresent && start <= end ? Int(start)..<Int(end) : 0..<0 }
}
