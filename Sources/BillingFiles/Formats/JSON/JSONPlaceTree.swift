import XMLStream

/// The places of JSON texts as they are met, each with what it means to a plan.
struct JSONPlaceTree {
    private var places: [XMLPlaceTree.Known]
    private var children: [[Int]] = [[]]
    /// The name of each place.
    private var names: [[UInt8]] = [[]]
    private var depths = [1]
    private let plan: XMLRecordPlan

    /// A tree that has the place of the outermost value alone: 0.
    init(_ plan: XMLRecordPlan) {
        self.plan = plan
        places = [XMLPlaceTree.Known(plan.place(0, -1, path: [XMLName(local: "")]))]
    }

    subscript(_ place: Int) -> XMLPlaceTree.Known { places[place] }

    /// The place of a member of an object; nil when there are too many.
    ///
    /// - Parameter next: how many members were met before: records have the same ones in the same order.
    mutating func place(of name: [UInt8], in parent: Int, next: Int) -> Int? {
        if children[parent].indices.contains(next) {
            let expected = children[parent][next]
            if names[expected] == name { return expected }
        }
        if let known = children[parent].first(where: { names[$0] == name }) { return known }
        guard places.count < XMLPlaceTree.limit else { return nil }
        let number = UInt32(truncatingIfNeeded: places.count)
        let path = path(parent) + [String(decoding: name, as: UTF8.self)]
        names.append(name)
        depths.append(depths[parent] + 1)
        places.append(
            XMLPlaceTree.Known(plan.place(number, parent, path: [XMLName(local: "")] + path.map { XMLName(local: $0) }))
        )
        children[parent].append(places.count - 1)
        children.append([])
        return places.count - 1
    }

    /// How many names lead to a place, that of the outermost value among them.
    func depth(_ place: Int) -> Int { depths[place] }

    /// The names of the members that lead to a place.
    func path(_ place: Int) -> [String] {
        var path: [String] = []
        var place = place
        while place > 0 {
            path.append(name(place))
            place = places[place].place.parent
        }
        return path.reversed()
    }

    /// The name of a place.
    func name(_ place: Int) -> String { String(decoding: names[place], as: UTF8.self) }
}
