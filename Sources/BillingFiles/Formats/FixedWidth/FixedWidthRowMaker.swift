import DelimitedText

/// Makes rows of our columns from lines with fields at fixed positions.
///
/// To be used by one thread; each has its own.
struct FixedWidthRowMaker: Sendable {
    /// Whether the rows are a copy, which leaves out what means nothing and counts what is not used.
    var makesCopies = false {
        didSet { mapper.leavesMeaninglessEmpty = makesCopies }
    }

    private let plan: MappingPlan
    private let records: FixedWidthRecords
    /// Whether characters may have several bytes, which count as one at positions.
    private let countsCharacters: Bool
    private var mapper: RecordMapper
    /// For each type of lines, where each source of the plan stands.
    private let positions: [[Range<Int>?]]
    private var values: [ValueRange]
    private var blockOffset: UInt64 = 0

    init(_ file: ForeignFile, _ records: FixedWidthRecords) {
        plan = file.plan
        self.records = records
        countsCharacters = file.profile.encoding != .utf8
        mapper = RecordMapper(file.plan)
        positions = records.types.map { type in
            file.plan.sources.map { name in type.fields.first { $0.name == name }.map { $0.start..<$0.end } }
        }
        values = Array(repeating: .absent, count: file.plan.sources.count)
    }

    /// Replaces `rows` by those of a block.
    mutating func make(_ block: Block, into rows: inout RecordRows, keepsPlaces: Bool) -> MadeRows {
        let bytes = block.storage.span.extracting(0..<block.count)
        rows.removeAll()
        blockOffset = block.fileOffset
        var row = RowText(reusing: rows.takeStorage())
        var made = MadeRows()
        var start = 0
        while start < bytes.count {
            var end = start
            while end < bytes.count, bytes[end] != UInt8(ascii: "\n") { end += 1 }
            let next = min(end + 1, bytes.count)
            if end == bytes.count, block.isLast {
                made.findings.append(
                    finding(.truncatedLastRow, made.lines, end, end - start + 1, found: "no line end", "a line end"))
            }
            if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
            take(start..<end, bytes, to: &row, &rows, &made, keepsPlaces: keepsPlaces)
            made.lines += 1
            start = next
        }
        (rows.bytes, rows.count) = row.finish()
        rows.remains.rounded = mapper.takeRounded()
        return made
    }

    private mutating func take(
        _ line: Range<Int>, _ bytes: Span<UInt8>, to row: inout RowText, _ rows: inout RecordRows,
        _ made: inout MadeRows, keepsPlaces: Bool
    ) {
        let text = bytes.extracting(line)
        guard let number = records.type(of: text) else {
            made.findings.append(
                finding(
                    .unknownLayout, made.lines, line.lowerBound, 1, found: "a line of no known type",
                    "lines that begin with " + records.types.map { "'\($0.prefix)'" }.joined(separator: ", ")))
            return
        }
        if countsCharacters, !text.isASCII {
            // The file has one byte a character; here some have more, so positions are counted anew.
            var offsets: [Int] = []
            for index in text.indices where text[index] & 0xC0 != 0x80 { offsets.append(index) }
            offsets.append(text.count)
            return take(number, line, text, offsets, to: &row, &rows, &made, keepsPlaces: keepsPlaces)
        }
        take(number, line, text, nil, to: &row, &rows, &made, keepsPlaces: keepsPlaces)
    }

    /// Takes a line of a type; `offsets` are those of its characters where these differ from those of its bytes.
    private mutating func take(
        _ number: Int, _ line: Range<Int>, _ text: Span<UInt8>, _ offsets: [Int]?, to row: inout RowText,
        _ rows: inout RecordRows, _ made: inout MadeRows, keepsPlaces: Bool
    ) {
        let type = records.types[number]
        let length = offsets.map { $0.count - 1 } ?? text.count
        let needed = type.length ?? type.fields.map(\.end).max() ?? 0
        guard type.length == nil ? length >= needed : length == needed else {
            made.findings.append(
                finding(
                    .wrongFieldCount, made.lines, line.lowerBound, 1, found: "a line of \(length) bytes",
                    "\(needed) bytes in lines that begin with '\(type.prefix)'"))
            return
        }
        if made.totals.trailers > 0, type.role != .skipped {
            made.findings.append(
                finding(.unknownLayout, made.lines, line.lowerBound, 1, found: "a line behind the trailer", "the end"))
        }
        switch type.role {
        case .skipped: rows.remains.skipped["line of type \(type.prefix)", default: 0] += 1
        case .header, .trailer:
            rows.remains.skipped[type.role == .header ? "header" : "trailer", default: 0] += 1
            if type.role == .header { made.totals.headers += 1 } else { made.totals.trailers += 1 }
            state(type, line, text, offsets, &made)
        case .record:
            sum(type, text, offsets, &made.totals)
            for source in values.indices {
                values[source] = positions[number][source].map { ValueRange(Self.bytes($0, offsets)) } ?? .absent
            }
            if let reason = mapper.skipReason(text, values) {
                rows.remains.skipped[reason, default: 0] += 1
                return
            }
            mapper.append(
                text, values, record: rows.recordOffsets.count, place: blockOffset + UInt64(line.lowerBound), to: &row,
                unmapped: &rows.unmapped)
            rows.recordOffsets.append(UInt32(truncatingIfNeeded: line.lowerBound))
            if makesCopies { countUnused(type, text, offsets, &rows.remains) }
            if keepsPlaces {
                for source in plan.mainSources {
                    let place = source.flatMap { positions[number][$0] }.map { Self.bytes($0, offsets).lowerBound }
                    rows.fieldOffsets.append(
                        place.map { UInt32(truncatingIfNeeded: line.lowerBound + $0) } ?? RecordRows.absent)
                }
            }
        }
    }

    /// Counts the values of a record that no column is for; blanks are none.
    private func countUnused(
        _ type: LineType, _ text: Span<UInt8>, _ offsets: [Int]?, _ remains: inout RecordRemains
    ) {
        for field in type.fields where !plan.sources.contains(field.name) {
            let value = text.extracting(Self.bytes(field.start..<field.end, offsets))
            if !ValueTrimming(trims: true).range(of: value).isEmpty { remains.countFurther(field.name) }
        }
    }

    /// Notes what a header or trailer states.
    private func state(
        _ type: LineType, _ line: Range<Int>, _ text: Span<UInt8>, _ offsets: [Int]?, _ made: inout MadeRows
    ) {
        for (number, total) in records.totals.enumerated() {
            guard let field = type.fields.first(where: { $0.name == total.field }) else { continue }
            let stated = text.extracting(Self.bytes(field.start..<field.end, offsets))
            made.totals.statements[number, default: []].append(
                StatedTotals.Statement(
                    number: total.number(stated), text: VisibleText.of(stated.bytesCopy), line: made.lines,
                    column: field.start + 1, byteOffset: line.lowerBound + field.start))
        }
    }

    /// Adds a record to the sums.
    private func sum(_ type: LineType, _ text: Span<UInt8>, _ offsets: [Int]?, _ totals: inout StatedTotals) {
        for (number, total) in records.totals.enumerated() {
            guard let name = total.summedField else {
                totals.add(1, to: number)
                continue
            }
            guard let field = type.fields.first(where: { $0.name == name }) else { continue }
            totals.add(total.number(text.extracting(Self.bytes(field.start..<field.end, offsets))), to: number)
        }
    }

    /// The bytes at some positions.
    private static func bytes(_ positions: Range<Int>, _ offsets: [Int]?) -> Range<Int> {
        guard let offsets else { return positions }
        return offsets[positions.lowerBound]..<offsets[positions.upperBound]
    }

    private func finding(
        _ rule: InputRule, _ line: Int, _ offset: Int, _ column: Int, found: String, _ expected: String
    ) -> BlockFinding {
        BlockFinding(
            rule: rule, record: 0, line: line, column: column, byteOffset: offset, field: nil, found: found,
            expected: expected)
    }
}

extension TrailerTotal {
    /// The field of the records that is added; nil where they are counted.
    var summedField: String? {
        switch measure {
        case .records: nil
        case .duration(let field, _), .sum(let field): field
        }
    }

    /// The number that a text of a total or of a field stands for; nil where it is none.
    func number(_ text: Span<UInt8>) -> Int64? {
        let trimmed = text.extracting(ValueTrimming(trims: true).range(of: text))
        if case .duration(_, let form) = measure {
            guard let seconds = form.read(trimmed), !seconds.isRounded else { return nil }
            return seconds.count
        }
        guard trimmed.count > 0, trimmed.count <= 18 else { return nil }
        var number: Int64 = 0
        for index in trimmed.indices {
            let digit = trimmed[index] &- UInt8(ascii: "0")
            guard digit <= 9 else { return nil }
            number = number &* 10 &+ Int64(digit)
        }
        return number
    }
}
