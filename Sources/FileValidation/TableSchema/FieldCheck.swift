/// Judges the values of a field of a table schema.
struct FieldCheck: ValueCheck {
    /// The texts that stand for no value, the empty one apart.
    private let missing: KeyTable
    private let hasMissingWords: Bool
    private let emptyIsMissing: Bool
    /// Whether there must be a value.
    let isRequired: Bool
    /// The type.
    var type: FieldType
    /// The bounds of the length in characters.
    let leastLength: Int?
    let mostLength: Int?
    /// The pattern of the whole value.
    var pattern: Pattern?

    init(
        missing: [String], isRequired: Bool, type: FieldType, leastLength: Int?, mostLength: Int?, pattern: Pattern?
    ) {
        var words = KeyTable(seed: 0)
        for word in missing where !word.isEmpty { words.insert(Array(word.utf8).span) }
        self.missing = words
        hasMissingWords = words.count > 0
        emptyIsMissing = missing.contains("")
        self.isRequired = isRequired
        self.type = type
        self.leastLength = leastLength
        self.mostLength = mostLength
        self.pattern = pattern
    }

    @inline(__always)
    mutating func judge(_ value: Span<UInt8>, _ cell: inout Int64) -> ValueFaults {
        if standsForNoValue(value) { return isRequired ? .missing : [] }
        return addingFurther(type.judge(value), of: value)
    }

    /// Whether a text stands for no value.
    @inline(__always)
    func standsForNoValue(_ value: Span<UInt8>) -> Bool {
        value.isEmpty ? emptyIsMissing : hasMissingWords && missing.index(of: value) != nil
    }

    /// What is wrong with a value by its type, and by everything else.
    @inline(__always)
    mutating func addingFurther(_ faults: ValueFaults, of value: Span<UInt8>) -> ValueFaults {
        var faults = faults
        if leastLength != nil || mostLength != nil {
            var length = 0
            for index in value.indices where value[index] & 0xC0 != 0x80 { length += 1 }
            if let leastLength, length < leastLength { faults.insert(.tooShort) }
            if let mostLength, length > mostLength { faults.insert(.tooLong) }
        }
        // In place, so that the states of the pattern are not copied.
        if pattern?.matches(value) == false { faults.insert(.patternMismatch) }
        return faults
    }
}
