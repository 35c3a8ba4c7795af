import BillingFiles

/// The names that the header row of a file should hold, which tell how the file is written.
struct ExpectedColumns {
    /// Names of which a header row has some, what they are called, and how many it must have to be one of theirs.
    private struct Group {
        let names: Set<[UInt8]>
        let title: String
        let least: Int
    }

    /// How many of some names a header row has.
    struct Hits {
        let count: Int
        let all: Int
        let title: String
    }

    private let groups: [Group]

    /// The names of what files are validated against.
    init(_ definition: TableDefinition) {
        switch definition {
        case .schema(let schema):
            let names = Set(schema.fields.map { Array($0.name.utf8) })
            groups = [Group(names: names, title: "the schema", least: 1)]
        case .native(let named):
            // Half of the columns of a kind make a file one of that kind with faults.
            groups = NativeKind.allCases.filter { named == nil || $0 == named }.map { kind in
                let least = named == nil ? (kind.columns.count + 1) / 2 : 1
                return Group(
                    names: Set(kind.columns.map { Array($0.utf8) }), title: "native \(kind.rawValue)", least: least)
            }
        }
    }

    /// Whether a single column is a whole file.
    var isOneColumn: Bool { groups.count == 1 && groups[0].names.count == 1 }

    /// How many of its names a header row has; nil when it is none of theirs.
    func hits(_ header: [[UInt8]]) -> Hits? {
        guard header.count > 1 || isOneColumn else { return nil }
        let found = Set(header)
        return groups.compactMap { group in
            let count = group.names.intersection(found).count
            return count >= group.least ? Hits(count: count, all: group.names.count, title: group.title) : nil
        }.max { $0.count < $1.count }
    }
}
