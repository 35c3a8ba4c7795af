import XMLStream

/// The places of a document as they are met, each with what it means to a plan.
///
/// A path is compared with those of the plan once, when it comes up first; from then on its number tells everything.
struct XMLPlaceTree: Sendable {
    /// A place: all elements of one path.
    struct Place: Sendable {
        var name: UInt32
        var parent: Int
        var children: [(name: UInt32, place: Int)] = []
        /// The record's element that it is.
        var element: Int?
        /// The slots that its text fills.
        var slots: [Int] = []
        /// The slots that attributes of it fill.
        var attributes: [(XMLPath.Attribute, slot: Int)] = []
        /// The slots that are forgotten when it begins.
        var scopedSlots: [Int] = []
        /// The tables that are emptied when it begins.
        var scopedTables: [Int] = []
        /// The tables of which it is an entry, a key or a value.
        var entries: [Int] = []
        var keys: [Int] = []
        var values: [Int] = []
        var keyAttributes: [(XMLPath.Attribute, table: Int)] = []
        /// The totals that it states, and those whose records stand in it.
        var totals: [Int] = []
        var scopedTotals: [Int] = []
        /// Whether its end completes the records in it.
        var completes = false
        /// Whether anything is made of its text.
        var isUsed: Bool { !slots.isEmpty || !keys.isEmpty || !values.isEmpty || !totals.isEmpty }
    }

    /// A place as it is looked at for every element; a class, for a structure would be copied with all its arrays.
    final class Known: Sendable {
        let place: Place
        /// Whether anything is made of its text.
        let isUsed: Bool
        /// Whether nothing is begun or ended with it.
        let isIdle: Bool
        /// Whether nothing is made of its attributes.
        let hasIdleAttributes: Bool

        init(_ place: Place) {
            self.place = place
            isUsed = place.isUsed
            isIdle =
                place.scopedSlots.isEmpty && place.scopedTables.isEmpty && place.entries.isEmpty
                && place.scopedTotals.isEmpty && place.element == nil && !place.completes
            hasIdleAttributes = place.attributes.isEmpty && place.keyAttributes.isEmpty
        }
    }

    /// How many places a document may have.
    static let limit = 20_000

    private var places: [Known] = []
    private var children: [[(name: UInt32, place: Int)]] = []
    private let plan: XMLRecordPlan

    init(_ plan: XMLRecordPlan) {
        self.plan = plan
    }

    subscript(_ place: Int) -> Known { places[place] }

    /// The place of an element in another; nil when there are too many.
    ///
    /// As the element around it -1 stands for the document.
    @inline(__always)
    mutating func place(of name: UInt32, in parent: Int, _ parser: XMLPushParser) -> Int? {
        if parent >= 0 {
            for child in children[parent] where child.name == name { return child.place }
        } else if let root = places.firstIndex(where: { $0.place.parent < 0 && $0.place.name == name }) {
            return root
        }
        guard places.count < Self.limit else { return nil }
        let place = plan.place(name, parent, path: names(parent, parser) + [parser.name(name)])
        places.append(Known(place))
        children.append([])
        if parent >= 0 { children[parent].append((name, places.count - 1)) }
        return places.count - 1
    }

    /// The names from the root to a place.
    func names(_ place: Int, _ parser: XMLPushParser) -> [XMLName] {
        var names: [XMLName] = []
        var place = place
        while place >= 0 {
            names.append(parser.name(places[place].place.name))
            place = places[place].place.parent
        }
        return names.reversed()
    }
}

extension XMLRecordPlan {
    /// What all elements of a path mean to the plan; `parent` is the place of the element around them.
    func place(_ name: UInt32, _ parent: Int, path: [XMLName]) -> XMLPlaceTree.Place {
        var place = XMLPlaceTree.Place(name: name, parent: parent)
        func isAt(_ other: XMLPath?) -> Bool { other?.matches(path[...]) ?? false }
        place.element = elements.firstIndex { isAt($0.path) }
        place.completes = isAt(completeAt)
        for (number, slot) in slots.enumerated() {
            if slot.scope == path.count, isAt(slot.scopePath) { place.scopedSlots.append(number) }
            for path in slot.paths where isAt(path) {
                if let attribute = path.attribute {
                    place.attributes.append((attribute, number))
                } else {
                    place.slots.append(number)
                }
            }
        }
        for (number, table) in tables.enumerated() {
            if table.scope == path.count, isAt(table.scopePath) { place.scopedTables.append(number) }
            if isAt(table.entries) { place.entries.append(number) }
            if isAt(table.key) {
                if let attribute = table.key.attribute {
                    place.keyAttributes.append((attribute, number))
                } else {
                    place.keys.append(number)
                }
            }
            if isAt(table.value) { place.values.append(number) }
        }
        for (number, total) in totals.enumerated() {
            if isAt(total.path) { place.totals.append(number) }
            if isAt(total.within) { place.scopedTotals.append(number) }
        }
        return place
    }
}
