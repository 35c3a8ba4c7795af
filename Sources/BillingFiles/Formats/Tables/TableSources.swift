/// Where the values of a mapping stand in the tables of a file.
struct TableSources {
    /// Where they stand in one table.
    struct Positions {
        /// For each source of the mapping its column among the records; for those of a look-up that of the key.
        var ofRecords: [Int?] = []
        /// For each look-up into this table the column of its key, and of each source its column.
        var ofLookUps: [(key: Int, values: [Int: Int])?] = []
        /// The columns that the table should have.
        var missing: [String] = []
        /// Whether anything is made of its rows.
        var isUsed = false
    }

    /// For each source of the mapping its look-up, if it is of one, and its column.
    let sources: [(lookUp: Int?, column: String)]
    private let records: TableRecords

    init(_ records: TableRecords, _ names: [String]) {
        self.records = records
        sources = names.map { name in
            for (number, lookUp) in records.lookUps.enumerated() where name.hasPrefix(lookUp.name + ".") {
                return (number, String(name.dropFirst(lookUp.name.count + 1)))
            }
            return (nil, name)
        }
    }

    /// Whether records wait for rows of other tables.
    var hasLookUps: Bool { sources.contains { $0.lookUp != nil } }

    /// Where the values stand in a table with these columns.
    func positions(in table: String, _ columns: [String]) -> Positions {
        var positions = Positions()
        func position(_ column: String) -> Int? {
            let found = columns.firstIndex(of: column)
            if found == nil, !positions.missing.contains(column) { positions.missing.append(column) }
            return found
        }
        if table == records.table {
            positions.isUsed = true
            positions.ofRecords = sources.map { source in
                position(source.lookUp.map { records.lookUps[$0].source } ?? source.column)
            }
        }
        for (number, lookUp) in records.lookUps.enumerated() {
            guard lookUp.table == table, sources.contains(where: { $0.lookUp == number }) else {
                positions.ofLookUps.append(nil)
                continue
            }
            positions.isUsed = true
            var values: [Int: Int] = [:]
            for (source, place) in sources.enumerated() where place.lookUp == number {
                values[source] = position(place.column)
            }
            positions.ofLookUps.append((position(lookUp.key) ?? 0, values))
        }
        return positions
    }
}

/// The rows of other tables that records may lead to.
struct FoundRows {
    /// For each look-up the values of its sources by the key of the row.
    private var rows: [[[UInt8]: [Int: HeldValue?]]]

    init(_ lookUps: Int) {
        rows = Array(repeating: [:], count: lookUps)
    }

    /// Adds a row; of two with one key nobody can tell which is meant.
    mutating func add(_ values: [Int: HeldValue?], key: [UInt8], to lookUp: Int) {
        guard rows[lookUp][key] == nil else {
            rows[lookUp][key] = values.mapValues { value in
                var doubtful = value ?? HeldValue(text: [])
                doubtful.isAmbiguous = true
                return doubtful
            }
            return
        }
        rows[lookUp][key] = values
    }

    /// A record with the values of the rows that it leads to, in place of their keys.
    func completed(_ record: WaitingRecord, _ sources: TableSources) -> WaitingRecord {
        var record = record
        for (number, source) in sources.sources.enumerated() {
            guard let lookUp = source.lookUp, var key = record.values[number] else { continue }
            if let row = rows[lookUp][key.text] {
                record.values[number] = row[number] ?? nil
            } else {
                // Of a row that is not there nobody can tell what it says.
                key.isAmbiguous = true
                record.values[number] = key
            }
        }
        return record
    }
}
