import DelimitedText

/// Writes the fields of records as bytes of a file: between delimiters, or at positions of a line.
///
/// To be used by one thread; each has its own.
struct FieldEncoder: Sendable {
    private let plan: WritingPlan
    /// The fields of a record in their order.
    private let fields: [Int]
    private let prefixes: [[UInt8]]
    private let lineEnd: [UInt8]
    private var line: [UInt8] = []

    /// The totals of the records, where the format states some.
    private(set) var totals = StatedTotals()

    init(_ plan: WritingPlan) {
        self.plan = plan
        fields = plan.form.columns.compactMap { plan.number(of: $0) }
        lineEnd = plan.profile.writing.endsLinesWithCRLF ? [0x0D, 0x0A] : [0x0A]
        if case .delimited(let records, _, _) = plan.form.kind {
            prefixes = records.skippedPrefixes.map { Array($0.prefix.utf8) }
        } else {
            prefixes = []
        }
    }

    /// Takes the totals of the records since the last call.
    mutating func takeTotals() -> StatedTotals {
        defer { totals = StatedTotals() }
        return totals
    }

    /// Appends a record; with a refusal `bytes` are as they were.
    mutating func append(_ values: [ValueRange], _ text: Span<UInt8>, to bytes: inout [UInt8]) -> FieldRefusal? {
        let start = bytes.count
        let refusal: FieldRefusal?
        switch plan.form.kind {
        case .delimited(_, let dialect, let hasHeader):
            refusal = appendDelimited(values, text, dialect, hasHeader: hasHeader, to: &bytes)
        case .fixedWidth(let records, let type): refusal = appendFixed(values, text, records, type, to: &bytes)
        }
        if refusal != nil {
            bytes.removeLast(bytes.count - start)
        } else {
            bytes.append(contentsOf: lineEnd)
        }
        return refusal
    }

    private func appendDelimited(
        _ values: [ValueRange], _ text: Span<UInt8>, _ dialect: Dialect, hasHeader: Bool, to bytes: inout [UInt8]
    ) -> FieldRefusal? {
        var isBlank = true
        for (place, field) in fields.enumerated() {
            if place > 0 { bytes.append(dialect.delimiter) }
            let value = text.extracting(values[field].range)
            if value.isEmpty { continue }
            isBlank = false
            var isSpecial = false
            for index in value.indices {
                let byte = value[index]
                if byte == 0x0A || byte == 0x0D {
                    return FieldRefusal(field: field, expected: "a text without line breaks")
                }
                if byte == dialect.delimiter || byte == dialect.quote { isSpecial = true }
            }
            let misleads = place == 0 && self.misleads(value, hasHeader: hasHeader)
            if dialect.hasQuotes, isSpecial || misleads {
                if let refusal = appendQuoted(value, field, dialect, to: &bytes) { return refusal }
                continue
            }
            if misleads { return FieldRefusal(field: field, expected: "a text that does not begin like another line") }
            if dialect.hasQuotes {
                guard plan.profile.encoding.append(value, to: &bytes) else { return refusal(of: field) }
            } else if let refusal = appendPlain(value, field, dialect, to: &bytes) {
                return refusal
            }
        }
        return isBlank ? FieldRefusal(field: fields.first ?? 0, expected: "a value in some field") : nil
    }

    /// Whether a first value would make its line something else than a record: a line that is left out, the beginning
    /// of an XML document, or one that a byte order mark seems to begin.
    private func misleads(_ value: Span<UInt8>, hasHeader: Bool) -> Bool {
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

    private func appendQuoted(
        _ value: Span<UInt8>, _ field: Int, _ dialect: Dialect, to bytes: inout [UInt8]
    ) -> FieldRefusal? {
        bytes.append(dialect.quote)
        var start = 0
        for index in value.indices where value[index] == dialect.quote {
            guard plan.profile.encoding.append(value.extracting(start...index), to: &bytes) else {
                return refusal(of: field)
            }
            bytes.append(dialect.quote)
            start = index + 1
        }
        guard plan.profile.encoding.append(value.extracting(start..<value.count), to: &bytes) else {
            return refusal(of: field)
        }
        bytes.append(dialect.quote)
        return nil
    }

    private func appendPlain(
        _ value: Span<UInt8>, _ field: Int, _ dialect: Dialect, to bytes: inout [UInt8]
    ) -> FieldRefusal? {
        var start = 0
        for index in value.indices where value[index] == dialect.delimiter || value[index] == dialect.escape {
            guard let escape = dialect.escape else {
                return FieldRefusal(
                    field: field,
                    expected: "a text without '\(Character(Unicode.Scalar(dialect.delimiter)))', which ends a field")
            }
            guard plan.profile.encoding.append(value.extracting(start..<index), to: &bytes) else {
                return refusal(of: field)
            }
            bytes.append(escape)
            start = index
        }
        guard plan.profile.encoding.append(value.extracting(start..<value.count), to: &bytes) else {
            return refusal(of: field)
        }
        return nil
    }

    private func refusal(of field: Int) -> FieldRefusal {
        FieldRefusal(field: field, expected: "characters of \(plan.profile.encoding.rawValue)")
    }

    private mutating func appendFixed(
        _ values: [ValueRange], _ text: Span<UInt8>, _ records: FixedWidthRecords, _ number: Int,
        to bytes: inout [UInt8]
    ) -> FieldRefusal? {
        let type = records.types[number]
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
            guard plan.profile.encoding.append(value, to: &piece) else { return refusal(of: field) }
            let start = type.fields[place].start
            for index in piece.indices where start + index < line.count { line[start + index] = piece[index] }
        }
        guard line.starts(with: type.prefix.utf8) else {
            let field = type.fields.firstIndex { $0.start < type.prefix.utf8.count }.map { fields[$0] } ?? 0
            return FieldRefusal(
                field: field, expected: "a text that begins with '\(type.prefix)', as every record of the format does")
        }
        guard records.type(of: line.span) == number else {
            return FieldRefusal(field: fields.first ?? 0, expected: "a record that does not begin like another line")
        }
        for (place, field) in fields.enumerated() {
            // Where fields share positions, both must have the same bytes there.
            piece.removeAll(keepingCapacity: true)
            _ = plan.profile.encoding.append(text.extracting(values[field].range), to: &piece)
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
        bytes.append(contentsOf: line)
        return nil
    }
}
