import BillingFiles
import DelimitedText

/// How a delimited file of a schema is written, told from its beginning; or that it cannot be told.
///
/// The header row is what tells: with the right delimiter it holds the names of the schema's fields. Nothing is taken that
/// two delimiters would explain.
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

    /// Tells the form of a file that begins with these bytes.
    static func make(_ sample: [UInt8], _ schema: TableSchema, encoding named: TextEncoding? = nil) -> FormGuess {
        let known = Set(schema.fields.map { Array($0.name.utf8) })
        guard let encoding = named ?? encoding(sample) else {
            return .ambiguous(
                .ambiguousEncoding, found: "bytes that are no UTF-8",
                expected: "an encoding named with --encoding: ISO-8859-1, Windows-1252, UTF-16LE or UTF-16BE")
        }
        let text = encoding.decoded(sample)
        var best: [(form: DelimitedForm, name: String, hits: Int)] = []
        var start = 0
        for skipped in 0...mostSkippedLines where start < text.count {
            for (byte, name) in delimiters {
                let dialect = Dialect(delimiter: byte)
                let header = HeaderRow.parseHeader(text.span.extracting(start..<text.count), dialect: dialect)
                let hits = Set(header.names).intersection(known).count
                guard hits > 0, header.names.count > 1 || known.count == 1 else { continue }
                best.append((DelimitedForm(dialect: dialect, encoding: encoding, skippedLines: skipped), name, hits))
            }
            guard let lineEnd = text[start...].firstIndex(of: UInt8(ascii: "\n")) else { break }
            start = lineEnd + 1
        }
        // Without a name there is nothing to go by, and the usual form tells what is missing.
        guard let most = best.map(\.hits).max(), let first = best.first(where: { $0.hits == most }) else {
            return .certain(DelimitedForm(encoding: encoding), why: nil)
        }
        let others = best.filter { $0.hits == most && $0.form.skippedLines == first.form.skippedLines }
        guard others.count == 1 || known.count == 1 else {
            return .ambiguous(
                .ambiguousDialect, found: "a header row that \(others.map(\.name).joined(separator: " and ")) explain",
                expected: "a delimiter named with --delimiter")
        }
        let isUsual = first.form == DelimitedForm.native
        let lines = first.form.skippedLines
        let before = lines == 0 ? "" : " behind \(lines == 1 ? "1 line" : "\(lines) lines") of preamble"
        let why =
            "read as \(encoding.rawValue) with \(first.name)\(before): the header row then has \(most) of "
            + "\(known.count) names of the schema"
        return .certain(first.form, why: isUsual ? nil : why)
    }

    /// The encoding that a mark tells, or UTF-8; nil for anything else.
    private static func encoding(_ sample: [UInt8]) -> TextEncoding? {
        if sample.starts(with: [0xFF, 0xFE, 0, 0]) || sample.starts(with: [0, 0, 0xFE, 0xFF]) { return nil }
        if sample.starts(with: [0xFF, 0xFE]) { return .utf16LittleEndian }
        if sample.starts(with: [0xFE, 0xFF]) { return .utf16BigEndian }
        // UTF-16 without a mark is text with a NUL beside every letter.
        let zeros = sample.count { $0 == 0 }
        if zeros * 4 > sample.count { return nil }
        guard let invalid = UTF8Check.firstInvalidByte(in: sample.span) else { return .utf8 }
        // The sample may end inside a character; one wrong byte among sound ones is damage, many are another encoding.
        if sample.count - invalid < 4 { return .utf8 }
        var (good, bad) = (0, 0)
        var index = 0
        while index < sample.count {
            let rest = sample.span.extracting(index..<sample.count)
            guard let next = UTF8Check.firstInvalidByte(in: rest) else {
                good += rest.count - asciiCount(rest)
                break
            }
            let sound = rest.extracting(0..<next)
            good += sound.count - asciiCount(sound)
            bad += 1
            index += next + 1
        }
        return bad * 10 < good ? .utf8 : nil
    }

    private static func asciiCount(_ text: Span<UInt8>) -> Int {
        var count = 0
        for index in text.indices where text[index] < 0x80 { count += 1 }
        return count
    }
}
