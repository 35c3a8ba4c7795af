import DelimitedText

/// Finds out how a delimited file of a format is written: its dialect, and the names of its columns.
struct DelimitedOpening {
    private let profile: FormatProfile
    private let records: DelimitedRecords
    private let text: [UInt8]
    private let isWhole: Bool
    private let plan: MappingPlan

    /// How many records at the beginning of a file are looked at.
    static let sampleSize = 100

    init(_ profile: FormatProfile, _ records: DelimitedRecords, _ text: [UInt8], isWhole: Bool) {
        self.profile = profile
        self.records = records
        self.text = text.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(text.dropFirst(3)) : text
        self.isWhole = isWhole
        plan = MappingPlan(profile)
    }

    /// The columns of a file, and how it is known that they are these.
    private struct Names {
        var columns: [String]
        var reason: String
        var hasHeader = false
        var isCharacteristic: Bool
    }

    func open() -> Result<ForeignFile, ForeignMismatch> {
        var fitting: [(Dialect, Names)] = []
        var mismatch: ForeignMismatch?
        for dialect in records.dialects {
            switch names(dialect) {
            case .success(let names): fitting += names.map { (dialect, $0) }
            case .failure(let why): mismatch = mismatch ?? why
            }
        }
        guard let (dialect, names) = fitting.first else {
            return .failure(mismatch ?? ForeignMismatch(found: "no record", expected: "at least one record"))
        }
        guard fitting.count == 1 else {
            return .failure(
                ForeignMismatch(
                    found: "records that \(fitting.count) layouts fit", expected: "records that one layout fits"))
        }
        let form = DelimitedForm(
            dialect: dialect, encoding: profile.encoding, hasHeader: names.hasHeader,
            skippedLines: records.skippedLines)
        return .success(
            ForeignFile(
                profile: profile, form: form, columns: names.columns, reasons: [names.reason],
                isCharacteristic: names.isCharacteristic, plan: plan))
    }

    private func names(_ dialect: Dialect) -> Result<[Names], ForeignMismatch> {
        let sample = RecordSample(text, isWhole: isWhole, dialect: dialect, skipping: records)
        guard let first = sample.records.first else {
            return .failure(ForeignMismatch(found: "no record", expected: "at least one record"))
        }
        switch records.header {
        case .firstRow: return header(first).map { [$0] }
        case .ifPresent:
            if case .success(let names) = header(first) { return .success([names]) }
            return layouts(sample.records)
        case .marked(let mark):
            guard let name = first.first, name.starts(with: mark.utf8) else { return layouts(sample.records) }
            return header([Array(name.dropFirst(mark.utf8.count))] + first.dropFirst()).map { [$0] }
        case .none: return layouts(sample.records)
        }
    }

    /// The names in a header row, if it has all that are needed.
    private func header(_ row: [[UInt8]]) -> Result<Names, ForeignMismatch> {
        let columns = row.map { String(decoding: $0, as: UTF8.self) }
        let needed = plan.sources.filter { !records.optionalColumns.contains($0) }
        let missing = needed.filter { !columns.contains($0) }
        guard missing.isEmpty else {
            return .failure(
                ForeignMismatch(
                    found: "no column " + missing.prefix(5).joined(separator: ", "),
                    expected: "the columns " + needed.joined(separator: ", ")))
        }
        for name in plan.sources where columns.count(where: { $0 == name }) > 1 {
            return .failure(ForeignMismatch(found: "two columns \(name)", expected: "each name once"))
        }
        return .success(
            Names(
                columns: columns, reason: "its header row has the columns \(needed.joined(separator: ", "))",
                hasHeader: true, isCharacteristic: needed.count > 2))
    }

    /// The layouts that fit all records that are not left out.
    private func layouts(_ sample: [[[UInt8]]]) -> Result<[Names], ForeignMismatch> {
        let counts = Set(sample.map(\.count))
        let known = Set(records.layouts.map { "\($0.columns.count)" + ($0.allowsMore ? " or more" : "") }).sorted()
            .joined(separator: ", ")
        guard counts.count == 1, let count = counts.first else {
            return .failure(
                ForeignMismatch(
                    found: "records of \(counts.sorted().map { "\($0)" }.joined(separator: " and ")) fields",
                    expected: "records of \(known) fields"))
        }
        let ofCount = records.layouts.filter {
            $0.allowsMore ? $0.columns.count <= count : $0.columns.count == count
        }
        guard !ofCount.isEmpty else {
            return .failure(
                ForeignMismatch(found: "records of \(count) fields", expected: "records of \(known) fields"))
        }
        let fitting = ofCount.filter { fits(sample, $0) }
        guard !fitting.isEmpty else {
            return .failure(
                ForeignMismatch(
                    found: "\(count) fields with other values", expected: "values as the layouts of \(count) have them")
            )
        }
        return .success(
            fitting.map { layout in
                Names(
                    columns: layout.columns + (layout.columns.count..<count).map { "field \($0 + 1)" },
                    reason: "its records have \(count) fields"
                        + (layout.condition == nil ? "" : " with values as the layout has them"),
                    isCharacteristic: layout.condition != nil)
            })
    }

    /// Whether records are as a layout has them, but for those that are left out; these are no majority.
    private func fits(_ sample: [[[UInt8]]], _ layout: ColumnLayout) -> Bool {
        guard let condition = layout.condition else { return true }
        let others = sample.filter { !holds(condition, $0, layout.columns) }
        return others.count * 2 <= sample.count
            && others.allSatisfy { record in
                profile.skips.contains { holds($0.condition, record, layout.columns) }
            }
    }

    private func holds(_ condition: RecordCondition, _ record: [[UInt8]], _ columns: [String]) -> Bool {
        var names = SourceNames()
        let planned = PlannedCondition(condition, &names)
        var text: [UInt8] = []
        let values = names.all.map { name -> ValueRange in
            guard let field = columns.firstIndex(of: name), record.indices.contains(field) else { return .absent }
            let start = text.count
            text += record[field]
            return ValueRange(start..<text.count)
        }
        return planned.holds(text.span, values)
    }
}

/// The first records of a text, whatever their number of fields.
struct RecordSample {
    /// The values of the records.
    private(set) var records: [[[UInt8]]] = []

    init(_ text: [UInt8], isWhole: Bool, dialect: Dialect, skipping layout: DelimitedRecords) {
        var start = 0
        for _ in 0..<layout.skippedLines {
            guard let end = text[start...].firstIndex(of: UInt8(ascii: "\n")) else { return }
            start = end + 1
        }
        let cutter = RecordCutter(dialect: dialect)
        while start < text.count, records.count < DelimitedOpening.sampleSize {
            let rest = text.span.extracting(start..<text.count)
            var end = text.count
            if case .after(let length) = cutter.cutAfterFirst(rest) {
                end = start + length
            } else if !isWhole {
                return
            }
            defer { start = end }
            let line = text[start..<end]
            if layout.skippedPrefixes.contains(where: { $0.begins(line) }) { continue }
            records.append(HeaderRow.parseHeader(text.span.extracting(start..<end), dialect: dialect).names)
        }
    }
}

extension SkippedPrefix {
    /// Whether a line begins so; an empty prefix stands for a blank line.
    func begins(_ line: ArraySlice<UInt8>) -> Bool {
        if !prefix.isEmpty { return line.starts(with: prefix.utf8) }
        return line.allSatisfy { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
    }
}
