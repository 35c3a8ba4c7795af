import BillingFiles

extension ReportedFinding {
    /// The finding for machines: places that do not exist are null; masked, long numbers in what was found are hidden.
    func json(masked: Bool) -> JSONValue {
        let place = finding.place
        let isPlaced = place.line > 0
        return .object([
            ("rule", .string(finding.rule.identifier)),
            ("severity", .string(severity.rawValue)),
            ("layer", .string(finding.rule.layer.rawValue)),
            ("file", .string(place.file)),
            ("line", isPlaced ? .integer(place.line) : .null),
            ("column", isPlaced ? .integer(place.column) : .null),
            ("byte_offset", isPlaced ? .integer(Int(clamping: place.byteOffset)) : .null),
            ("byte_length", finding.extent > 0 ? .integer(finding.extent) : .null),
            ("record", isPlaced ? .integer(place.record) : .null),
            ("field", place.field.map { .string($0) } ?? .null),
            ("path", finding.path.map { .string($0) } ?? .null),
            ("found", .string(masked ? LongNumberMask.mask(finding.found) : finding.found)),
            ("expected", .string(finding.expected)),
            ("remedy", .string(finding.rule.remedy)),
        ])
    }
}
