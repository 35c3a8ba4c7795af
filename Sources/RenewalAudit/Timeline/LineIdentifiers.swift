import BillingRecords

/// The ids that belong to one line each, from renumberings and the earlier ids of the subscriptions' rows.
///
/// Ids are joined in whatever order they come; a line is a set of ids of which each leads to every other.
struct LineIdentifiers {
    private var places: [[UInt8]: Int] = [:]
    private var identifiers: [[UInt8]] = []
    private var parents: [Int] = []

    /// The ids that their line has left.
    private(set) var former: Set<[UInt8]> = []

    /// Joins an id that was left with the one that the line has since.
    mutating func join(_ former: [UInt8], to current: [UInt8]) {
        guard former != current else { return }
        self.former.insert(former)
        let (one, other) = (root(place(former)), root(place(current)))
        // The earlier of two lines stands for both, so that chains stay short.
        parents[max(one, other)] = min(one, other)
    }

    /// The ids of each line that has several.
    mutating func lines() -> [[[UInt8]]] {
        var members: [Int: [[UInt8]]] = [:]
        for place in identifiers.indices { members[root(place), default: []].append(identifiers[place]) }
        return members.sorted { $0.key < $1.key }.map(\.value)
    }

    /// Takes ids for those of contracts of their own, which none of them has left for another.
    mutating func separate(_ identifiers: [[UInt8]]) {
        former.subtract(identifiers)
    }

    private mutating func place(_ identifier: [UInt8]) -> Int {
        if let known = places[identifier] { return known }
        places[identifier] = identifiers.count
        parents.append(identifiers.count)
        identifiers.append(identifier)
        return identifiers.count - 1
    }

    private mutating func root(_ place: Int) -> Int {
        var place = place
        while parents[place] != place {
            parents[place] = parents[parents[place]]
            place = parents[place]
        }
        return place
    }
}
