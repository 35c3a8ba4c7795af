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

    /// No numbers; the first `limit` will be kept.
    public init(limit: Int = 10_000) {
        self.limit = limit
    }

    /// Adds numbers, which must come in the order of the files.
    public mutating func add(_ found: [StrangerUsage]) {
        for usage in found {
            if let place = places[usage.number] {
                numbers[place].span.add(usage.span)
            } else if numbers.count < limit {
                places[usage.number] = numbers.count
                numbers.append(usage)
            } else {
                furtherRecords += usage.span.records
            }
        }
    }
}
