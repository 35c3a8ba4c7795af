public import BillingFiles
import DelimitedText
import SettingsText

/// A proposal of a profile for an unknown delimited file: what its beginning tells, and questions for the rest.
///
/// Nothing is decided where two answers fit: the proposal then names both in a comment, and `formats check` asks for what
/// is missing.
public struct ProfileScaffold {
    /// The section that says where records are.
    private let section: [String]
    private let names: [String]
    private let hasHeader: Bool
    private let columns: [[String]]

    /// The proposal for a file that begins so; nil when no delimiter gives rows of equally many fields.
    public init?(beginning: [UInt8], isWhole: Bool) {
        let candidates = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t"), UInt8(ascii: "|")]
            .map { Dialect(delimiter: $0) }
        var best: (dialect: Dialect, rows: [[String]])?
        for dialect in candidates {
            let rows = Self.rows(beginning, isWhole: isWhole, dialect)
            guard let width = rows.first?.count, width > 1, rows.allSatisfy({ $0.count == width }) else { continue }
            if width > best?.rows.first?.count ?? 1 { best = (dialect, rows) }
        }
        guard let (dialect, rows) = best else { return nil }
        // A header row has names only: no empty one, none that is a number or a time, none twice.
        let first = rows[0]
        let isHeader =
            Set(first).count == first.count
            && first.allSatisfy { name in
                !name.isEmpty && Self.patterns(of: [name]).isEmpty && !name.utf8.allSatisfy { $0 < 0x41 }
            }
        hasHeader = isHeader
        names = isHeader ? first : first.indices.map { "field\($0 + 1)" }
        let records = isHeader ? Array(rows.dropFirst()) : rows
        columns = first.indices.map { index in records.map { $0[index] } }
        let mark = dialect.delimiter == UInt8(ascii: "\t") ? "tab" : String(Unicode.Scalar(dialect.delimiter))
        var section = [
            "delimited:", "  delimiter: \"\(mark)\"", "  header: \(hasHeader ? "first-row" : "none")",
        ]
        if !hasHeader {
            section += ["  layouts:", "    - columns: [\(names.map(Self.quoted).joined(separator: ", "))]"]
        }
        self.section = section
    }

    /// The proposal for a document whose beginning holds this.
    public init(_ outline: DocumentOutline) {
        hasHeader = true
        names = outline.leaves.map(\.path)
        columns = outline.leaves.map(\.values)
        var section = [outline.isJSON ? "json:" : "xml:"]
        if !outline.namespaces.isEmpty {
            section.append("  namespaces:")
            section += outline.namespaces.map { "    \($0.prefix): \(Self.quoted($0.uri))" }
        }
        section.append("  records: [\(Self.quoted(outline.record))]  # the element that repeats")
        if outline.isJSON {
            let always = outline.leaves.filter { !$0.path.hasPrefix("..") && !$0.values.contains("") }.prefix(3)
            if !always.isEmpty {
                section.append("  when:  # what every record has, by which a file is recognised")
                section += always.map { "    - { column: \(Self.quoted($0.path)), empty: false }" }
            }
        }
        self.section = section
    }

    private static func rows(_ beginning: [UInt8], isWhole: Bool, _ dialect: Dialect) -> [[String]] {
        var (rows, start) = ([[String]](), 0)
        let cutter = RecordCutter(dialect: dialect)
        while start < beginning.count, rows.count < 200 {
            let rest = beginning.span.extracting(start..<beginning.count)
            var length = rest.count
            if case .after(let cut) = cutter.cutAfterFirst(rest) {
                length = cut
            } else if !isWhole {
                break
            }
            let header = HeaderRow.parseHeader(rest.extracting(0..<length), dialect: dialect)
            rows.append(header.names.map { String(decoding: $0, as: UTF8.self) })
            start += length
        }
        return rows
    }

    private static let knownPatterns = [
        "YYYY-MM-DD hh:mm:ss", "YYYY-MM-DDThh:mm:ss", "YYYY-MM-DDThh:mm:ssZ",
        "YYYY-MM-DDThh:mm:ss.fZ", "DD/MM/YYYY hh:mm:ss",
        "MM/DD/YYYY hh:mm:ss", "DD.MM.YYYY hh:mm:ss", "YYYY/MM/DD hh:mm:ss", "YYYYMMDDhhmmss", "DD/MM/YYYY hh:mm",
        "MM/DD/YYYY hh:mm", "DD.MM.YYYY hh:mm", "YYYY-MM-DD", "DD/MM/YYYY", "MM/DD/YYYY", "DD.MM.YYYY", "YYYY/MM/DD",
    ]

    /// The patterns that all values fit, the empty ones left aside.
    private static func patterns(of values: [String]) -> [String] {
        let present = values.filter { !$0.isEmpty }
        guard !present.isEmpty else { return [] }
        return knownPatterns.filter { text in
            guard let pattern = TimePattern(text) else { return false }
            return present.allSatisfy { pattern.isTime($0) }
        }
    }

    /// The profile as YAML, with comments.
    public var yaml: String {
        let times = columns.map { Self.patterns(of: $0) }
        let clocks = columns.indices.filter { index in
            times[index].contains { TimePattern($0)?.hasTime == true }
        }
        let isUsage = !clocks.isEmpty
        var lines = [
            "# A proposal made of the file's beginning. Every line is to be checked; questions stand in comments.",
            "name: mine", "record: \(isUsage ? "usage" : "charges")", "source: say where the list of fields comes from",
        ]
        lines += section
        lines.append("fields:")
        lines += isUsage ? usage(times, clocks) : charges(times)
        return lines.joined(separator: "\n") + "\n"
    }

    private func usage(_ times: [[String]], _ clocks: [Int]) -> [String] {
        var lines = [identifier("record_id")]
        lines.append(named("msisdn", ["msisdn", "caller", "calling", "src", "from", "cli", "number"]))
        lines += time("started_at", clocks, times)
        lines.append("  kind: { constant: voice }  # or a column with a map")
        lines.append(named("duration_s", ["billsec", "duration", "seconds"], ", duration: seconds"))
        lines.append(named("peer", ["called", "dst", "dest", "to_"]))
        lines += money()
        return lines
    }

    private func charges(_ times: [[String]]) -> [String] {
        var lines = [identifier("charge_id")]
        lines.append(named("subscription_id", ["subscription", "contract", "service", "cli", "account"]))
        lines.append(
            "  kind: { constant: renewal }  # or a column with a map: activation, renewal, addon, usage, one_off, ...")
        lines += time("charged_on", columns.indices.filter { !times[$0].isEmpty }, times)
        lines += money()
        lines.append("  status: { constant: posted }  # or a column with a map: posted, pending, failed, reversed")
        return lines
    }

    private func money() -> [String] {
        [
            named("amount", ["amount", "cost", "price", "total"], ", decimal: \"\(decimalMark)\""),
            named("currency", ["currency"]),
        ]
    }

    /// The mark that some value of digits has before its last digits.
    private var decimalMark: String {
        let comma = columns.contains { column in
            column.contains { $0.contains(",") }
                && column.allSatisfy { $0.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2C || $0 == 0x2D } }
        }
        return comma ? "," : "."
    }

    /// A column of ours from the first whose name holds one of these words.
    private func named(_ column: String, _ words: [String], _ meaning: String = "") -> String {
        let place = words.lazy.compactMap { word in
            names.firstIndex { $0.lowercased().contains(word) }
        }.first
        guard hasHeader, let place else { return "  # \(column): which field?" }
        return meaning.isEmpty
            ? "  \(column): \(Self.quoted(names[place]))"
            : "  \(column): { column: \(Self.quoted(names[place]))\(meaning) }"
    }

    /// An id: a column with another value in each record whose name says so, else the place in the file.
    private func identifier(_ column: String) -> String {
        let place = names.indices.first { index in
            names[index].lowercased().contains("id") && Set(columns[index]).count == columns[index].count
                && !columns[index].contains("")
        }
        guard hasHeader, let place else { return "  \(column): { place: true }  # or a field with an id" }
        return "  \(column): \(Self.quoted(names[place]))"
    }

    /// A time: the first column that is one, where one pattern alone fits.
    private func time(_ column: String, _ places: [Int], _ times: [[String]]) -> [String] {
        guard let place = places.first else { return ["  # \(column): which field, and how is it written?"] }
        let name = Self.quoted(names[place])
        guard times[place].count == 1 else {
            return ["  # \(column): \(name) may be " + times[place].joined(separator: " or ") + ": which?"]
        }
        let others = places.dropFirst().map { names[$0] }
        return [
            "  \(column): { column: \(name), date: \"\(times[place][0])\" }"
                + (others.isEmpty ? "" : "  # or " + others.joined(separator: ", "))
        ]
    }

    private static func quoted(_ name: String) -> String { SettingsValue.text(name).yaml.trimmed }
}

extension String {
    /// The text without the line end behind it.
    fileprivate var trimmed: String { hasSuffix("\n") ? String(dropLast()) : self }
}
