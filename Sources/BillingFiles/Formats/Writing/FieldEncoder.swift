import DelimitedText

/// Writes the fields of records as bytes of a file: between delimiters, or at positions of a line.
///
/// To be used by one thread; each has its own.
struct FieldEncoder: Sendable {
    private let encoding: TextEncoding
    private let dialect: Dialect
    private let hasHeader: Bool
    /// The lines, where fields stand at positions, and which type of them records are.
    private let fixed: FixedWidthRecords?
    private let typeNumber: Int
    /// Writes elements, where the format is XML.
    private var document: DocumentEncoder?
    /// Writes objects, where the format is JSON.
    private var json: JSONRecordEncoder?
    /// Writes rows of several tables, where the format has these.
    private var tables: TableRowEncoder?
    /// Makes the second event of a record, where records are pairs.
    private(set) var pairs: EventPairEncoder?
    /// The fields of a record in their order.
    private let fields: [Int]
    private let prefixes: [[UInt8]]
    private let lineEnd: [UInt8]
    private var line: [UInt8] = []

    /// The totals of the records, where the format states some.
    private(set) var totals = StatedTotals()

    init(_ plan: WritingPlan) {
        encoding = plan.profile.encoding
        pairs = EventPairEncoder(plan)
        let columns = plan.form.columns.filter { !plan.form.isPaired || $0 != EventPairs.seconds }
        fields = columns.compactMap { plan.number(of: $0) }
        lineEnd = plan.profile.writing.endsLinesWithCRLF ? [0x0D, 0x0A] : [0x0A]
        switch plan.form.kind {
        case .delimited(let records, let dialect, let hasHeader):
            prefixes = records.skippedPrefixes.map { Array($0.prefix.utf8) }
            (self.dialect, self.hasHeader, fixed, typeNumber) = (dialect, hasHeader, nil, 0)
        case .document(let document):
            prefixes = []
            self.document = DocumentEncoder(document, plan)
            (dialect, hasHeader, fixed, typeNumber) = (.native, false, nil, 0)
        case .json(let document):
            prefixes = []
            json = JSONRecordEncoder(document, plan)
            (dialect, hasHeader, fixed, typeNumber) = (.native, false, nil, 0)
        case .tables(let tables):
            prefixes = []
            self.tables = TableRowEncoder(tables, plan)
            (dialect, hasHeader, fixed, typeNumber) = (.native, false, nil, 0)
        case .documents:
            prefixes = []
            (dialect, hasHeader, fixed, typeNumber) = (.native, false, nil, 0)
        case .fixedWidth(let records, let type):
            prefixes = []
            (dialect, hasHeader, fixed, typeNumber) = (.native, false, records, type)
        }
    }

    /// Takes the totals of the records since the last call.
    mutating func takeTotals() -> StatedTotals {
        defer { totals = StatedTotals() }
        if let rows = tables?.takeRows() { totals.otherRows = rows }
        return totals
    }

    /// Takes the keys of the records since the last call, and forbids those of earlier records that wait for an end.
    mutating func takeKeys() -> WrittenKeys { pairs?.takeKeys() ?? WrittenKeys() }

    /// Notes the keys of records before the next one that wait for an end.
    mutating func begin(after waiting: Set<[UInt8]>) { pairs?.waiting = waiting }

    /// Appends a record; with a refusal `bytes` are as they were.
    mutating func append(_ values: [ValueRange], _ text: Span<UInt8>, to bytes: inout RowText) -> FieldRefusal? {
        let start = bytes.count
        let refusal: FieldRefusal?
        if document != nil || json != nil {
            if json != nil {
                refusal = json?.append(values, text, to: &bytes)
            } else {
                refusal = document?.append(values, text, to: &bytes)
            }
            if refusal != nil { bytes.cut(to: start) }
            return refusal
        }
        if tables != nil {
            refusal = tables?.append(values, text, to: &bytes)
        } else if pairs != nil {
            refusal = appendPair(values, text, to: &bytes)
        } else if let records = fixed {
            refusal = appendFixed(values, text, records, to: &bytes)
        } else {
            refusal = appendDelimited(values, text, to: &bytes)
        }
        if refusal != nil { bytes.cut(to: start) } else { bytes.append(lineEnd.span) }
        return refusal
    }

    private mutating func appendPair(
        _ values: [ValueRange], _ text: Span<UInt8>, to bytes: inout RowText
    ) -> FieldRefusal? {
        if let refusal = appendDelimited(values, text, to: &bytes) { return refusal }
        switch pairs?.make(values, text) {
        case .refused(let refusal): return refusal
        case .pair:
            bytes.append(lineEnd.span)
            let (values, text) = (pairs?.endValues ?? [], pairs?.endText ?? [])
            return appendDelimited(values, text.span, to: &bytes)
        case .beginning, nil: return nil
        }
    }

    private mutating func appendDelimited(
        _ values: [ValueRange], _ text: Span<UInt8>, to bytes: inout RowText
    ) -> FieldRefusal? {
        var isBlank = true
        for place in fields.indices {
            if place > 0 { bytes.append(dialect.delimiter) }
            let field = fields[place]
            let value = text.extracting(values[field].range)
            if value.isEmpty { continue }
            isBlank = false
            var isSpecial = false
            var all: UInt8 = 0
            for index in value.indices {
                let byte = value[index]
                all |= byte
                if byte == 0x0A || byte == 0x0D {
                    return FieldRefusal(field: field, expected: "a text without line breaks")
                }
                if byte == dialect.delimiter || byte == dialect.quote || byte == dialect.escape { isSpecial = true }
            }
            let misleads = place == 0 && self.misleads(value)
            if misleads, !dialect.hasQuotes {
                return FieldRefusal(field: field, expected: "a text that does not begin like another line")
            }
            if !isSpecial, !misleads, encoding == .utf8 || all < 0x80 {
                bytes.append(value)
            } else if let refusal = appendSpecial(value, field, isQuoted: isSpecial || misleads, to: &bytes) {
                return refusal
            }
        }
        return isBlank ? FieldRefusal(field: fields.first ?? 0, expected: "a value in some field") : nil
    }

    /// Whether a first value would make its line something else than a record: a line that is left out, the beginning
    /// of an XML document, or one that a byte order mark seems to begin.
    private func misleads(_ value: Span<UInt8>) -> Bool {
        for prefix in prefixes where !prefix.isEmpty && prefix.count <= value.count {
            if value.extracting(first: prefix.count).isSame(as: prefix.span) { return true }
        }
        guard !hasHeader else { return false }
        var start = 0
        while start < value.count, value[start] == UInt8(ascii: " ") || value[start] == UInt8(ascii: "\t") {
            start += 1
        }
        return start < value.count && value[start] == UInt8(ascii: "<")
            || value[0] == 0xEF && value.count >= 3
                && value[1] == 0xBB && value[2] == 0xBF
    }

    /// Appends a value with bytes that mean something between fields, or with characters that are no ASCII.
    private mutating func appendSpecial(
        _ value: Span<UInt8>, _ field: Int, isQuoted: Bool, to bytes: inout RowText
    ) -> FieldRefusal? {
        line.removeAll(keepingCapacity: true)
        guard encoding.append(value, to: &line) else { return refusal(of: field) }
        guard dialect.hasQuotes else {
            for byte in line {
                if byte == dialect.delimiter || byte == dialect.escape {
                    guard let escape = dialect.escape else {
                        return FieldRefusal(
                            field: field,
                            expected:
                                "a text without '\(Character(Unicode.Scalar(dialect.delimiter)))', which ends a field")
                    }
                    bytes.append(escape)
                }
                bytes.append(byte)
            }
            return nil
        }
        if isQuoted { bytes.append(dialect.quote) }
        for byte in line {
            if byte == dialect.quote { bytes.append(byte) }
            bytes.append(byte)
        }
        if isQuoted { bytes.append(dialect.quote) }
        return nil
    }

    private func refusal(of field: Int) -> FieldRefusal {
        FieldRefusal(field: field, expected: "characters of \(encoding.rawValue)")
    }

    private mutating func appendFixed(
        _ values: [ValueRange], _ text: Span<UInt8>, _ records: FixedWidthRecords, to bytes: inout RowText
    ) -> FieldRefusal? {
        let type = records.types[typeNumber]
        line.removeAll(keepingCapacity: true)
        line.append(contentsOf: type.prefix.utf8)
        let length = type.length ?? type.fields.map(\.end).max() ?? line.count
        line.append(contentsOf: repeatElement(UInt8(ascii: " "), count: max(0, length - line.count)))
        var piece: [UInt8] = []
        for (place, field) in fields.enumerated() {
            let value = text.extracting(values[field].range)
            for index in value.indices where value[index] == 0x0A || value[index] == 0x0D {
                return FieldRefusal(field: field, expected: "a text without line breaks")
            }
            piece.removeAll(keepingCapacity: true)
            guard encoding.append(value, to: &piece) else { return refusal(of: field) }
            let start = type.fields[place].start
            for index in piece.indices where start + index < line.count { line[start + index] = piece[index] }
        }
        guard line.starts(with: type.prefix.utf8) else {
            let field = type.fields.firstIndex { $0.start < type.prefix.utf8.count }.map { fields[$0] } ?? 0
            return FieldRefusal(
                field: field, expected: "a text that begins with '\(type.prefix)', as every record of the format does")
        }
        guard records.type(of: line.span) == typeNumber else {
            return FieldRefusal(field: fields.first ?? 0, expected: "a record that does not begin like another line")
        }
        for (place, field) in fields.enumerated() {
            // Where fields share positions, both must have the same bytes there.
            piece.removeAll(keepingCapacity: true)
            _ = encoding.append(text.extracting(values[field].range), to: &piece)
            let start = type.fields[place].start
            guard piece.indices.allSatisfy({ start + $0 < line.count && line[start + $0] == piece[$0] }) else {
                return FieldRefusal(field: field, expected: "what the fields at the same positions hold")
            }
        }
        var added: [(total: Int, number: Int64)] = []
        for (number, total) in records.totals.enumerated() {
            guard let name = total.summedField else {
                added.append((number, 1))
                continue
            }
            guard let place = type.fields.firstIndex(where: { $0.name == name }) else { continue }
            guard let summand = total.number(text.extracting(values[fields[place]].range)) else {
                return FieldRefusal(field: fields[place], expected: "a number, which the trailer adds")
            }
            added.append((number, summand))
        }
        for (total, number) in added { totals.add(number, to: total) }
        bytes.append(line.span)
        return nil
    }
}
