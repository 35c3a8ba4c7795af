import XMLStream

/// A value of a record, kept until its row is written.
struct HeldValue: Sendable {
    var text: [UInt8] = []
    var offset: UInt64?
    var isAmbiguous = false
    /// Whether it is still to come.
    var isLater = false

    init(text: [UInt8]) {
        self.text = text
    }

    /// A value that was found; nil when there is none.
    init?(_ found: XMLFoundValue) {
        guard found.offset != nil else { return nil }
        text = found.text
        offset = found.offset
        isAmbiguous = found.isAmbiguous
    }

    /// A value that is still to come.
    static var later: HeldValue {
        var value = HeldValue(text: [])
        value.isLater = true
        return value
    }
}

/// A record that has ended, with the values of all sources.
struct WaitingRecord: Sendable {
    var element: Int
    var start: UInt64
    var name: UInt32
    var values: [HeldValue?] = []

    /// Whether one of them is still to come.
    var isWaiting: Bool { values.contains { $0?.isLater == true } }
}

/// Writes the rows of records whose values were found one by one.
struct ForeignRowWriter: Sendable {
    /// Whether the rows are a copy, which leaves out what means nothing and counts what is not used.
    var makesCopies = false {
        didSet { mapper.leavesMeaninglessEmpty = makesCopies }
    }

    private var mapper: RecordMapper
    private let plan: MappingPlan
    private var rows = RecordRows()
    private var row = RowText(reusing: [])
    private var text: [UInt8] = []
    private var ranges: [ValueRange] = []
    private var offsets: [UInt64?] = []
    private var ambiguous: [Bool] = []

    init(_ plan: MappingPlan) {
        self.plan = plan
        mapper = RecordMapper(plan)
    }

    /// Appends the row of a record, unless it is left out.
    mutating func append(_ record: WaitingRecord, blockStart: UInt64) {
        begin()
        for value in record.values { take(held: value) }
        end(start: record.start, blockStart: blockStart)
    }

    /// Begins a record, whose values are to be taken in the order of the sources.
    mutating func begin() {
        text.removeAll(keepingCapacity: true)
        ranges.removeAll(keepingCapacity: true)
        offsets.removeAll(keepingCapacity: true)
        ambiguous.removeAll(keepingCapacity: true)
    }

    /// Takes the value of the next source.
    mutating func take(_ found: XMLFoundValue?) {
        guard let found, found.offset != nil else { return take(held: nil) }
        take(found.text.span, at: found.offset, isAmbiguous: found.isAmbiguous)
    }

    /// Takes the value of the next source.
    mutating func take(held value: HeldValue?) {
        guard let value else {
            ranges.append(.absent)
            offsets.append(nil)
            ambiguous.append(false)
            return
        }
        take(value.text.span, at: value.offset, isAmbiguous: value.isAmbiguous)
    }

    /// Takes a text that stands nowhere as the value of the next source.
    mutating func take(_ text: [UInt8]) { take(text.span, at: nil, isAmbiguous: false) }

    private mutating func take(_ value: Span<UInt8>, at offset: UInt64?, isAmbiguous: Bool) {
        let start = text.count
        text.append(copying: value)
        ranges.append(ValueRange(start..<text.count))
        offsets.append(offset)
        ambiguous.append(isAmbiguous)
    }

    /// Appends the row of the record whose values were taken, unless it is left out.
    mutating func end(start: UInt64, blockStart: UInt64) {
        let (text, ranges) = (text, ranges)
        if let reason = mapper.skipReason(text.span, ranges) {
            rows.remains.skipped[reason, default: 0] += 1
            return
        }
        let number = rows.recordOffsets.count
        mapper.append(
            text.span, ranges, record: number, place: start, to: &row, unmapped: &rows.unmapped)
        if ambiguous.contains(true) { tellAmbiguous(number) }
        rows.recordOffsets.append(UInt32(clamping: max(start, blockStart) - blockStart))
        for source in plan.mainSources {
            let offset = source.flatMap { offsets[$0] }
            let isHere = offset.map { $0 >= blockStart } ?? false
            rows.fieldOffsets.append(isHere ? UInt32(clamping: (offset ?? 0) - blockStart) : RecordRows.absent)
        }
    }

    /// Notes the columns that would be filled with one of several values.
    private mutating func tellAmbiguous(_ number: Int) {
        for column in plan.ways.indices {
            let taken = plan.ways[column].first { way in
                way.condition?.holds(text.span, ranges) != false
                    && (way.sourceNumbers.isEmpty || way.sourceNumbers.contains { !ranges[$0].isEmpty })
            }
            guard let source = taken?.sourceNumbers.first(where: { ambiguous[$0] }) else { continue }
            let record = UInt32(truncatingIfNeeded: number)
            // What nobody can tell is one thing, whether or not it could be read besides.
            let ofRecord = rows.unmapped.lastIndex { $0.record != record }.map { $0 + 1 } ?? 0
            if let known = rows.unmapped[ofRecord...].firstIndex(where: { $0.column == column }) {
                rows.unmapped.remove(at: known)
            }
            rows.unmapped.append(
                UnmappedValue(record: record, column: column, expected: "one value of \(plan.sources[source])"))
        }
    }

    /// Counts records that are left out.
    mutating func skip(_ reason: String, count: Int) {
        if count > 0 { rows.remains.skipped[reason, default: 0] += count }
    }

    /// Counts values that no column is for.
    mutating func lose(_ field: String, count: Int = 1) {
        rows.remains.lost.add(.unusedField, field: field, count: count)
    }

    /// Hands out the rows made so far and goes on without them.
    mutating func takeRows() -> RecordRows {
        rows.remains.rounded = mapper.takeRounded()
        (rows.bytes, rows.count) = row.finish()
        row = RowText(reusing: [])
        defer { rows = RecordRows() }
        return rows
    }
}

extension PlannedWay {
    /// The sources of its text.
    var sourceNumbers: [Int] {
        parts.compactMap { part in
            guard case .source(let number) = part else { return nil }
            return number
        }
    }
}
