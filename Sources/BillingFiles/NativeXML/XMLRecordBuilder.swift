import DelimitedText
import XMLStream

/// Makes rows of the records in a parser's events.
///
/// Elements are known by their local names in no namespace; they may stand in any order, and a missing one is an empty
/// value. What is no record or no field of one is a fault where a value could hide in it, and else counted.
struct XMLRecordBuilder {
    /// What an element's name means where it stands.
    private enum Meaning {
        case unknown
        case column(Int)
        /// An element named `column`, whose attribute `name` says which one it is.
        case namedColumn
        case further(String)
    }

    let shape: XMLRecordShape
    private var rows = RecordRows()
    private var faults: [XMLRecordFault] = []

    /// The offset of the document's byte that is the first of the rows' block.
    var blockStart: UInt64 = 0
    /// How many records have ended since the reading began.
    private(set) var recordCount = 0
    /// Where the open record begins; nil between records.
    private(set) var openRecord: UInt64?
    /// Where the last record ended.
    private(set) var lastRecordEnd: UInt64?
    /// Whether the root element has ended.
    private(set) var hasEnded = false

    private let writer = FieldWriter()
    private let columns: [String: Int]
    private var meanings: [Meaning?] = []
    private var values: [[UInt8]]
    private var offsets: [UInt64?]
    private var column = -1
    private var text: [UInt8] = []
    private var contentStart: UInt64 = 0
    private var awaitsColumnName = false
    /// The name of the element that is open in the record.
    private var element: UInt32 = 0
    /// The beginning of text that stands between elements, without the blanks ahead of it; it may come in pieces.
    private var strayText: [UInt8] = []
    /// Where the last tag began or ended, for texts, whose own places are not known.
    private(set) var lastTag: UInt64 = 0

    init(shape: XMLRecordShape) {
        self.shape = shape
        columns = Dictionary(zip(shape.columns, shape.columns.indices), uniquingKeysWith: { first, _ in first })
        values = Array(repeating: [], count: shape.columns.count)
        offsets = Array(repeating: nil, count: shape.columns.count)
    }

    /// Hands out the rows and faults made so far and goes on without them; a record that is open stays so.
    mutating func takeRows() -> (rows: RecordRows, faults: [XMLRecordFault]) {
        rows.count = rows.bytes.count
        rows.bytes.append(contentsOf: repeatElement(0, count: Block.padding))
        defer {
            rows = RecordRows()
            faults = []
        }
        return (rows, faults)
    }

    /// Takes the next events.
    mutating func take(_ events: borrowing XMLEvents, of parser: XMLPushParser) {
        for event in events.list {
            if event.kind != .text { tellStrayText() }
            switch event.kind {
            case .startElement: start(event, parser)
            case .endElement: end(event)
            case .text: takeText(events.text(of: event), depth: Int(event.depth))
            case .attribute: takeAttribute(event, events.text(of: event), parser)
            case .comment: lose(.comment, field: place(depth: event.depth, parser))
            case .processingInstruction: lose(.processingInstruction, field: place(depth: event.depth, parser))
            }
        }
    }

    // MARK: Elements

    private mutating func start(_ event: XMLEvents.Event, _ parser: XMLPushParser) {
        if awaitsColumnName { beginColumn(named: "column", at: lastTag) }
        lastTag = event.offset
        switch event.depth {
        case 0:
            let name = parser.name(event.name)
            guard name.local != shape.root || name.namespace != nil else { return }
            faults.append(
                fault(.wrongRootElement, at: event.offset, found: told(name), expected: "<\(shape.root)>"))
        case 1:
            let name = parser.name(event.name)
            if name.local != shape.record || name.namespace != nil {
                faults.append(
                    fault(.unexpectedElement, at: event.offset, found: told(name), expected: "<\(shape.record)>"))
            }
            openRecord = event.offset
            for index in values.indices {
                values[index].removeAll(keepingCapacity: true)
                offsets[index] = nil
            }
        case 2: startField(event, parser)
        default: startInside(event, parser)
        }
    }

    private mutating func startField(_ event: XMLEvents.Event, _ parser: XMLPushParser) {
        text.removeAll(keepingCapacity: true)
        column = -1
        element = event.name
        contentStart = event.offset &+ UInt64(event.tagLength)
        switch meaning(event.name, parser) {
        case .column(let found): begin(found, at: event.offset)
        case .namedColumn: awaitsColumnName = true
        case .further(let name): countFurther(name)
        case .unknown:
            let name = parser.name(event.name)
            if name.local == shape.record {
                faults.append(
                    fault(
                        .unexpectedElement, at: event.offset, found: told(name),
                        expected: "the end of the record that is open"))
            }
            lose(.namespace, field: name.written)
        }
    }

    private mutating func begin(_ found: Int, at offset: UInt64) {
        if offsets[found] != nil {
            faults.append(
                fault(
                    .duplicateElement, at: offset, field: shape.columns[found],
                    found: "a second <\(shape.columns[found])>", expected: "each element once in a record"))
        }
        column = found
        offsets[found] = contentStart
    }

    /// An element in a field: no value of a known column can have one.
    private mutating func startInside(_ event: XMLEvents.Event, _ parser: XMLPushParser) {
        let name = parser.name(event.name)
        let isKnown = column >= 0 && column < shape.knownColumns
        if isKnown || name.local == shape.record {
            faults.append(
                fault(
                    .unexpectedElement, at: event.offset, field: column >= 0 ? shape.columns[column] : nil,
                    found: told(name), expected: isKnown ? "text" : "the end of the record that is open"))
        } else {
            lose(.nestedElement, field: "\(parser.name(element).written)/\(name.written)")
        }
    }

    private mutating func end(_ event: XMLEvents.Event) {
        // A `column` element without a name is an element of that name.
        if awaitsColumnName { beginColumn(named: "column", at: lastTag) }
        lastTag = event.offset
        switch event.depth {
        case 0: hasEnded = true
        case 1:
            appendRow()
            recordCount += 1
            lastRecordEnd = event.offset
            openRecord = nil
        case 2:
            guard column >= 0 else { return }
            let value = trimmed(text[...], column: column)
            values[column].removeAll(keepingCapacity: true)
            values[column].append(contentsOf: value)
            column = -1
        default: break
        }
    }

    private mutating func appendRow() {
        guard let start = openRecord else { return }
        for index in values.indices {
            if index > 0 { writer.appendDelimiter(to: &rows.bytes) }
            writer.append(field: values[index], to: &rows.bytes)
            rows.fieldOffsets.append(
                offsets[index].map { UInt32(clamping: $0 &- blockStart) } ?? RecordRows.absent)
        }
        writer.appendLineEnd(to: &rows.bytes)
        rows.recordOffsets.append(UInt32(clamping: start &- blockStart))
    }

    // MARK: Text and attributes

    private mutating func takeText(_ piece: ArraySlice<UInt8>, depth: Int) {
        if depth >= 3 {
            if depth == 3 { text.append(contentsOf: piece) }
        } else if depth > 0 {
            // Enough of it for what is shown.
            let text = strayText.isEmpty ? piece.drop(while: Self.isBlank) : piece
            strayText.append(contentsOf: text.prefix(256 - strayText.count))
        }
    }

    private mutating func tellStrayText() {
        guard !strayText.isEmpty else { return }
        while let last = strayText.last, Self.isBlank(last) { strayText.removeLast() }
        faults.append(
            fault(
                .unexpectedElement, at: openRecord ?? lastTag, found: VisibleText.of(strayText),
                expected: "elements, and no text between them"))
        strayText = []
    }

    private mutating func takeAttribute(_ event: XMLEvents.Event, _ value: ArraySlice<UInt8>, _ parser: XMLPushParser) {
        let name = parser.name(event.name)
        if awaitsColumnName, name.local == "name", name.namespace == nil {
            return beginColumn(named: String(decoding: value, as: UTF8.self), at: event.offset)
        }
        // Depth 1 is the root's, whose attributes tell of schemas and namespaces.
        guard event.depth > 1 else { return }
        lose(.attribute, field: place(depth: event.depth, parser, slash: true) + "@\(name.written)")
    }

    /// Begins the value of a column that is named by an attribute.
    private mutating func beginColumn(named name: String, at offset: UInt64) {
        awaitsColumnName = false
        if let found = columns[name] { begin(found, at: offset) } else { countFurther(name) }
    }

    private mutating func trimmed(_ value: ArraySlice<UInt8>, column: Int) -> ArraySlice<UInt8> {
        guard shape.trims(column), let first = value.first, let last = value.last,
            Self.isBlank(first) || Self.isBlank(last)
        else { return value }
        rows.remains.trimmed[shape.columns[column], default: 0] += 1
        var value = value
        while let first = value.first, Self.isBlank(first) { value.removeFirst() }
        while let last = value.last, Self.isBlank(last) { value.removeLast() }
        return value
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\t")
            || byte == UInt8(ascii: "\r")
    }

    // MARK: Names and counts

    private mutating func meaning(_ number: UInt32, _ parser: XMLPushParser) -> Meaning {
        let index = Int(number)
        while meanings.count <= index { meanings.append(nil) }
        if let known = meanings[index] { return known }
        let name = parser.name(number)
        let meaning: Meaning =
            if name.namespace != nil {
                .unknown
            } else if name.local == "column" {
                .namedColumn
            } else if let column = columns[name.local] {
                .column(column)
            } else if name.local == shape.record {
                .unknown
            } else {
                .further(name.local)
            }
        meanings[index] = meaning
        return meaning
    }

    private mutating func countFurther(_ name: String) { rows.remains.countFurther(name) }

    private mutating func lose(_ cause: ConversionLosses.Cause, field: String) {
        rows.remains.lost.add(cause, field: field)
    }

    /// The element of a record around something at a depth; nothing outside the elements.
    private func place(depth: UInt16, _ parser: XMLPushParser, slash: Bool = false) -> String {
        depth > 2 ? parser.name(element).written + (slash ? "/" : "") : ""
    }

    private func told(_ name: XMLName) -> String {
        "<\(VisibleText.of(name.written.utf8))>" + (name.namespace.map { " of \(VisibleText.of($0.utf8))" } ?? "")
    }

    private func fault(
        _ rule: InputRule, at offset: UInt64, field: String? = nil, found: String, expected: String
    ) -> XMLRecordFault {
        XMLRecordFault(
            rule: rule, offset: offset, record: recordCount, field: field, found: found, expected: expected)
    }
}
