public import BillingValues

/// Usage records of one line or number: how many, and from which day to which.
public struct UsageSpan: Hashable, Sendable {
    /// How many records there are.
    public private(set) var records: Int

    /// The day of the first of them.
    public var first: CivilDate { CivilDate(dayNumber: firstDay) ?? .earliest }

    /// The day of the last of them.
    public var last: CivilDate { CivilDate(dayNumber: lastDay) ?? .latest }

    private var firstDay: Int32
    private var lastDay: Int32

    /// One record of a day.
    init(day: Int32) {
        records = 1
        firstDay = day
        lastDay = day
    }

    /// No record.
    static let none = UsageSpan(records: 0, firstDay: .max, lastDay: .min)

    private init(records: Int, firstDay: Int32, lastDay: Int32) {
        self.records = records
        self.firstDay = firstDay
        self.lastDay = lastDay
    }

    /// Adds the records of another span.
    mutating func add(_ other: UsageSpan) {
        records += other.records
        firstDay = min(firstDay, other.firstDay)
        lastDay = max(lastDay, other.lastDay)
    }

    /// Both spans together.
    static func + (left: Self, right: Self) -> Self {
        var sum = left
        sum.add(right)
        return sum
    }
}

/// The usage of a number that no subscription had.
public struct StrangerUsage: Hashable, Sendable {
    /// The number as the file has it.
    public let number: [UInt8]

    /// Its records.
    public internal(set) var span: UsageSpan
}
