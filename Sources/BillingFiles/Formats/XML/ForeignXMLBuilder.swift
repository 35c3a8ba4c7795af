import XMLStream

/// Makes rows of our columns of the records in a parser's events, as a profile says.
///
/// Only the values that the profile names are kept, and those of open elements alone, so that memory does not grow with
/// the document, but where records need a value that stands behind them.
struct ForeignXMLBuilder {
    /// An open element.
    private struct Frame {
        var place: Int
        var textStart: Int
        var content: UInt64
        var hasText = false
    }

    /// A record whose element is open.
    private struct OpenRecord {
        var element: Int
        var start: UInt64
        var emittedBefore: Int
    }

    let plan: XMLRecordPlan
    var tree: XMLPlaceTree
    var slots: [XMLFoundValue]
    var tables: [XMLFoundTable]
    var totals: [XMLTotalAccount]
    var waiting: [WaitingRecord] = []
    var writer: ForeignRowWriter
    var faults: [XMLRecordFault] = []

    /// The offset of the document's byte that is the first of the rows' block.
    var blockStart: UInt64 = 0
    /// How many records have ended since the reading began, those that are left out among them.
    private(set) var recordCount = 0
    /// Where the last tag began or ended.
    private(set) var lastTag: UInt64 = 0
    /// Whether the root element has ended.
    private(set) var hasEnded = false
    /// Where the last record ended.
    private(set) var lastRecordEnd: UInt64?

    private var frames: [Frame] = []
    private var open: [OpenRecord] = []
    private var text: [UInt8] = []
    private var unused: [Int: Int] = [:]
    /// The values of attributes that no column is for, in the order in which they were met.
    private var unusedAttributes: [(name: UInt32, place: Int, count: Int)] = []
    private var hasTooManyPlaces = false

    init(_ records: XMLRecords, _ mapping: MappingPlan) {
        plan = XMLRecordPlan(records, sources: mapping.sources)
        tree = XMLPlaceTree(plan)
        slots = Array(repeating: XMLFoundValue(), count: plan.slots.count)
        tables = plan.tables.map { XMLFoundTable(adds: $0.adds) }
        totals = plan.totals.map { XMLTotalAccount($0.measure) }
        writer = ForeignRowWriter(mapping)
    }

    /// Where the bytes begin that are still needed: an open record, or one that waits.
    var firstNeeded: UInt64? {
        let record = open.first { !plan.elements[$0.element].onlyWithoutRecords }?.start
        return waiting.first.map { min($0.start, record ?? $0.start) } ?? record
    }

    /// Where the record begins that is open; nil between records.
    var openRecord: UInt64? { open.last { !plan.elements[$0.element].onlyWithoutRecords }?.start }

    /// Takes the next events.
    mutating func take(_ events: borrowing XMLEvents, of parser: XMLPushParser) {
        for event in events.list {
            switch event.kind {
            case .startElement: start(event, parser)
            case .endElement: end(event, parser)
            case .attribute: takeAttribute(event, events.text.span.extracting(events.range(of: event)), parser)
            case .text:
                guard let last = frames.indices.last else { continue }
                if tree[frames[last].place].isUsed {
                    text.append(copying: events.text.span.extracting(events.range(of: event)))
                } else if writer.makesCopies, !frames[last].hasText {
                    frames[last].hasText = !Self.trimmed(events.text.span.extracting(events.range(of: event))).isEmpty
                }
            case .comment, .processingInstruction: break
            }
        }
    }

    private mutating func start(_ event: XMLEvents.Event, _ parser: XMLPushParser) {
        lastTag = event.offset
        guard let place = tree.place(of: event.name, in: frames.last?.place ?? -1, parser) else {
            return tellTooManyPlaces(event)
        }
        let content = event.offset &+ UInt64(event.tagLength)
        frames.append(Frame(place: place, textStart: text.count, content: content))
        let known = tree[place]
        guard !known.isIdle else { return }
        let meaning = known.place
        for slot in meaning.scopedSlots { slots[slot].clear() }
        for table in meaning.scopedTables { tables[table].clear() }
        for table in meaning.entries { tables[table].beginEntry() }
        for total in meaning.scopedTotals { totals[total].begin() }
        if let element = meaning.element {
            open.append(OpenRecord(element: element, start: event.offset, emittedBefore: recordCount))
        }
    }

    private mutating func takeAttribute(_ event: XMLEvents.Event, _ value: Span<UInt8>, _ parser: XMLPushParser) {
        guard let frame = frames.last else { return }
        let known = tree[frame.place]
        var isUsed = false
        if !known.hasIdleAttributes {
            let meaning = known.place
            let name = parser.name(event.name)
            for (attribute, slot) in meaning.attributes where attribute.fits(name) {
                slots[slot].take(value.extracting(Self.trimmed(value)), at: event.offset, plan.slots[slot].choice)
                isUsed = true
            }
            for (attribute, table) in meaning.keyAttributes where attribute.fits(name) {
                tables[table].key(value.extracting(Self.trimmed(value)))
                isUsed = true
            }
        }
        // The root's attributes tell of schemas and versions.
        if !isUsed, writer.makesCopies, frames.count > 1, !value.isEmpty {
            countUnused(attribute: event.name, in: frame.place)
        }
    }

    private mutating func end(_ event: XMLEvents.Event, _ parser: XMLPushParser) {
        lastTag = event.offset
        guard let frame = frames.popLast() else { return }
        let known = tree[frame.place]
        if known.isUsed {
            takeText(of: frame, known)
        } else if frame.hasText, writer.makesCopies {
            unused[frame.place, default: 0] += 1
        }
        guard !known.isIdle || frames.isEmpty else { return }
        let meaning = known.place
        for table in meaning.entries { tables[table].endEntry() }
        if meaning.element != nil { endRecord(event, parser) }
        if meaning.completes { completeWaiting(nil) }
        for total in meaning.scopedTotals { closeTotal(total) }
        if frames.isEmpty {
            hasEnded = true
            completeWaiting(nil)
            for total in totals.indices where plan.totals[total].within == nil { closeTotal(total) }
        }
    }

    /// Takes the text of an element that ends.
    private mutating func takeText(of frame: Frame, _ known: XMLPlaceTree.Known) {
        // The text is nobody else's while slots and tables take from it.
        var own: [UInt8] = []
        swap(&own, &text)
        defer { swap(&own, &text) }
        take(own.span.extracting(frame.textStart..<own.count), of: frame, known)
        own.removeLast(own.count - frame.textStart)
    }

    private mutating func take(_ whole: Span<UInt8>, of frame: Frame, _ known: XMLPlaceTree.Known) {
        let value = whole.extracting(Self.trimmed(whole))
        if !value.isEmpty {
            for slot in known.place.slots { slots[slot].take(value, at: frame.content, plan.slots[slot].choice) }
            for table in known.place.keys { tables[table].key(value) }
            for table in known.place.values { tables[table].value(value, at: frame.content) }
            for total in known.place.totals { totals[total].state(value.bytesCopy[...], at: frame.content) }
        }
    }

    /// Counts the value of an attribute that no column is for.
    private mutating func countUnused(attribute name: UInt32, in place: Int) {
        for index in unusedAttributes.indices
        where unusedAttributes[index].name == name && unusedAttributes[index].place == place {
            unusedAttributes[index].count += 1
            return
        }
        unusedAttributes.append((name, place, 1))
    }

    private mutating func endRecord(_ event: XMLEvents.Event, _ parser: XMLPushParser) {
        guard let record = open.popLast() else { return }
        let element = plan.elements[record.element]
        if element.onlyWithoutRecords, recordCount > record.emittedBefore { return }
        guard plan.completeAt != nil || !element.summed.isEmpty else {
            recordCount += 1
            lastRecordEnd = event.offset
            return emit(element, record.start, event.name, parser)
        }
        let depth = plan.completeAt?.steps.count ?? 0
        var held = WaitingRecord(element: record.element, start: record.start, name: event.name)
        for place in element.places {
            held.values.append(depth == 0 ? found(place, event.name, parser) : early(place, depth, event.name, parser))
        }
        for (number, place) in element.summed.enumerated() {
            totals[number].add(found(place, event.name, parser).map { $0.text[...] })
        }
        recordCount += 1
        lastRecordEnd = event.offset
        if depth == 0 { return emit(held, parser) }
        waiting.append(held)
    }

    /// The value of a source as it is now.
    private func found(_ place: XMLRecordPlan.Place, _ name: UInt32, _ parser: XMLPushParser) -> HeldValue? {
        switch place {
        case .nothing: return nil
        case .name: return HeldValue(text: Array(parser.name(name).local.utf8))
        case .position: return HeldValue(text: Array("\(recordCount + 1)".utf8))
        case .slot(let slot): return HeldValue(slots[slot])
        case .entry(let table, let key): return tables[table][key[...]].flatMap { HeldValue($0) }
        case .lookup(let table, let slot):
            guard slots[slot].offset != nil else { return nil }
            if let entry = tables[table][slots[slot].text[...]] { return HeldValue(entry) }
            // Of a key that the table lacks nobody can tell what it means.
            var unknown = HeldValue(slots[slot])
            unknown?.isAmbiguous = true
            return unknown
        }
    }

    /// The value of a source that does not outlive the record or an element in which the records wait.
    private func early(
        _ place: XMLRecordPlan.Place, _ depth: Int, _ name: UInt32, _ parser: XMLPushParser
    ) -> HeldValue? {
        let scope =
            switch place {
            case .slot(let slot): plan.slots[slot].scope
            case .entry(let table, _): plan.tables[table].scope
            case .name, .position, .nothing, .lookup: Int.max
            }
        return scope > depth ? found(place, name, parser) : .later
    }

    /// Makes rows of the records that wait.
    private mutating func completeWaiting(_ parser: XMLPushParser?) {
        guard !waiting.isEmpty else { return }
        let held = waiting
        waiting.removeAll(keepingCapacity: true)
        for var record in held {
            let places = plan.elements[record.element].places
            for index in record.values.indices {
                guard let value = record.values[index], value.isLater else { continue }
                switch places[index] {
                case .slot(let slot): record.values[index] = HeldValue(slots[slot])
                case .entry(let table, let key):
                    record.values[index] = tables[table][key[...]].flatMap { HeldValue($0) }
                case .name, .position, .nothing, .lookup: record.values[index] = nil
                }
            }
            writer.append(record, blockStart: blockStart)
        }
    }

    /// Writes the row of a record that waits for nothing, with the values where they are.
    private mutating func emit(
        _ element: XMLRecordPlan.Element, _ start: UInt64, _ name: UInt32, _ parser: XMLPushParser
    ) {
        writer.begin()
        for place in element.places {
            switch place {
            case .nothing: writer.take(held: nil)
            case .slot(let slot): writer.take(slots[slot])
            case .entry(let table, let key): writer.take(tables[table][key[...]])
            case .name: writer.take(Array(parser.name(name).local.utf8))
            case .position: writer.take(Array("\(recordCount)".utf8))
            case .lookup: writer.take(held: found(place, name, parser))
            }
        }
        writer.end(start: start, blockStart: blockStart)
    }

    private mutating func emit(_ record: WaitingRecord, _ parser: XMLPushParser) {
        writer.append(record, blockStart: blockStart)
    }

    private mutating func closeTotal(_ number: Int) {
        guard let wrong = totals[number].close() else { return }
        faults.append(
            XMLRecordFault(
                rule: .controlTotalMismatch, offset: wrong.offset, record: recordCount, field: wrong.name,
                found: wrong.found, expected: wrong.expected))
    }

    private mutating func tellTooManyPlaces(_ event: XMLEvents.Event) {
        // Of an element without a place nothing is known, nor of those in it: the place of the one around it is taken.
        frames.append(Frame(place: frames.last?.place ?? 0, textStart: text.count, content: event.offset))
        guard !hasTooManyPlaces else { return }
        hasTooManyPlaces = true
        faults.append(
            XMLRecordFault(
                rule: .xmlLimit, offset: event.offset, record: recordCount, field: nil,
                found: "elements of more than \(XMLPlaceTree.limit) paths", expected: "less"))
    }

    /// Hands out the rows and faults made so far and goes on without them.
    mutating func takeRows(_ parser: XMLPushParser) -> (rows: RecordRows, faults: [XMLRecordFault]) {
        for (name, place, count) in unusedAttributes {
            let name = parser.name(name)
            guard name.namespace != "http://www.w3.org/2001/XMLSchema-instance" else { continue }
            writer.lose(told(place, parser) + "/@" + name.written, count: count)
        }
        unusedAttributes.removeAll(keepingCapacity: true)
        for (place, count) in unused.sorted(by: { $0.key < $1.key }) {
            writer.lose(told(place, parser), count: count)
        }
        unused.removeAll(keepingCapacity: true)
        for index in totals.indices { totals[index].name = plan.totals[index].path.lastName }
        defer { faults = [] }
        return (writer.takeRows(), faults)
    }

    /// The path of a place as the document writes it, without the root.
    private func told(_ place: Int, _ parser: XMLPushParser) -> String {
        tree.names(place, parser).dropFirst().map(\.written).joined(separator: "/")
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\t")
            || byte == UInt8(ascii: "\r")
    }

    /// Where a text stands between blanks.
    private static func trimmed(_ value: Span<UInt8>) -> Range<Int> {
        var (start, end) = (0, value.count)
        while start < end, isBlank(value[start]) { start += 1 }
        while start < end, isBlank(value[end - 1]) { end -= 1 }
        return start..<end
    }
}
