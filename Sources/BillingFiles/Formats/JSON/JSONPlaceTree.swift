import XMLStream

/// The places of JSON texts as they are met, each with what it means to a plan.
struct JSONPlaceTree {
    private(set) var places: [XMLPlaceTree.Place]
    /// The name of each place.
    private var names: [[UInt8]] = [[]]
    private var depths = [1]
    private let plan: XMLRecordPlan

    /// A tree that has the place of the outermost value alone: 0.
    init(_ plan: XMLRecordPlan) {
        self.plan = plan
        places = [plan.place(0, -1, path: [XMLName(local: "")])]
    }

    subscript(_ place: Int) -> XMLPlaceTree.Place { places[place] }

    /// The place of a member of an object; nil when there are too many.
    ///
    /// - Parameter next: how many members were met before: records have the same ones in the same order.
    mutating func place(of name: [UInt8], in parent: Int, next: Int) -> Int? {
        let children = places[parent].children
        if children.indices.contains(next), names[children[next].place] == name { return children[next].place }
        for child in children where names[child.place] == name { return child.place }
        guard places.count < XMLPlaceTree.limit else { return nil }
        let number = UInt32(truncatingIfNeeded: places.count)
        let path = path(parent) + [String(decoding: name, as: UTF8.self)]
        names.append(name)
        depths.append(depths[parent] + 1)
        places.append(plan.place(number, parent, path: [XMLName(local: "")] + path.map { XMLName(local: $0) }))
        places[parent].children.append((number, places.count - 1))
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
            place = places[place].parent
        }
        return path.reversed()
    }

    /// The name of a place.
    func name(_ place: Int) -> String { String(decoding: names[place], as: UTF8.self) }
}
