import BillingRecords

/// The ids that belong to one line each, from renumberings and the earlier ids of the subscriptions' rows.
///
/// Ids are joined in whatever order they come; a line is a set of ids of which each leads to every other.
struct LineIdentifiers {
    private var places: [[UInt8]: Int] = [:]
    private var identifiers: [[UInt8]] = []
    private var parents: [Int] = []

    /// For each id whether its line has left it.
    private var isFormer: [Bool] = []

    /// Whether no line has left an id.
    private(set) var hasNoFormer = true

    /// No ids; room for those of so many joins.
    init(joins: Int) {
        places.reserveCapacity(joins * 2)
        identifiers.reserveCapacity(joins * 2)
        parents.reserveCapacity(joins * 2)
        isFormer.reserveCapacity(joins * 2)
    }

    /// Joins an id that was left with the one that the line has since.
    mutating func join(_ former: [UInt8], to current: [UInt8]) {
        guard former != current else { return }
        let left = place(former)
        isFormer[left] = true
        hasNoFormer = false
        let (one, other) = (root(left), root(place(current)))
        // The earlier of two lines stands for both, so that chains stay short.
        parents[max(one, other)] = min(one, other)
    }

    /// Whether the line of an id has left it.
    func isFormer(_ identifier: [UInt8]) -> Bool { places[identifier].map { isFormer[$0] } ?? false }

    /// The ids of all lines, those of a line one behind the other, and where each line has its ids.
    ///
    /// Lines stand in the order of their first ids, and so do the ids of each. O(ids).
    mutating func lines() -> (identifiers: [[UInt8]], lines: [Range<Int>]) {
        let roots = identifiers.indices.map { root($0) }
        var ends = [Int](repeating: 0, count: identifiers.count)
        for root in roots { ends[root] += 1 }
        var lines: [Range<Int>] = []
        var end = 0
        for root in ends.indices where ends[root] > 0 {
            lines.append(end..<(end + ends[root]))
            (end, ends[root]) = (end + ends[root], end)
        }
        var ordered = [[UInt8]](repeating: [], count: identifiers.count)
        for (place, root) in roots.enumerated() {
            ordered[ends[root]] = identifiers[place]
            ends[root] += 1
        }
        return (ordered, lines)
    }

    /// Takes ids for those of contracts of their own, which none of them has left for another.
    mutating func separate(_ identifiers: some Sequence<[UInt8]>) {
        for identifier in identifiers {
            if let place = places[identifier] { isFormer[place] = false }
        }
    }

    private mutating func place(_ identifier: [UInt8]) -> Int {
        let next = identifiers.count
        // One look-up that also adds what is not there.
        let place = Self.value(&places[identifier, default: next])
        guard place == next else { return place }
        parents.append(next)
        identifiers.append(identifier)
        isFormer.append(false)
        return next
    }

    private static func value(_ place: inout Int) -> Int { place }

    private mutating func root(_ place: Int) -> Int {
        var place = place
        while parents[place] != place {
            parents[place] = parents[parents[place]]
            place = parents[place]
        }
        return place
    }
}
