import BillingRecords

/// The charges that name another one which they undo, and what became of the names.
///
/// Only money given back names another charge, and few rows have such a name; where there is one, a second look at the
/// files finds the charges of these names. So no other charge's id is ever kept.
public struct ChargeReferences: Sendable {
    /// What a name stands for.
    enum Target: Hashable, Sendable {
        /// A charge of the same line; its place without the byte.
        case charge(RecordPosition)
        /// No charge, several, one of another line, or one that gives money back itself.
        case unknown
    }

    private struct Reference {
        let name: [UInt8]
        let position: RecordPosition
        let row: Int
    }

    private var references: [Reference] = []

    /// What each charge that names another undoes, by its position; empty until the names are resolved.
    private(set) var targets: [RecordPosition: Target] = [:]

    /// No references.
    init() {}

    /// Whether no charge names another.
    public var isEmpty: Bool { references.isEmpty }

    /// The names, for a second look at the files.
    var names: Set<[UInt8]> { Set(references.map(\.name)) }

    /// Notes that a charge at a position, of a line that is in `row`, names another one.
    mutating func add(_ name: [UInt8], at position: RecordPosition, ofRow row: Int) {
        references.append(Reference(name: name, position: position, row: row))
    }

    /// Takes over what another thread noted.
    mutating func merge(_ other: ChargeReferences) {
        references += other.references
    }

    /// Takes over what a second look at the files found.
    ///
    /// - Parameter successions: for each row of a line with successive contracts all rows of the line.
    /// - Returns: the rows of the charges that belong to another contract of their line, for they name one of its
    ///   charges; by their positions.
    mutating func resolve(_ names: NamedCharges, successions: [Int: [Int]]) -> [RecordPosition: Int] {
        var rows: [RecordPosition: Int] = [:]
        for reference in references {
            targets[reference.position] = .unknown
            guard let named = names.found[reference.name], named.isOnly, named.takesMoney else { continue }
            if named.row != reference.row {
                guard successions[reference.row]?.contains(named.row) ?? false else { continue }
                rows[reference.position] = named.row
            }
            targets[reference.position] = .charge(named.position)
        }
        return rows
    }
}

extension RecordPosition {
    /// The place without its byte, which is not known of every charge.
    var withoutOffset: RecordPosition {
        RecordPosition(
            block: UInt32(truncatingIfNeeded: block), byteOffset: nil, record: UInt32(truncatingIfNeeded: record))
    }
}
