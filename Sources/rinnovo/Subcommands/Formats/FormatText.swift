import BillingFiles
import DelimitedText

/// What `rinnovo formats show` prints.
enum FormatText {
    /// A profile in lines for people.
    static func lines(_ profile: FormatProfile) -> [String] {
        var lines = ["\(profile.name): \(profile.title)", "records: \(profile.kind.rawValue)", layout(profile.layout)]
        if profile.encoding != .utf8 { lines.append("encoding: \(profile.encoding.rawValue)") }
        if !profile.source.isEmpty { lines.append("source: \(profile.source)") }
        lines += ["", "fields:"]
        let width = profile.fields.map(\.column.count).max() ?? 0
        for field in profile.fields {
            let blanks = String(repeating: " ", count: width - field.column.count)
            for (number, way) in field.ways.enumerated() {
                let name = number == 0 ? field.column + blanks : String(repeating: " ", count: width)
                lines.append("  \(name)  \(number == 0 ? "" : "else ")\(text(way))")
            }
        }
        if !profile.skips.isEmpty {
            lines += ["", "left out:"] + profile.skips.map { "  \($0.reason)" }
        }
        lines += ["", "written by 'convert --to':"] + writing(profile)
        if !profile.quirks.isEmpty { lines += ["", "to know:"] + profile.quirks.map { "  - \($0)" } }
        return lines
    }

    /// Whether files of the format are only read, in a line.
    static func use(_ profile: FormatProfile) -> String {
        switch WritingPlan.make(profile) {
        case .success: "it reads files, and 'convert --to' writes them"
        case .failure(let refusal):
            "it reads files and writes none: "
                + (refusal.column.map { "records would have no \($0), for " } ?? "") + refusal.reason
        }
    }

    /// Whether files of the format are written, which columns they carry, and what stands where no column feeds a field.
    private static func writing(_ profile: FormatProfile) -> [String] {
        switch WritingPlan.make(profile) {
        case .failure(let refusal):
            return ["  no: " + (refusal.column.map { "records would have no \($0): " } ?? "") + refusal.reason]
        case .success(let plan):
            var lines = ["  carried: " + plan.carried.joined(separator: ", ")]
            lines += plan.notCarried.map { "  not carried: \($0.column ?? ""): \($0.reason)" }
            let given = profile.writing.given.map(\.name)
            for (field, text) in plan.stated where !given.contains(field) {
                lines.append("  always: \(field): \(text)")
            }
            lines += profile.writing.given.map { name, value in
                let need = value.value.map { "else '\($0)'" } ?? (value.isOptional ? "if wanted" : "needed")
                return "  given by --set \(name)=... (\(need)): \(value.sentence)"
            }
            return lines
        }
    }

    private static func layout(_ layout: RecordLayout) -> String {
        switch layout {
        case .delimited(let records):
            let marks = records.dialects.map { "'\(Character(Unicode.Scalar($0.delimiter)))'" }
            let counts = records.layouts.map { "\($0.columns.count)" }.joined(separator: ", ")
            let header =
                switch records.header {
                case .none: "no header row"
                case .firstRow: "a header row"
                case .ifPresent: "a header row or none"
                case .marked(let mark): "a header row that begins with '\(mark)', or none"
                }
            return "layout: fields between \(marks.joined(separator: " or ")), \(header)"
                + (counts.isEmpty ? "" : "; known layouts of \(counts) fields")
        case .xml(let records):
            return "layout: XML elements " + records.records.map(\.path).joined(separator: ", ")
        case .json(let records):
            return "layout: JSON objects at " + records.records.joined(separator: ", ")
        case .tables(let records):
            return "layout: rows of the table \(records.table), one of several that lines with '\(records.mark)' begin"
        case .fixedWidth(let records):
            return "layout: fields at positions of lines that begin with "
                + records.types.map { "'\($0.prefix)'" }.joined(separator: ", ")
        }
    }

    private static func zone(_ form: TimeForm) -> String {
        let zone = form.place?.name ?? form.offset
        return zone.isEmpty ? "" : " (\(zone))"
    }

    private static func text(_ way: ValueWay) -> String {
        let parts = way.parts.map { part in
            switch part {
            case .source(let name): name
            case .constant(let text): "'\(text)'"
            case .place: "the place in the file"
            }
        }
        let meaning =
            switch way.conversion {
            case .text: ""
            case .time(let form): ", \(form.pattern.text)" + zone(form)
            case .duration(let form): ", a duration as \(form.rawValue)"
            case .amount: ", an amount"
            case .words(let map):
                ": " + map.words.sorted { $0.key < $1.key }.map { "\($0.key) is \($0.value)" }.joined(separator: ", ")
            }
        return parts.joined(separator: " + ") + meaning + (way.condition == nil ? "" : ", where it applies")
    }
}
