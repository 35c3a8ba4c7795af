/// What the target of a conversion could not carry, counted by field.
public struct ConversionLosses: Hashable, Sendable {
    /// Why something could not be carried.
    public enum Cause: String, CaseIterable, Sendable {
        /// A value holds characters that XML 1.0 cannot carry; each was written as U+FFFD.
        case character
        /// A column has a name that XML cannot carry, so its values were left out.
        case columnName
        /// A column stands in a file without records, and in XML a record's elements are all that names columns.
        case columnWithoutRecords
        /// An attribute.
        case attribute
        /// An element within the element of a value.
        case nestedElement
        /// An element that belongs to a namespace.
        case namespace
        /// A comment.
        case comment
        /// A processing instruction.
        case processingInstruction
        /// A value of a foreign field that no column of ours is for.
        case unusedField
        /// A value that a format profile has no meaning for; it was left empty.
        case meaningless
        /// A value with more decimals than the profile leaves.
        case rounding
        /// A value of a column that the format of the output does not carry.
        case uncarried
        /// A value that comes back from the format of the output in another spelling, with the same meaning.
        case spelling
    }

    /// One line of the list.
    public struct Entry: Hashable, Sendable {
        /// The column, the path of the element or attribute in its record, or nothing where no field is concerned.
        public let field: String
        /// Why.
        public let cause: Cause
        /// How many values or things.
        public var count: Int
    }

    private struct Key: Hashable {
        let field: String
        let cause: Cause
    }

    /// How many lines the list may have: a file may hold a name of its own in every record.
    public static let entryLimit = 1000

    /// The list, in the order in which things were found.
    public private(set) var entries: [Entry] = []

    /// How many values or things had no room in the list.
    public private(set) var unlisted = 0

    private var places: [Key: Int] = [:]

    /// No losses.
    public init() {}

    /// Whether everything was carried.
    public var isEmpty: Bool { entries.isEmpty }

    /// Counts `count` losses of a field; none changes nothing.
    public mutating func add(_ cause: Cause, field: String, count: Int = 1) {
        guard count > 0 else { return }
        let key = Key(field: field, cause: cause)
        if let place = places[key] {
            entries[place].count += count
        } else if entries.count < Self.entryLimit {
            places[key] = entries.count
            entries.append(Entry(field: field, cause: cause, count: count))
        } else {
            unlisted += count
        }
    }

    /// Adds all losses of another list, which stand behind these.
    public mutating func add(_ other: ConversionLosses) {
        for entry in other.entries { add(entry.cause, field: entry.field, count: entry.count) }
        unlisted += other.unlisted
    }
}
