/// Tells by its first line whether a file with several tables is of a format.
struct TablesOpening {
    private let profile: FormatProfile
    private let records: TableRecords
    private let beginning: [UInt8]

    init(_ profile: FormatProfile, _ records: TableRecords, _ beginning: [UInt8]) {
        self.profile = profile
        self.records = records
        self.beginning = beginning
    }

    func open() -> Result<ForeignFile, ForeignMismatch> {
        var line = beginning.prefix { $0 != UInt8(ascii: "\n") }
        if line.last == UInt8(ascii: "\r") { line = line.dropLast() }
        let table = TableLines(records).table(line)
        guard let table, table.columns.first == records.firstColumn, table.columns.count > 1 else {
            return .failure(
                ForeignMismatch(
                    found: table == nil ? "no table in the first line" : "a table with other columns",
                    expected: "a line '\(records.mark)table \(records.firstColumn)...' first"))
        }
        return .success(
            ForeignFile(
                profile: profile, form: .native, columns: [],
                reasons: ["its first line begins the table \(VisibleText.of(table.name.utf8))"], isCharacteristic: true,
                plan: MappingPlan(profile)))
    }
}
