/// A CSV file read in the plainest way: the oracle has no code in common with the program.
struct CSVTable: Equatable {
    let columns: [String]
    let rows: [[String: String]]

    init(_ text: String) {
        var records = Self.records(text)
        columns = records.isEmpty ? [] : records.removeFirst()
        rows = records.map { [columns] fields in
            Dictionary(zip(columns, fields), uniquingKeysWith: { first, _ in first })
        }
    }

    init(_ bytes: [UInt8]) { self.init(String(decoding: bytes, as: UTF8.self)) }

    /// The values of some columns, row by row.
    func values(_ names: String...) -> [[String]] { rows.map { row in names.map { row[$0] ?? "" } } }

    /// The table without some columns.
    func without(_ names: Set<String>) -> [[String]] {
        let kept = columns.filter { !names.contains($0) }
        return rows.map { row in kept.map { row[$0] ?? "" } }
    }

    /// The fields of all records, the header row among them.
    static func records(_ text: String) -> [[String]] {
        var records: [[String]] = []
        var fields: [String] = []
        var field = ""
        var isQuoted = false
        var previous: Unicode.Scalar?
        for scalar in text.unicodeScalars {
            switch (isQuoted, scalar) {
            case (false, "\""):
                // A quote directly behind a closing one was a doubled quote.
                if previous == "\"" { field.unicodeScalars.append(scalar) }
                isQuoted = true
            case (true, "\""): isQuoted = false
            case (false, ","):
                fields.append(field)
                field = ""
            case (false, "\n"):
                records.append(fields + [field])
                fields = []
                field = ""
            case (false, "\r"), (false, "\u{FEFF}"): break
            default: field.unicodeScalars.append(scalar)
            }
            previous = scalar
        }
        if !field.isEmpty || !fields.isEmpty { records.append(fields + [field]) }
        return records
    }

    /// Records as text: every field in quotes, or only those that need them.
    static func text(_ records: [[String]], quotesAll: Bool = false) -> String {
        records.map { record in
            record.map { field in
                guard quotesAll || field.contains(where: { ",\"\r\n".contains($0) }) else { return field }
                return "\"" + field.replacing("\"", with: "\"\"") + "\""
            }.joined(separator: ",") + "\n"
        }.joined()
    }
}
