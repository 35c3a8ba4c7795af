/// The numbers without a subscription, the first ones each and the rest counted.
///
/// A file of another operator, or of a whole network, has millions of them, and nobody reads so many findings.
public struct StrangerUsages: Sendable {
    /// How many numbers are kept.
    public let limit: Int

    /// The numbers in the order in which they were first met.
    public private(set) var numbers: [StrangerUsage] = []

    /// How many records are of numbers beyond the limit.
    public private(set) var furtherRecords = 0

    private var places: [[UInt8]: Int] = [:]

    /// A bit for each number that is kept: nearly every number beyond the limit finds its bit not set, and needs no look
    /// into `places`.
    private var marks = [UInt64](repeating: 0, count: Self.markCount / 64)
    private static let markCount = 1 << 17

    /// No numbers; the first `limit` will be kept.
    public init(limit: Int = 10_000) {
        self.limit = limit
    }

    /// Adds numbers, which must come in the order of the files.
    public mutating func add(_ found: [StrangerUsage]) {
        for usage in found {
            let mark = Self.mark(usage.number)
            let bit: UInt64 = 1 << UInt64(mark % 64)
            if marks[mark / 64] & bit != 0, let place = places[usage.number] {
                numbers[place].span.add(usage.span)
            } else if numbers.count < limit {
                marks[mark / 64] |= bit
                places[usage.number] = numbers.count
                numbers.append(usage)
            } else {
                furtherRecords += usage.span.records
            }
        }
    }

    /// The bit of a number: FNV-1a, of which the upper bits are the better ones.
    private static func mark(_ number: [UInt8]) -> Int {
        let hash = number.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
        return Int((hash ^ hash >> 32) >> 15 % UInt64(markCount))
    }
}
