import SettingsText

extension TypedField {
    /// The type of values that have a shape of their own: JSON, and places on Earth.
    mutating func shaped(_ name: String, _ reader: inout SettingsReader) -> FieldType? {
        switch name {
        case "geopoint":
            let forms: KeyValuePairs = ["default": GeopointForm.pair, "array": .array, "object": .object]
            guard let form = format(forms, otherwise: .pair, &reader) else { return nil }
            wording.type =
                switch form {
                case .pair: "a longitude and a latitude like 90.50, 45.50"
                case .array: "a longitude and a latitude like [90.50, 45.50]"
                case .object: #"a longitude and a latitude like {"lon": 90.50, "lat": 45.50}"#
                }
            return .geopoint(form)
        case "geojson":
            let forms: KeyValuePairs = ["default": JSONType.Shape.geoJSON, "topojson": .topoJSON]
            guard let shape = format(forms, otherwise: .geoJSON, &reader) else { return nil }
            wording.type = shape == .geoJSON ? "an object of GeoJSON" : "an object of TopoJSON"
            return .json(JSONType(shape: shape))
        case "list": return list(&reader)
        default:
            guard let shape = format(["default": name == "object" ? JSONType.Shape.object : .array], &reader) else {
                return nil
            }
            wording.type = "a JSON \(name)"
            wording.countsItems = true
            let (least, most) = bounds(&reader)
            return .json(JSONType(shape: shape, leastItems: least, mostItems: most))
        }
    }

    private mutating func list(_ reader: inout SettingsReader) -> FieldType? {
        let kinds: KeyValuePairs = [
            "string": "string", "integer": "integer", "number": "number", "boolean": "boolean", "date": "date",
            "time": "time", "datetime": "datetime",
        ]
        var kind = "string"
        if let node = mapping["itemType"] {
            guard let chosen = reader.choice(node, kinds) else { return nil }
            kind = chosen
        }
        var delimiter = ","
        if let node = mapping["delimiter"], let text = reader.text(node) {
            if text.isEmpty { reader.fault(node, expected: "at least one character") }
            delimiter = text.isEmpty ? "," : text
        }
        guard format(["default": true], &reader) != nil else { return nil }
        let item: FieldType
        switch kind {
        case "string": item = .text(.plain, enumeration: nil)
        case "integer", "number":
            var form = NumberForm()
            form.isWhole = kind == "integer"
            item = .number(NumberType(form: form, minimum: nil, maximum: nil, enumeration: []))
        case "boolean":
            var words = KeyTable(seed: 0)
            for word in ["true", "True", "TRUE", "1", "false", "False", "FALSE", "0"] {
                words.insert(Array(word.utf8).span)
            }
            item = .boolean(words)
        case "date": item = .time(Self.times(.date))
        case "time": item = .time(Self.times(.time))
        default: item = .time(Self.times(.datetime))
        }
        wording.type = "items of the type \(kind), with '\(delimiter)' between them"
        wording.countsItems = true
        let (least, most) = bounds(&reader)
        return .list(ListType(of: item, delimiter: Array(delimiter.utf8), leastItems: least, mostItems: most))
    }

    private static func times(_ form: TimeForm) -> TimeType {
        TimeType(form: form, fault: .wrongType, minimum: nil, maximum: nil, enumeration: [])
    }

    private func format<Form>(
        _ forms: KeyValuePairs<String, Form>, otherwise usual: Form? = nil, _ reader: inout SettingsReader
    ) -> Form? {
        guard let node = mapping["format"] else { return usual ?? forms.first?.value }
        return reader.choice(node, forms)
    }

    /// The bounds of the length, told as such in findings.
    mutating func bounds(_ reader: inout SettingsReader) -> (least: Int?, most: Int?) {
        let least = constraints?["minLength"].flatMap { reader.integer($0, in: 0...1_000_000) }
        let most = constraints?["maxLength"].flatMap { reader.integer($0, in: 0...1_000_000) }
        (wording.leastLength, wording.mostLength) = (least ?? 0, most ?? 0)
        return (least, most)
    }
}
