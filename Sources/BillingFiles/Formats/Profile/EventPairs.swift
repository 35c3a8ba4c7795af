/// How records that are events become one: one that begins something, and one that ends it, in any order and file.
public struct EventPairs: Hashable, Sendable {
    /// The fields that both have alike.
    public var key: [String]

    /// What a beginning has.
    public var beginning: RecordCondition

    /// What an end has.
    public var end: RecordCondition

    /// The field with the time of the event in seconds since 1970.
    public var time: String

    /// Pairs.
    public init(key: [String], beginning: RecordCondition, end: RecordCondition, time: String) {
        self.key = key
        self.beginning = beginning
        self.end = end
        self.time = time
    }

    /// The field of a pair that no event has: the seconds from its beginning to its end.
    public static let seconds = "paired-seconds"
}
