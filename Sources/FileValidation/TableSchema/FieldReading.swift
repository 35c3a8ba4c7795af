import BillingFiles
import SettingsText

extension TableSchema.Field {
    private static let keys = [
        "name", "type", "format", "constraints", "missingValues", "trueValues", "falseValues", "decimalChar",
        "groupChar", "bareNumber", "delimiter", "itemType",
    ]
    private static let constraintKeys = [
        "required", "unique", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "minLength", "maxLength",
        "pattern", "enum",
    ]
    /// Constraints of the standard that are not looked at here.
    private static let unsupported = ["jsonSchema"]

    /// Reads a field.
    static func read(
        _ node: SettingsNode, missing: [String], _ reader: inout SettingsReader
    ) -> TableSchema.Field? {
        guard let mapping = reader.described(node, keys: keys), let named = reader.require(mapping, "name"),
            let name = reader.text(named)
        else { return nil }
        var constraints: SettingsMapping?
        if let value = mapping["constraints"] {
            constraints = reader.described(value, keys: constraintKeys + unsupported)
            for key in unsupported {
                if let value = constraints?[key] {
                    reader.fault(value, found: "'\(key)'", expected: "no such constraint")
                }
            }
        }
        let absent = mapping["missingValues"].map { reader.words($0) } ?? missing
        var typed = TypedField(mapping, constraints)
        guard let type = typed.read(&reader) else { return nil }
        let (least, most) = typed.lengths(&reader)
        let check = FieldCheck(
            missing: absent, isRequired: constraints?["required"].flatMap { reader.flag($0) } ?? false, type: type,
            leastLength: least, mostLength: most, pattern: typed.pattern(&reader))
        return TableSchema.Field(
            name: name, check: check, wording: typed.wording,
            isUnique: constraints?["unique"].flatMap { reader.flag($0) } ?? false,
            isSelfDelimiting: typed.isSelfDelimiting)
    }
}
