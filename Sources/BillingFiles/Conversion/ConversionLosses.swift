/// What the target of a conversion could not carry, counted by field.
public struct ConversionLosses: Sendable {
    /// Why something could not be carried.
    public enum Cause: String, CaseIterable, Sendable {
        /// A value holds characters that XML 1.0 cannot carry; each was written as U+FFFD.
        case character
        /// A column has a name that XML cannot carry, so its values were left out.
        case columnName
        /// A column stands in a file without records, and in XML a record's elements are all that names columns.
        case columnWithoutRecords
        /// An element has attributes.
        case attribute
        /// An element stands within the element of a value.
        case nestedElement
        /// Text stands between the elements.
        case looseText
        /// A comment.
        case comment
        /// A processing instruction.
        case processingInstruction
        /// A namespace.
        case namespace
    }

    /// One line of the list.
    public struct Entry: Sendable, Equatable {
        /// The column, the path of the element, or nothing where no field is concerned.
        public let field: String
        /// Why.
        public let cause: Cause
        /// How many values or things.
        public var count: Int
    }

    /// The list, in the order in which things were found.
    public private(set) var entries: [Entry] = []

    /// No losses.
    public init() {}

    /// Whether everything was carried.
    public var isEmpty: Bool { entries.isEmpty }

    /// Counts `count` losses of a field; none changes nothing.
    public mutating func add(_ cause: Cause, field: String, count: Int = 1) {
        guard count > 0 else { return }
        if let place = entries.firstIndex(where: { $0.cause == cause && $0.field == field }) {
            entries[place].count += count
        } else {
            entries.append(Entry(field: field, cause: cause, count: count))
        }
    }
}
