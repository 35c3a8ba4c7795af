/// A type of a table schema by itself, so that it is chosen once a block and not once a value.
protocol SchemaType: Sendable {
    /// What is wrong with a value that is there.
    mutating func judge(_ value: Span<UInt8>) -> ValueFaults
}

extension TimeType: SchemaType {}
extension NumberType: SchemaType {}

/// Texts of any form.
struct PlainText: SchemaType {
    @inline(__always)
    func judge(_ value: Span<UInt8>) -> ValueFaults { [] }
}

/// Texts of a list.
struct EnumeratedText: SchemaType {
    /// Those that may stand there.
    let words: KeyTable

    @inline(__always)
    func judge(_ value: Span<UInt8>) -> ValueFaults { words.index(of: value) == nil ? .notInEnumeration : [] }
}

/// Judges the values of a field whose type is known to the compiler.
///
/// A type that lies in an enumeration is copied out of it for every value, and copies of tables are counted.
struct TypedFieldCheck<Type: SchemaType>: ValueCheck {
    /// All but the type.
    var field: FieldCheck
    /// The type.
    var type: Type

    @inline(__always)
    mutating func judge(_ value: Span<UInt8>, _ cell: inout Int64) -> ValueFaults {
        if field.standsForNoValue(value) { return field.isRequired ? .missing : [] }
        return field.addingFurther(type.judge(value), of: value)
    }
}
