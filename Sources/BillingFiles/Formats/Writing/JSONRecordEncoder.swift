/// Writes the fields of records as objects of JSON, and reads each again as the profile does; empty ones are left out.
///
/// To be used by one thread; each has its own.
struct JSONRecordEncoder: Sendable {
    /// As what the value of a field is written where it can be one.
    private enum Form {
        case text, number, truth
    }

    /// Longer records are refused when they are read.
    private static let mostBytes = 1 << 20

    private let document: WrittenJSON
    private let numbers: [String: Int]
    private let forms: [Int: Form]
    private var reader: WrittenJSONReader

    init(_ document: WrittenJSON, _ plan: WritingPlan) {
        self.document = document
        numbers = Dictionary(
            document.fields.compactMap { name in plan.number(of: name).map { (name, $0) } },
            uniquingKeysWith: { first, _ in first })
        var forms: [Int: Form] = [:]
        for way in plan.ways.joined() where way.isWhole {
            if way.conversion.isNumber { forms[way.fields[0]] = .number }
            if way.conversion.isTruth { forms[way.fields[0]] = .truth }
        }
        self.forms = forms
        reader = WrittenJSONReader(document, plan)
    }

    /// Appends a record with what separates it from one before; with a refusal some of it may have been appended.
    mutating func append(_ values: [ValueRange], _ text: Span<UInt8>, to bytes: inout RowText) -> FieldRefusal? {
        let separator = WrittenJSON.separator
        bytes.append(separator.span)
        let start = bytes.count
        append(document.record, isNeeded: true, values, text, to: &bytes)
        guard bytes.count - start < Self.mostBytes else {
            return FieldRefusal(field: nil, expected: "a record of less than \(Self.mostBytes) bytes")
        }
        return reader.refusal(of: bytes.bytes.span.extracting(start..<bytes.count), values, text)
    }

    private func append(
        _ node: WrittenJSON.Node, isNeeded: Bool, _ values: [ValueRange], _ text: Span<UInt8>, to bytes: inout RowText
    ) {
        switch node {
        case .value(let field): append(field, values, text, to: &bytes)
        case .element(let field):
            bytes.append(UInt8(ascii: "["))
            append(field, values, text, to: &bytes)
            bytes.append(UInt8(ascii: "]"))
        case .object(let members, let isElement):
            if isElement { bytes.append(UInt8(ascii: "[")) }
            bytes.append(UInt8(ascii: "{"))
            var isFirst = true
            for member in members where holdsValue(member.node, values) {
                if !isFirst { bytes.append(UInt8(ascii: ",")) }
                isFirst = false
                let name = member.name
                bytes.append(name.span)
                append(member.node, isNeeded: false, values, text, to: &bytes)
            }
            bytes.append(UInt8(ascii: "}"))
            if isElement { bytes.append(UInt8(ascii: "]")) }
        case .entries(let entries):
            bytes.append(UInt8(ascii: "["))
            var isFirst = true
            for entry in entries where holdsValue(entry.field, values) {
                if !isFirst { bytes.append(UInt8(ascii: ",")) }
                isFirst = false
                let beginning = entry.beginning
                bytes.append(beginning.span)
                append(entry.field, values, text, to: &bytes)
                bytes.append(UInt8(ascii: "}"))
            }
            bytes.append(UInt8(ascii: "]"))
        }
    }

    private func append(_ field: String, _ values: [ValueRange], _ text: Span<UInt8>, to bytes: inout RowText) {
        guard let number = numbers[field] else { return }
        let value = text.extracting(values[number].range)
        var isBare = false
        if let form = forms[number] {
            var copy: [UInt8] = []
            for index in value.indices { copy.append(value[index]) }
            isBare = form == .truth ? Self.truths.contains(copy) : JSONNumber.isNumber(copy)
        }
        if isBare { bytes.append(value) } else { bytes.append(json: value) }
    }

    private static let truths = ["true", "false"].map { Array($0.utf8) }

    private func holdsValue(_ field: String, _ values: [ValueRange]) -> Bool {
        numbers[field].map { !values[$0].range.isEmpty } ?? false
    }

    private func holdsValue(_ node: WrittenJSON.Node, _ values: [ValueRange]) -> Bool {
        switch node {
        case .value(let field), .element(let field): holdsValue(field, values)
        case .object(let members, _): members.contains { holdsValue($0.node, values) }
        case .entries(let entries): entries.contains { holdsValue($0.field, values) }
        }
    }
}

/// Reads records of JSON that were just written, as whoever opens the file will.
struct WrittenJSONReader: Sendable {
    private let document: WrittenJSON
    /// The fields that are looked at, and their numbers in the plan; -1 for those of the condition alone.
    private let sources: [String]
    private let numbers: [Int]
    private let condition: PlannedCondition?
    private let name: String
    private var scanner = JSONScanner()
    private var finder: JSONRecordFinder
    private var isFirst = true

    init(_ document: WrittenJSON, _ plan: WritingPlan) {
        self.document = document
        name = plan.profile.name
        var names = SourceNames()
        condition = document.records.condition.map { PlannedCondition($0, &names) }
        // A value around the record is none that is written, and waiting for it would have no end.
        let places = XMLRecordPlan(document.records.elements, sources: plan.plan.sources, syntax: .json)
        for (number, source) in plan.plan.sources.enumerated() where places.isInRecord(number) {
            _ = names.number(source)
        }
        sources = names.all
        numbers = sources.map { plan.number(of: $0) ?? -1 }
        finder = JSONRecordFinder(document.records, sources: sources)
        begin()
    }

    private mutating func begin() {
        scanner = JSONScanner()
        finder = JSONRecordFinder(document.records, sources: sources)
        let prologue = document.prologue
        scanner.feed(prologue.span, to: &finder)
        isFirst = true
    }

    /// Why a record does not say what it should; nil when it does.
    mutating func refusal(of record: Span<UInt8>, _ values: [ValueRange], _ text: Span<UInt8>) -> FieldRefusal? {
        if !isFirst {
            let comma = [UInt8(ascii: ",")]
            scanner.feed(comma.span, to: &finder)
        }
        isFirst = false
        scanner.feed(record, to: &finder)
        let found = finder.takeFound()
        guard scanner.fault == nil, finder.faults.isEmpty, !finder.hasStopped, found.count == 1 else {
            let told = scanner.fault?.expected ?? finder.faults.first?.expected
            begin()
            return FieldRefusal(field: nil, expected: "a record that JSON can hold" + (told.map { ": \($0)" } ?? ""))
        }
        for (place, value) in found[0].values.enumerated() where numbers[place] >= 0 {
            let meant = text.extracting(values[numbers[place]].range)
            let isSame = value.map { !$0.isAmbiguous && $0.text.span.isSame(as: meant) } ?? meant.isEmpty
            guard isSame else {
                return FieldRefusal(
                    field: numbers[place], expected: "a text that comes back as '\(sources[place])' of the record")
            }
        }
        if let condition {
            let (text, ranges) = found[0].joinedValues
            guard condition.holds(text.span, ranges) else {
                return FieldRefusal(
                    field: condition.failing { $0.holds(text.span, ranges) }.fields.first.map { numbers[$0] },
                    expected: "a record with the members by which \(name) is told from other formats")
            }
        }
        return nil
    }
}

extension XMLRecordPlan {
    /// Whether the value of a source stands in the record itself, and not around it.
    func isInRecord(_ source: Int) -> Bool {
        elements.allSatisfy { element in
            let depth = element.path.steps.count
            return switch element.places[source] {
            case .slot(let slot): slots[slot].scope >= depth
            case .entry(let table, _): tables[table].scope >= depth
            case .lookup(let table, let slot): tables[table].scope >= depth && slots[slot].scope >= depth
            case .name, .position, .nothing: true
            }
        }
    }
}
