extension Subscriptions {
    /// The row of the line that has an id, or had or will have it; nil if none does.
    public func row(ofLine identifier: [UInt8]) -> Int? { row(ofAnyIdentifier: identifier) }

    /// The other ids of a row's line, in the order of their bytes.
    ///
    /// O(earlier and later ids of all lines).
    func otherIdentifiers(ofRow row: Int) -> [[UInt8]] {
        aliases.filter { $0.value == row }.map(\.key).sorted { $0.lexicographicallyPrecedes($1) }
    }

    /// The ids that are most like one that nobody has, the likest first, at most `limit`.
    ///
    /// Like are ids that differ in at most two characters put in, left out or replaced; of short ones, in one. The case
    /// of letters is no difference. O(rows + other ids).
    public func identifiers(like identifier: [UInt8], limit: Int = 3) -> [[UInt8]] {
        let wanted = identifier.map(Self.lowercased)
        let allowed = identifier.count < 4 ? 1 : 2
        var found: [(distance: Int, identifier: [UInt8])] = []
        let consider = { (candidate: [UInt8]) in
            guard abs(candidate.count - wanted.count) <= allowed else { return }
            let distance = Self.distance(wanted, candidate.map(Self.lowercased))
            guard distance <= allowed else { return }
            found.append((distance, candidate))
            // The likest of many are all that is told.
            guard found.count >= 1024 else { return }
            found = Self.likest(found, limit: limit)
        }
        for row in 0..<count where abs(Int(rows[row].keyLength) - wanted.count) <= allowed {
            consider(subscriptionIdentifier(row))
        }
        for alias in aliases.keys { consider(alias) }
        return Self.likest(found, limit: limit).map(\.identifier)
    }

    /// The ids of the rows whose line has a phone number, at most `limit`.
    ///
    /// O(rows).
    public func identifiers(ofNumber msisdn: [UInt8], limit: Int = 3) -> [[UInt8]] {
        guard !msisdn.isEmpty else { return [] }
        return (0..<count).lazy.filter { self.msisdn($0) == msisdn }.prefix(limit).map(subscriptionIdentifier)
    }

    private static func likest(
        _ found: [(distance: Int, identifier: [UInt8])], limit: Int
    ) -> [(distance: Int, identifier: [UInt8])] {
        let sorted = found.sorted { left, right in
            left.distance == right.distance
                ? left.identifier.lexicographicallyPrecedes(right.identifier) : left.distance < right.distance
        }
        return Array(sorted.prefix(limit))
    }

    /// How many bytes must be put in, left out or replaced to make one text of the other.
    private static func distance(_ one: [UInt8], _ other: [UInt8]) -> Int {
        var previous = Array(0...other.count)
        for (index, byte) in one.enumerated() {
            var current = [index + 1]
            for (place, candidate) in other.enumerated() {
                let replaced = previous[place] + (byte == candidate ? 0 : 1)
                current.append(min(replaced, previous[place + 1] + 1, current[place] + 1))
            }
            previous = current
        }
        return previous[other.count]
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }
}
