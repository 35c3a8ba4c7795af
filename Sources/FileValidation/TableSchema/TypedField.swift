import BillingFiles
import SettingsText

/// Reads the type of a field and what constrains its values.
struct TypedField {
    let mapping: SettingsMapping
    let constraints: SettingsMapping?

    /// What the values are called in findings.
    var wording = FieldWording(type: "a value")
    /// Whether a sound value is never the beginning of a longer sound one.
    private(set) var isSelfDelimiting = false

    init(_ mapping: SettingsMapping, _ constraints: SettingsMapping?) {
        self.mapping = mapping
        self.constraints = constraints
    }

    /// The type, with its bounds and enumeration.
    mutating func read(_ reader: inout SettingsReader) -> FieldType? {
        var name = "any"
        if let node = mapping["type"] {
            guard let type = reader.choice(node, Self.types) else { return nil }
            name = type
        }
        switch name {
        case "string": return text(&reader)
        case "number", "integer": return number(isWhole: name == "integer", &reader)
        case "boolean": return boolean(&reader)
        case "date", "time", "datetime", "year", "yearmonth": return time(name, &reader)
        case "duration":
            refuseFormat(&reader)
            refuse(["minimum", "maximum", "enum"], of: name, &reader)
            wording.type = "a duration of ISO 8601 like P1M"
            return .duration
        case "object", "array", "list", "geojson", "geopoint":
            refuse(["minimum", "maximum", "enum"], of: name, &reader)
            return shaped(name, &reader)
        default:
            refuseFormat(&reader)
            refuse(["minimum", "maximum"], of: name, &reader)
            return .any(enumeration: words(&reader))
        }
    }

    private static let types: KeyValuePairs = [
        "string": "string", "number": "number", "integer": "integer", "boolean": "boolean", "date": "date",
        "time": "time", "datetime": "datetime", "year": "year", "yearmonth": "yearmonth", "duration": "duration",
        "object": "object", "array": "array", "list": "list", "geopoint": "geopoint", "geojson": "geojson",
        "any": "any",
    ]

    private mutating func text(_ reader: inout SettingsReader) -> FieldType? {
        refuse(["minimum", "maximum"], of: "string", &reader)
        wording.type = "a text"
        var form = TextForm.plain
        if let node = mapping["format"] {
            let forms: KeyValuePairs = [
                "default": TextForm.plain, "email": .email, "uri": .uri, "uuid": .uuid, "binary": .binary,
            ]
            guard let chosen = reader.choice(node, forms) else { return nil }
            form = chosen
        }
        switch form {
        case .plain: break
        case .email: wording.type = "an address like name@example.org"
        case .uri: wording.type = "an address like https://example.org/"
        case .uuid: wording.type = "a UUID"
        case .binary: wording.type = "bytes in Base64"
        }
        return .text(form, enumeration: words(&reader))
    }

    private mutating func number(isWhole: Bool, _ reader: inout SettingsReader) -> FieldType? {
        refuseFormat(&reader)
        var form = NumberForm()
        form.isWhole = isWhole
        if let node = mapping["decimalChar"], !isWhole { form.decimal = Array((reader.text(node) ?? ".").utf8) }
        if let node = mapping["groupChar"] { form.group = Array((reader.text(node) ?? "").utf8) }
        if let node = mapping["bareNumber"] { form.isBare = reader.flag(node) ?? true }
        if !isWhole, form.decimal == form.group, let node = mapping["groupChar"] {
            reader.fault(node, expected: "another character than decimalChar")
        }
        let example = isWhole ? "1234" : "1234\(String(decoding: form.decimal, as: UTF8.self))5"
        wording.type = "a \(isWhole ? "whole " : "")number like \(example)"
        wording.typeRule = .invalidNumber
        // The bounds of a schema are numbers of JSON, or texts as the values are.
        func bound(_ key: String, _ reader: inout SettingsReader) -> DecimalNumber? {
            guard let node = constraints?[key] else { return nil }
            return reader.value(node, expected: "a number") { text in Self.number(text, form) }
        }
        var (minimum, maximum) = (bound("minimum", &reader), bound("maximum", &reader))
        let (above, below) = (bound("exclusiveMinimum", &reader), bound("exclusiveMaximum", &reader))
        // Of two bounds the narrower one counts.
        if let above, minimum.map({ $0 <= above }) ?? true { (minimum, wording.includesMinimum) = (above, false) }
        if let below, maximum.map({ $0 >= below }) ?? true { (maximum, wording.includesMaximum) = (below, false) }
        var enumeration: Set<DecimalNumber> = []
        for node in list("enum", &reader) {
            if let number = reader.value(node, expected: "a number", { Self.number($0, form) }) {
                enumeration.insert(number)
            }
        }
        describe(&reader)
        return .number(
            NumberType(
                form: form, minimum: minimum, maximum: maximum, includesMinimum: wording.includesMinimum,
                includesMaximum: wording.includesMaximum, enumeration: enumeration))
    }

    private static func number(_ text: String, _ form: NumberForm) -> DecimalNumber? {
        let bytes = Array(text.utf8)
        for form in [NumberForm(), form] {
            if case .number(let number)? = form.read(bytes.span) { return number }
        }
        return nil
    }

    private mutating func boolean(_ reader: inout SettingsReader) -> FieldType? {
        refuseFormat(&reader)
        refuse(["minimum", "maximum", "enum"], of: "boolean", &reader)
        let truths = mapping["trueValues"].map { reader.words($0) } ?? ["true", "True", "TRUE", "1"]
        let falsehoods = mapping["falseValues"].map { reader.words($0) } ?? ["false", "False", "FALSE", "0"]
        if let both = truths.first(where: falsehoods.contains), let node = mapping["falseValues"] {
            reader.fault(node, found: "'\(both)', which is true too", expected: "other words than in trueValues")
        }
        var words = KeyTable(seed: 0)
        for word in truths + falsehoods { words.insert(Array(word.utf8).span) }
        wording.type = "one of \((truths + falsehoods).joined(separator: ", "))"
        return .boolean(words)
    }

    private mutating func time(_ type: String, _ reader: inout SettingsReader) -> FieldType? {
        var (form, example, fault): (TimeForm, String, ValueFaults) =
            switch type {
            case "date": (.date, "2025-03-01", .notADate)
            case "time": (.time, "12:30:00", .notATime)
            case "datetime": (.datetime, "2025-03-01T12:30:00Z", .notATime)
            case "year": (.year, "2025", .notATime)
            default: (.yearMonth, "2025-03", .notATime)
            }
        if let node = mapping["format"], case .text(let pattern) = node.content, pattern != "default" {
            let takesPatterns = ["date", "time", "datetime"].contains(type)
            guard takesPatterns, pattern != "any", let made = TimeForm(pattern: pattern) else {
                reader.fault(
                    node,
                    expected: takesPatterns
                        ? "default, or a pattern of %Y %y %m %d %j %H %I %M %S %f %p %z" : "default",
                    remedy: pattern == "any" ? "name the pattern: nothing is guessed" : "")
                return nil
            }
            (form, example) = (made, pattern)
        }
        wording.type = "a \(type) like \(example)"
        // The remedies of these rules name the usual forms.
        let isUsual = form.parts == TimeForm.date.parts || form.parts == TimeForm.datetime.parts
        wording.typeRule = !isUsual ? .invalidValue : type == "date" ? .invalidDate : .invalidTime
        isSelfDelimiting = type == "date" || type == "yearmonth"
        func value(_ node: SettingsNode, _ reader: inout SettingsReader) -> Int64? {
            reader.value(node, expected: wording.type) { text in
                let bytes = Array(text.utf8)
                return form.microseconds(bytes.span)
            }
        }
        var bounds: [Int64?] = []
        for key in ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"] {
            bounds.append(constraints?[key].flatMap { value($0, &reader) })
        }
        var (earliest, latest) = (bounds[0], bounds[1])
        // Of two bounds the narrower one counts; times are whole microseconds.
        if let after = bounds[2], earliest.map({ $0 <= after }) ?? true {
            (earliest, wording.includesMinimum) = (after + 1, false)
        }
        if let before = bounds[3], latest.map({ $0 >= before }) ?? true {
            (latest, wording.includesMaximum) = (before - 1, false)
        }
        var enumeration: Set<Int64> = []
        for node in list("enum", &reader) { if let time = value(node, &reader) { enumeration.insert(time) } }
        describe(&reader)
        fault = form.parts == TimeForm.date.parts ? .notADate : fault
        return .time(
            TimeType(form: form, fault: fault, minimum: earliest, maximum: latest, enumeration: enumeration))
    }

    /// The bounds of the length.
    mutating func lengths(_ reader: inout SettingsReader) -> (least: Int?, most: Int?) {
        // Of an array and an object the items are counted, which is for the type to do.
        wording.countsItems ? (nil, nil) : bounds(&reader)
    }

    /// The pattern.
    mutating func pattern(_ reader: inout SettingsReader) -> Pattern? {
        guard let node = constraints?["pattern"], let text = reader.text(node) else { return nil }
        wording.pattern = text
        do throws(PatternFault) {
            return try Pattern(text)
        } catch {
            reader.fault(node, found: error.found, expected: "a pattern that is matched in linear time")
            return nil
        }
    }

    private mutating func words(_ reader: inout SettingsReader) -> KeyTable? {
        guard constraints?["enum"] != nil else { return nil }
        var table = KeyTable(seed: 0)
        for node in list("enum", &reader) {
            if case .text(let word) = node.content { table.insert(Array(word.utf8).span) }
        }
        describe(&reader)
        return table
    }

    private func list(_ key: String, _ reader: inout SettingsReader) -> [SettingsNode] {
        constraints?[key].map { reader.list($0) } ?? []
    }

    /// Keeps the constraints as the schema has them, for findings.
    private mutating func describe(_ reader: inout SettingsReader) {
        func text(_ node: SettingsNode?) -> String {
            if case .text(let text)? = node?.content { text } else { "" }
        }
        wording.minimum = text(constraints?[wording.includesMinimum ? "minimum" : "exclusiveMinimum"])
        wording.maximum = text(constraints?[wording.includesMaximum ? "maximum" : "exclusiveMaximum"])
        wording.enumeration = list("enum", &reader).prefix(20).map { text($0) }.joined(separator: ", ")
    }

    private func refuseFormat(_ reader: inout SettingsReader) {
        guard let node = mapping["format"] else { return }
        if case .text("default") = node.content { return }
        reader.fault(node, expected: "no format, or default")
    }

    private func refuse(_ keys: [String], of type: String, _ reader: inout SettingsReader) {
        let exclusive = [("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")]
        for key in keys + exclusive.filter({ keys.contains($0.0) }).map(\.1) {
            if let node = constraints?[key] {
                reader.fault(node, found: "'\(key)'", expected: "no such constraint for \(type)")
            }
        }
    }
}
