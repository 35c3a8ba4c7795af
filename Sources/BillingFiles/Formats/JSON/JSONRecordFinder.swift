/// Finds the records of JSON texts with the values that a profile names.
///
/// Only these values are kept, and those of open objects alone, so that memory does not grow with the text, but where
/// records wait for a value that may stand behind them.
struct JSONRecordFinder: JSONTaker {
    /// An open object or array.
    private struct Frame {
        /// The place of the object, or that of the array's elements.
        var place: Int
        var isArray: Bool
        /// Where it begins.
        var start: UInt64
        /// The place of the member that comes next.
        var member = 0
        /// How many elements or members have come.
        var count = 0
        /// Where the names of its members begin in `members`.
        var firstMember: Int
    }

    /// A record whose object is open.
    private struct OpenRecord {
        var element: Int
        var start: UInt64
    }

    /// More members than that are no record, nor what stands around some.
    private static let mostMembers = 4096

    let plan: XMLRecordPlan

    /// The records that are complete and were not yet taken.
    private(set) var found: [WaitingRecord] = []
    /// How many records have ended since the reading began.
    private(set) var recordCount = 0
    /// What is wrong with the records and their totals.
    var faults: [XMLRecordFault] = []
    /// Whether nothing more can be read.
    private(set) var hasStopped = false
    /// How many values there were at places that the plan makes nothing of; counted if somebody wants to know.
    private(set) var unused: [Int: Int] = [:]
    /// Whether these are counted.
    var countsUnused = false

    private(set) var tree: JSONPlaceTree
    private var slots: [XMLFoundValue]
    private var tables: [XMLFoundTable]
    private var totals: [XMLTotalAccount]
    private var waiting: [WaitingRecord] = []
    private var frames: [Frame] = []
    private var members: [Int] = []
    private var open: [OpenRecord] = []

    init(_ records: JSONRecords, sources: [String]) {
        plan = XMLRecordPlan(records.elements, sources: sources, syntax: .json)
        tree = JSONPlaceTree(plan)
        slots = Array(repeating: XMLFoundValue(), count: plan.slots.count)
        tables = plan.tables.map { XMLFoundTable(adds: $0.adds) }
        totals = plan.totals.map { XMLTotalAccount($0.measure) }
    }

    /// Where the bytes begin that are still needed: those of an open record, or of one that waits.
    var firstNeeded: UInt64? {
        let record = open.first?.start
        return waiting.first.map { min($0.start, record ?? $0.start) } ?? record
    }

    /// Where the record begins that is open; nil between records.
    var openRecord: UInt64? { open.last?.start }

    /// The place that is being read, as a JSON pointer.
    var pointer: String {
        frames.map { frame in
            if frame.isArray { return "/\(max(0, frame.count - 1))" }
            guard frame.member > 0 else { return "" }
            return "/" + JSONPointer.escaped(tree.name(frame.member))
        }.joined()
    }

    /// Hands out the records that are complete.
    mutating func takeFound() -> [WaitingRecord] {
        defer { found = [] }
        return found
    }

    /// Hands out the records that wait, with what is known of them.
    mutating func takeWaiting() -> [WaitingRecord] {
        defer { waiting = [] }
        return waiting
    }

    /// Hands out the counts of values that nothing is made of, by their paths.
    mutating func takeUnused() -> [(path: String, count: Int)] {
        defer { unused.removeAll(keepingCapacity: true) }
        return unused.sorted { $0.key < $1.key }.map { (tree.path($0.key).joined(separator: "/"), $0.value) }
    }

    // MARK: What the scanner tells

    mutating func begin(isArray: Bool, at offset: UInt64) {
        guard !hasStopped else { return }
        let place = nextPlace()
        frames.append(Frame(place: place, isArray: isArray, start: offset, firstMember: members.count))
        guard !isArray else { return }
        let known = tree[place]
        for slot in known.place.scopedSlots { slots[slot].clear() }
        for table in known.place.scopedTables { tables[table].clear() }
        for table in known.place.entries { tables[table].beginEntry() }
        for total in known.place.scopedTotals { totals[total].begin() }
        if let element = known.place.element { open.append(OpenRecord(element: element, start: offset)) }
    }

    mutating func end(isArray: Bool, at offset: UInt64) {
        guard !hasStopped, let frame = frames.popLast() else { return }
        members.removeLast(members.count - frame.firstMember)
        guard !isArray else { return }
        let known = tree[frame.place]
        for table in known.place.entries { tables[table].endEntry() }
        if known.place.element != nil { endRecord(name: frame.place) }
        if !waiting.isEmpty { completeWaiting(in: frame) }
        for total in known.place.scopedTotals { closeTotal(total) }
    }

    mutating func name(_ text: [UInt8], at offset: UInt64) {
        guard !hasStopped, let last = frames.indices.last else { return }
        let frame = frames[last]
        guard members.count - frame.firstMember < Self.mostMembers,
            let place = tree.place(of: text, in: frame.place, next: frame.count)
        else { return stop(at: offset, found: "more names than a file of records has", expected: "less") }
        frames[last].member = place
        if members[frame.firstMember...].contains(place) {
            faults.append(
                XMLRecordFault(
                    rule: .duplicateElement, offset: offset, record: recordCount, field: pointer,
                    found: "a second '\(VisibleText.of(text))' in one object", expected: "each name once"))
        }
        members.append(place)
        frames[last].count += 1
    }

    mutating func scalar(_ text: [UInt8], _ kind: JSONScanner.Scalar, at offset: UInt64) {
        guard !hasStopped else { return }
        let place = nextPlace()
        guard kind != .null, !text.isEmpty else { return }
        let known = tree[place]
        guard known.isUsed else {
            if countsUnused { unused[place, default: 0] += 1 }
            return
        }
        let value = (kind == .number ? JSONNumber.plain(text) : text)[...]
        for slot in known.place.slots { slots[slot].take(value, at: offset, plan.slots[slot].choice) }
        for table in known.place.keys { tables[table].key(value) }
        for table in known.place.values { tables[table].value(value, at: offset) }
        for total in known.place.totals { totals[total].state(value, at: offset) }
    }

    /// Ends the file: what it states of all its records is compared with them.
    mutating func finish() {
        for total in totals.indices where plan.totals[total].within == nil { closeTotal(total) }
    }

    /// Stops reading.
    mutating func stop(at offset: UInt64, found: String, expected: String) {
        guard !hasStopped else { return }
        hasStopped = true
        faults.append(
            XMLRecordFault(
                rule: .jsonLimit, offset: offset, record: recordCount, field: pointer, found: found,
                expected: expected))
    }

    // MARK: Records

    /// The place of the value that comes next.
    private mutating func nextPlace() -> Int {
        guard let last = frames.indices.last else { return 0 }
        guard frames[last].isArray else { return frames[last].member }
        frames[last].count += 1
        return frames[last].place
    }

    private mutating func endRecord(name: Int) {
        guard let record = open.popLast() else { return }
        let element = plan.elements[record.element]
        var held = WaitingRecord(
            element: record.element, start: record.start, name: UInt32(truncatingIfNeeded: name))
        let depth = element.path.steps.count
        // The members of an object have no order, so what stands around a record may come behind it.
        for place in element.places { held.values.append(awaited(place, depth) ?? value(of: place, name: name)) }
        for (number, place) in element.summed.enumerated() {
            totals[number].add(value(of: place, name: name).map { $0.text[...] })
        }
        recordCount += 1
        if waiting.isEmpty, !held.isWaiting { found.append(held) } else { waiting.append(held) }
    }

    /// The value of a source as it is now.
    private func value(of place: XMLRecordPlan.Place, name: Int) -> HeldValue? {
        switch place {
        case .nothing: return nil
        case .name: return HeldValue(text: Array(tree.name(name).utf8))
        case .position: return HeldValue(text: Array("\(recordCount + 1)".utf8))
        case .slot(let slot): return HeldValue(slots[slot])
        case .entry(let table, let key): return tables[table][key[...]].flatMap { HeldValue($0) }
        case .lookup(let table, let slot):
            guard let key = HeldValue(slots[slot]) else { return nil }
            return lookedUp(key, table)
        }
    }

    /// What a table has for a key; of a key that it lacks nobody can tell what it means.
    private func lookedUp(_ key: HeldValue, _ table: Int) -> HeldValue {
        if let entry = tables[table][key.text[...]], let held = HeldValue(entry) { return held }
        var unknown = key
        unknown.isAmbiguous = true
        return unknown
    }

    /// Stands for a value that may come behind its record, in an object around it; nil where none can.
    private func awaited(_ place: XMLRecordPlan.Place, _ depth: Int) -> HeldValue? {
        switch place {
        case .slot(let slot): return plan.slots[slot].scope < depth ? .later : nil
        case .entry(let table, _): return plan.tables[table].scope < depth ? .later : nil
        case .lookup(let table, let slot):
            guard plan.slots[slot].scope >= depth else { return .later }
            // The key stands in the record and is kept.
            guard plan.tables[table].scope < depth, var key = HeldValue(slots[slot]) else { return nil }
            key.isLater = true
            return key
        case .name, .position, .nothing: return nil
        }
    }

    /// Completes the records that wait for the end of an object, as far as they wait for it.
    private mutating func completeWaiting(in frame: Frame) {
        let depth = tree.depth(frame.place)
        for index in waiting.indices.reversed() {
            guard waiting[index].start >= frame.start else { break }
            complete(index, depth)
        }
        let done = waiting.firstIndex { $0.isWaiting } ?? waiting.count
        found += waiting[..<done]
        waiting.removeFirst(done)
    }

    private mutating func complete(_ index: Int, _ depth: Int) {
        let places = plan.elements[waiting[index].element].places
        for number in places.indices {
            guard var held = waiting[index].values[number], held.isLater else { continue }
            held.isLater = false
            switch places[number] {
            case .slot(let slot):
                if plan.slots[slot].scope == depth { waiting[index].values[number] = HeldValue(slots[slot]) }
            case .entry(let table, _):
                guard plan.tables[table].scope == depth else { continue }
                waiting[index].values[number] = value(of: places[number], name: 0)
            case .lookup(let table, let slot):
                if held.offset == nil, plan.slots[slot].scope == depth {
                    guard let key = HeldValue(slots[slot]) else {
                        waiting[index].values[number] = nil
                        continue
                    }
                    held = key
                }
                guard held.offset != nil else { continue }
                if plan.tables[table].scope >= depth {
                    held = lookedUp(held, table)
                } else {
                    held.isLater = true
                }
                waiting[index].values[number] = held
            case .name, .position, .nothing: continue
            }
        }
    }

    private mutating func closeTotal(_ number: Int) {
        totals[number].name = plan.totals[number].path.lastName
        guard let wrong = totals[number].close() else { return }
        faults.append(
            XMLRecordFault(
                rule: .controlTotalMismatch, offset: wrong.offset, record: recordCount, field: wrong.name,
                found: wrong.found, expected: wrong.expected))
    }
}

/// Paths as RFC 6901 has them.
enum JSONPointer {
    /// A name in which `~` and `/` are escaped.
    static func escaped(_ name: String) -> String {
        var escaped = ""
        for character in name {
            switch character {
            case "~": escaped += "~0"
            case "/": escaped += "~1"
            default: escaped.append(character)
            }
        }
        return escaped
    }
}
