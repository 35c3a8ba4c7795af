/// Takes any text, or any but the empty one.
struct TextCheck: ValueCheck {
    /// Whether the value must not be empty.
    let isRequired: Bool

    func judge(_ value: Span<UInt8>, _ cell: inout Int64) -> ValueFaults {
        isRequired && value.isEmpty ? .missing : []
    }
}
