import BillingFiles
import DelimitedText

/// How a delimited file is written, told from its beginning; or that it cannot be told.
///
/// The header row is what tells: with the right delimiter it holds the names of the schema's fields, or of a native file's
/// columns. Nothing is taken that two delimiters would explain.
enum FormGuess {
    /// The form, and what tells it.
    case certain(DelimitedForm, why: String?)
    /// The rule that says what cannot be told.
    case ambiguous(InputRule, found: String, expected: String)

    /// How many bytes of a file are looked at.
    static let sampleSize = 64 << 10
    /// How many lines may stand before the header row.
    private static let mostSkippedLines = 50
    private static let delimiters: [(byte: UInt8, name: String)] = [
        (UInt8(ascii: ","), "','"), (UInt8(ascii: ";"), "';'"), (UInt8(ascii: "|"), "'|'"),
        (UInt8(ascii: "\t"), "the tab"),
    ]

    /// A way to read the header row.
    private struct Reading {
        let form: DelimitedForm
        let name: String
        let hits: ExpectedColumns.Hits
    }

    /// Tells the form of a file that begins with these bytes.
    static func make(
        _ sample: [UInt8], _ definition: TableDefinition, encoding named: TextEncoding? = nil
    ) -> FormGuess {
        let columns = ExpectedColumns(definition)
        guard let encoding = named ?? encoding(sample) else {
            return withoutEncoding(sample, definition, columns)
        }
        // A native file in another encoding is told as such, unless somebody asks for it.
        if case .native = definition, named == nil, encoding != .utf8 { return .certain(.native, why: nil) }
        // Without a name there is nothing to go by, and the usual form tells what is missing.
        let readings = readings(encoding.decoded(sample), columns, encoding)
        guard let most = readings.map(\.hits.count).max(), let first = readings.first(where: { $0.hits.count == most })
        else { return .certain(DelimitedForm(encoding: encoding), why: nil) }
        let others = readings.filter {
            $0.hits.count == most && $0.form.skippedLines == first.form.skippedLines
        }
        guard others.count == 1 || columns.isOneColumn else {
            return .ambiguous(
                .ambiguousDialect, found: "a header row that \(others.map(\.name).joined(separator: " and ")) explain",
                expected: "a delimiter named with --delimiter")
        }
        let isUsual = first.form == DelimitedForm.native
        let lines = first.form.skippedLines
        let before = lines == 0 ? "" : " behind \(lines == 1 ? "1 line" : "\(lines) lines") of preamble"
        let why =
            "read as \(encoding.rawValue) with \(first.name)\(before): the header row then has \(most) of "
            + "\(first.hits.all) names of \(first.hits.title)"
        return .certain(first.form, why: isUsual ? nil : why)
    }

    /// Whether the beginning of a file shows that it is a table of what is validated.
    static func isTable(_ sample: [UInt8], _ definition: TableDefinition) -> Bool {
        let text = encoding(sample)?.decoded(sample) ?? TextEncoding.latin1.decoded(sample)
        return !readings(text, ExpectedColumns(definition), .utf8).isEmpty
    }

    /// All ways to read the header row in which it holds names that should be there, the first lines first.
    private static func readings(
        _ text: [UInt8], _ columns: ExpectedColumns, _ encoding: TextEncoding
    ) -> [Reading] {
        var readings: [Reading] = []
        var start = 0
        for skipped in 0...mostSkippedLines where start < text.count {
            for (byte, name) in delimiters {
                let dialect = Dialect(delimiter: byte)
                let header = HeaderRow.parseHeader(text.span.extracting(start..<text.count), dialect: dialect)
                guard let hits = columns.hits(header.names) else { continue }
                let form = DelimitedForm(dialect: dialect, encoding: encoding, skippedLines: skipped)
                readings.append(Reading(form: form, name: name, hits: hits))
            }
            guard let lineEnd = text[start...].firstIndex(of: UInt8(ascii: "\n")) else { break }
            start = lineEnd + 1
        }
        return readings
    }

    /// Of bytes that are no UTF-8 and have no mark.
    private static func withoutEncoding(
        _ sample: [UInt8], _ definition: TableDefinition, _ columns: ExpectedColumns
    ) -> FormGuess {
        // A native file with commas is UTF-8 by its definition, and is told where it is not.
        if case .native = definition {
            let forms = readings(TextEncoding.latin1.decoded(sample), columns, .utf8).map(\.form)
            if forms.isEmpty || forms.contains(.native) { return .certain(.native, why: nil) }
        }
        return .ambiguous(
            .ambiguousEncoding, found: "bytes that are no UTF-8",
            expected: "an encoding named with --encoding: ISO-8859-1, Windows-1252, UTF-16LE or UTF-16BE")
    }
}
