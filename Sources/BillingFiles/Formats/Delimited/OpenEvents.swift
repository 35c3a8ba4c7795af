/// Events whose other half was not met yet, over all files of a reading.
struct OpenEvents: Sendable {
    /// A beginning that waits for its end.
    struct Beginning: Sendable {
        /// The values that the mapping needs, one behind the other.
        var text: [UInt8]
        /// Where each of them stands in `text`.
        var values: [ValueRange]
        /// When it was, in seconds since 1970.
        var time: Int64
        /// How many beginnings came before it.
        var ordinal: Int
    }

    private var beginnings: [[UInt8]: Beginning] = [:]
    private var ends: [[UInt8]: Int64] = [:]
    private var count = 0

    /// What came of an event.
    enum Outcome {
        /// It waits for its other half.
        case open
        /// It is whole, after so many seconds.
        case pair(Beginning, seconds: Int64)
        /// Its like was met already.
        case repeated
    }

    /// Takes a beginning; an end that was met before and lies behind it is its own.
    mutating func begin(_ key: [UInt8], text: [UInt8], values: [ValueRange], time: Int64) -> Outcome {
        if beginnings[key] != nil { return .repeated }
        let beginning = Beginning(text: text, values: values, time: time, ordinal: count)
        count += 1
        if let end = ends[key], end >= time {
            ends[key] = nil
            return .pair(beginning, seconds: end - time)
        }
        beginnings[key] = beginning
        return .open
    }

    /// Takes an end; the beginning that was met before is its own if it does not lie behind it.
    mutating func end(_ key: [UInt8], time: Int64) -> Outcome {
        if let beginning = beginnings[key], time >= beginning.time {
            beginnings[key] = nil
            return .pair(beginning, seconds: time - beginning.time)
        }
        if ends.updateValue(time, forKey: key) != nil { return .repeated }
        return .open
    }

    /// Takes out what is left: the beginnings without an end, in their order, and how many ends there are without a
    /// beginning.
    mutating func takeRest() -> (beginnings: [Beginning], ends: Int) {
        defer { self = OpenEvents() }
        return (beginnings.values.sorted { $0.ordinal < $1.ordinal }, ends.count)
    }
}
