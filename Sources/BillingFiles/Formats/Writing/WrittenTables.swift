/// Files of several tables as they are written: the table of the records, and those that its rows lead to.
///
/// A row that is led to is made of the values that its columns have, and its key is made of them as well: records that
/// say the same of it share it.
final class WrittenTables: Sendable {
    /// A table that records lead to.
    struct LedTo: Sendable {
        let name: [UInt8]
        let columns: [String]
        /// Which of the columns has the key.
        let keyPlace: Int
        /// The fields of the columns.
        let fields: [String]
        /// The column of the records with the key.
        let source: String
        /// Of its columns those that our columns feed.
        let fed: [String]
    }

    let records: TableRecords

    /// The columns of the records.
    let columns: [String]

    /// The other tables, in the order of the look-ups.
    let others: [LedTo]

    /// The tables of a profile, or why they cannot be written.
    ///
    /// - Parameters:
    ///   - fields: all fields in their order.
    ///   - sources: those that the mapping uses.
    static func make(
        _ records: TableRecords, fields: [String], sources: [String]
    ) -> Result<WrittenTables, WritingRefusal> {
        func led(to lookUp: TableRecords.LookUp, _ names: [String]) -> [String] {
            names.filter { $0.hasPrefix(lookUp.name + ".") }
        }
        var own = fields.filter { name in !records.lookUps.contains { name.hasPrefix($0.name + ".") } }
        var others: [LedTo] = []
        for lookUp in records.lookUps {
            let fed = led(to: lookUp, sources)
            if fed.isEmpty { continue }
            guard !sources.contains(lookUp.source), !fed.contains("\(lookUp.name).\(lookUp.key)") else {
                return .failure(
                    WritingRefusal("the key of its table \(lookUp.table) is one of our values, which others may share"))
            }
            guard lookUp.table != records.table, !others.contains(where: { $0.name == Array(lookUp.table.utf8) }) else {
                return .failure(WritingRefusal("its records lead twice to the table \(lookUp.table)"))
            }
            if !own.contains(lookUp.source) { own.append(lookUp.source) }
            let names = led(to: lookUp, fields).map { String($0.dropFirst(lookUp.name.count + 1)) }
            let columns = ordered(names.contains(lookUp.key) ? names : [lookUp.key] + names, records)
            others.append(
                LedTo(
                    name: Array(lookUp.table.utf8), columns: columns, keyPlace: columns.firstIndex(of: lookUp.key) ?? 0,
                    fields: columns.map { "\(lookUp.name).\($0)" }, source: lookUp.source, fed: fed))
        }
        return .success(WrittenTables(records, columns: ordered(own, records), others))
    }

    private init(_ records: TableRecords, columns: [String], _ others: [LedTo]) {
        self.records = records
        self.columns = columns
        self.others = others
    }

    /// Columns with the one in front by which the format is told.
    private static func ordered(_ columns: [String], _ records: TableRecords) -> [String] {
        [records.firstColumn] + columns.filter { $0 != records.firstColumn }
    }

    private func heading(_ name: [UInt8], _ columns: [String]) -> [UInt8] {
        let names = columns.map { Array($0.utf8) }.joined(separator: [records.delimiter])
        return Array(records.mark.utf8) + name + [UInt8(ascii: " ")] + names
    }

    /// The line in front of the first record.
    func prologue(lineEnd: [UInt8]) -> [UInt8] { heading(Array(records.table.utf8), columns) + lineEnd }

    /// The other tables with the rows that records lead to, in the order of their keys.
    func epilogue(_ rows: [Int: [[UInt8]: [UInt8]]], lineEnd: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        for (number, other) in others.enumerated() {
            bytes += heading(other.name, other.columns) + lineEnd
            for (_, row) in (rows[number] ?? [:]).sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
                bytes += row + lineEnd
            }
        }
        return bytes
    }

    /// How many bytes the records may have; more are refused when they are read, for they wait for the other tables.
    var mostBytes: UInt64? { others.isEmpty ? nil : ForeignXMLReader.longestWait }
}

/// Writes the fields of records as rows of tables, and reads each again as a line of them.
///
/// To be used by one thread; each has its own.
struct TableRowEncoder: Sendable {
    private let tables: WrittenTables
    private let lines: TableLines
    private let fields: [Int?]
    private let keys: [Int]
    private let others: [(fields: [Int?], key: Int, fed: [Int])]
    private let escapes: [(written: [UInt8], meant: [UInt8])]
    private var line: [UInt8] = []

    /// The rows that records lead to, by the number of the table and their keys.
    private(set) var rows: [Int: [[UInt8]: [UInt8]]] = [:]

    init(_ tables: WrittenTables, _ plan: WritingPlan) {
        self.tables = tables
        lines = TableLines(tables.records)
        fields = tables.columns.map { plan.number(of: $0) }
        keys = tables.others.map { tables.columns.firstIndex(of: $0.source) ?? 0 }
        others = tables.others.map { other in
            (
                other.fields.map { plan.number(of: $0) }, other.keyPlace,
                other.fed.compactMap { plan.number(of: $0) }
            )
        }
        escapes = tables.records.escapes.sorted { $0.key < $1.key }.map { (Array($0.key.utf8), Array($0.value.utf8)) }
    }

    /// Hands out the rows that records lead to and goes on without them.
    mutating func takeRows() -> [Int: [[UInt8]: [UInt8]]] {
        defer { rows = [:] }
        return rows
    }

    /// Appends a record; with a refusal `bytes` and the other tables are as they were.
    mutating func append(_ values: [ValueRange], _ text: Span<UInt8>, to bytes: inout RowText) -> FieldRefusal? {
        var led: [(key: [UInt8], row: [UInt8])] = []
        for other in others {
            let parts = other.fed.map { PercentText.encoded(text.extracting(values[$0].range)) }
            let key = Array(parts.joined(separator: [UInt8(ascii: "/")]))
            if let refusal = write(other.fields, keys: [other.key: key], values, text) { return refusal }
            led.append((key, line))
        }
        let keys = Dictionary(zip(keys, led.map(\.key)), uniquingKeysWith: { first, _ in first })
        if let refusal = write(fields, keys: keys, values, text) { return refusal }
        for (number, other) in led.enumerated() { rows[number, default: [:]][other.key] = other.row }
        let row = line
        bytes.append(row.span)
        return nil
    }

    /// Replaces `line` by a row, and reads it again.
    ///
    /// - Parameter keys: what stands at places that lead to other tables, or that are led to.
    private mutating func write(
        _ fields: [Int?], keys: [Int: [UInt8]], _ values: [ValueRange], _ text: Span<UInt8>
    ) -> FieldRefusal? {
        line.removeAll(keepingCapacity: true)
        for place in fields.indices {
            if place > 0 { line.append(tables.records.delimiter) }
            if let key = keys[place] {
                line += key
            } else if let field = fields[place] {
                let value = text.extracting(values[field].range)
                append(value)
                guard !value.holds(0x0D) else {
                    return FieldRefusal(field: field, expected: "a text without carriage returns")
                }
            }
        }
        guard lines.table(line[...]) == nil else {
            return FieldRefusal(field: nil, expected: "a row that does not begin like a table")
        }
        let cells = lines.fields(line[...])
        for place in fields.indices where keys[place] == nil {
            guard let field = fields[place] else { continue }
            let value = text.extracting(values[field].range)
            let isWhole = cells.count == fields.count || !value.holds(tables.records.delimiter)
            let isSame = cells.count != fields.count || lines.value(cells[place]).span.isSame(as: value)
            guard isWhole, isSame, !value.holds(0x0A) || !line.contains(0x0A) else {
                return FieldRefusal(field: field, expected: "a text that comes back from a row of a table")
            }
        }
        return nil
    }

    /// Appends a value with the texts that stand for what a row cannot hold.
    private mutating func append(_ value: Span<UInt8>) {
        var index = 0
        while index < value.count {
            let rest = value.extracting(index..<value.count)
            let escape = escapes.first { escape in
                !escape.meant.isEmpty && escape.meant.count <= rest.count
                    && rest.extracting(first: escape.meant.count).isSame(as: escape.meant.span)
            }
            if let escape {
                line += escape.written
                index += escape.meant.count
            } else {
                line.append(value[index])
                index += 1
            }
        }
    }
}
