public import BillingFiles

extension InputFinding {
    /// The finding for machines: values as they are, places that do not exist as null.
    public var json: JSONValue {
        let isPlaced = place.line > 0
        return .object([
            ("rule", .string(rule.identifier)),
            ("severity", .string(rule.severity.rawValue)),
            ("layer", .string(rule.layer.rawValue)),
            ("file", .string(place.file)),
            ("line", isPlaced ? .integer(place.line) : .null),
            ("column", isPlaced ? .integer(place.column) : .null),
            ("byte_offset", isPlaced ? .integer(Int(clamping: place.byteOffset)) : .null),
            ("byte_length", isPlaced && extent > 0 ? .integer(extent) : .null),
            ("record", isPlaced ? .integer(place.record) : .null),
            ("field", place.field.map { .string($0) } ?? .null),
            ("path", path.map { .string($0) } ?? .null),
            ("found", .string(found)),
            ("expected", .string(expected)),
            ("remedy", .string(rule.remedy)),
        ])
    }
}
