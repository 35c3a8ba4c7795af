/// Writes the fields of records as objects of JSON, and reads each again as the profile does; empty ones are left out.
///
/// To be used by one thread; each has its own.
struct JSONRecordEncoder: Sendable {
    /// A value as it is written; a class, for it is looked at for every record.
    private final class Value: Sendable {
        /// As what the value of a field is written where it can be one.
        enum Form {
            case text, number, truth
        }

        let field: Int
        let form: Form
        let opening: [UInt8]
        let closing: [UInt8]
        let children: [(beginning: [UInt8], value: Value, ending: [UInt8])]
        /// The fields in it: one without a value in any of them is left out.
        let fields: [Int]

        init(_ node: WrittenJSON.Node, _ plan: WritingPlan, _ forms: [Int: Form]) {
            field = node.field.flatMap { plan.number(of: $0) } ?? -1
            form = forms[field] ?? .text
            (opening, closing) = node.brackets
            children = node.children.map { ($0.beginning, Value($0.node, plan, forms), $0.ending) }
            fields = (field < 0 ? [] : [field]) + children.flatMap(\.value.fields)
        }
    }

    /// Longer records are refused when they are read.
    private static let mostBytes = 1 << 20

    private let record: Value
    private var reader: WrittenJSONReader

    init(_ document: WrittenJSON, _ plan: WritingPlan) {
        var forms: [Int: Value.Form] = [:]
        for way in plan.ways.joined() where way.isWhole {
            if way.conversion.isNumber { forms[way.fields[0]] = .number }
            if way.conversion.isTruth { forms[way.fields[0]] = .truth }
        }
        record = Value(document.record, plan, forms)
        reader = WrittenJSONReader(document, plan)
    }

    /// Appends a record with what separates it from one before; with a refusal some of it may have been appended.
    mutating func append(_ values: [ValueRange], _ text: Span<UInt8>, to bytes: inout RowText) -> FieldRefusal? {
        let separator = WrittenJSON.separator
        bytes.append(separator.span)
        let start = bytes.count
        append(record, values, text, to: &bytes)
        guard bytes.count - start < Self.mostBytes else {
            return FieldRefusal(field: nil, expected: "a record of less than \(Self.mostBytes) bytes")
        }
        return reader.refusal(of: bytes.bytes.span.extracting(start..<bytes.count), values, text)
    }

    private func append(_ value: Value, _ values: [ValueRange], _ text: Span<UInt8>, to bytes: inout RowText) {
        guard value.field < 0 else {
            let own = text.extracting(values[value.field].range)
            if isBare(own, value.form) { bytes.append(own) } else { bytes.append(json: own) }
            return
        }
        let (opening, closing, children) = (value.opening, value.closing, value.children)
        bytes.append(opening.span)
        var isFirst = true
        for index in children.indices {
            let child = children[index].value
            let fields = child.fields
            guard fields.contains(where: { !values[$0].range.isEmpty }) else { continue }
            if !isFirst { bytes.append(UInt8(ascii: ",")) }
            isFirst = false
            let (beginning, ending) = (children[index].beginning, children[index].ending)
            bytes.append(beginning.span)
            append(child, values, text, to: &bytes)
            bytes.append(ending.span)
        }
        bytes.append(closing.span)
    }

    /// Whether a value is written without quotes.
    private func isBare(_ value: Span<UInt8>, _ form: Value.Form) -> Bool {
        if form == .text { return false }
        var copy: [UInt8] = []
        for index in value.indices { copy.append(value[index]) }
        return form == .truth ? Self.truths.contains(copy) : JSONNumber.isNumber(copy)
    }

    private static let truths = ["true", "false"].map { Array($0.utf8) }
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
