/// Why bytes are no time zone information that is read here.
public enum TimeZoneDataFault: Error, Hashable, Sendable {
    /// They do not begin as a TZif file does.
    case notTZif
    /// They are of version 1, which knows no year after 2037.
    case version1
    /// They end too early, or a number in them leads nowhere.
    case damaged
    /// They count leap seconds.
    case countsLeapSeconds
    /// The rule behind the data is none of RFC 9636.
    case badRule
}

extension TimeZoneRules {
    /// The rules of a TZif file (RFC 9636) of version 2 or later.
    ///
    /// Every number is checked before it is used; hostile bytes give a fault.
    public init(tzif bytes: [UInt8]) throws(TimeZoneDataFault) {
        let first = try Header(bytes, at: 0)
        guard first.version >= UInt8(ascii: "2") else { throw .version1 }
        let start = Header.size + first.dataSize(timeSize: 4)
        let header = try Header(bytes, at: start)
        guard header.leaps == 0 else { throw .countsLeapSeconds }
        let data = start + Header.size
        let footer = data + header.dataSize(timeSize: 8)
        guard footer <= bytes.count else { throw .damaged }
        let kinds = data + header.times * 8
        let types = kinds + header.times
        var offsets: [Int32] = []
        for type in 0..<header.types {
            let place = types + type * 6
            let offset = Int32(truncatingIfNeeded: Self.number(bytes, at: place, size: 4))
            // RFC 9636 asks for offsets between -25 and 26 hours.
            guard offset > -25 * 3600, offset < 26 * 3600, bytes[place + 4] <= 1 else { throw .damaged }
            offsets.append(offset)
        }
        var transitions: [Transition] = []
        transitions.reserveCapacity(header.times)
        for index in 0..<header.times {
            let instant = Self.number(bytes, at: data + index * 8, size: 8)
            let kind = Int(bytes[kinds + index])
            guard kind < offsets.count, transitions.last.map({ $0.instant < instant }) ?? true else { throw .damaged }
            transitions.append(Transition(instant: instant, offset: offsets[kind]))
        }
        guard let standard = offsets.first else { throw .damaged }
        self.init(first: standard, transitions: transitions, recurring: try Self.recurring(bytes, at: footer))
    }

    /// The rule between the two line ends behind the data; nil for an empty one.
    private static func recurring(_ bytes: [UInt8], at place: Int) throws(TimeZoneDataFault) -> RecurringZoneRule? {
        guard place < bytes.count, bytes[place] == UInt8(ascii: "\n") else { throw .damaged }
        let rest = bytes[(place + 1)...]
        guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else { throw .damaged }
        let text = Array(rest[..<end])
        guard !text.isEmpty else { return nil }
        guard let rule = RecurringZoneRule(text) else { throw .badRule }
        return rule
    }

    /// A number of four or eight bytes, the highest first; the place must be within the bytes.
    private static func number(_ bytes: [UInt8], at place: Int, size: Int) -> Int64 {
        var number: UInt64 = 0
        for index in place..<(place + size) { number = number << 8 | UInt64(bytes[index]) }
        return size == 4 ? Int64(Int32(truncatingIfNeeded: number)) : Int64(bitPattern: number)
    }

    /// The 44 bytes ahead of a block of data, and what they count.
    private struct Header {
        static let size = 44

        let version: UInt8
        let utcMarks: Int
        let standardMarks: Int
        let leaps: Int
        let times: Int
        let types: Int
        let characters: Int

        init(_ bytes: [UInt8], at start: Int) throws(TimeZoneDataFault) {
            guard bytes.count >= start + Self.size, bytes[start..<(start + 4)].elementsEqual("TZif".utf8) else {
                throw .notTZif
            }
            version = bytes[start + 4]
            let counts = (0..<6).map { TimeZoneRules.number(bytes, at: start + 20 + $0 * 4, size: 4) }
            // No file is as large as that; sizes made of such counts cannot overflow.
            guard counts.allSatisfy({ (0...(1 << 24)).contains($0) }), counts[4] > 0, counts[4] <= 256 else {
                throw .damaged
            }
            utcMarks = Int(counts[0])
            standardMarks = Int(counts[1])
            leaps = Int(counts[2])
            times = Int(counts[3])
            types = Int(counts[4])
            characters = Int(counts[5])
        }

        /// How many bytes the data behind the header have when an instant takes so many.
        func dataSize(timeSize: Int) -> Int {
            times * timeSize + times + types * 6 + characters + leaps * (timeSize + 4) + standardMarks + utcMarks
        }
    }
}
