import BillingFiles
import DelimitedText

/// How the amounts and dates of a native file in another dialect are written, told from its first records; or that it
/// cannot be told.
///
/// A value proves a form when it has a meaning in no other: `9,99`, `31/12/2025`. One that has a meaning in two, like
/// `1,234` or `03/04/2025`, proves nothing. Nothing is taken without a proof, and nothing that another value contradicts.
enum ValueFormGuess {
    /// The forms, and what proves them.
    case certain(ValueForms, why: [String])
    /// The rule that says what cannot be told.
    case ambiguous(InputRule, found: String, expected: String)

    private static let dates: Set<String> = [
        "charged_on", "period_start", "period_end", "activated_on", "ended_on", "effective_on", "until", "started_at",
    ]
    private static let amounts: Set<String> = ["amount", "price"]

    /// Tells the forms of a file that begins with these bytes; what is declared is not looked for.
    static func make(
        _ sample: [UInt8], _ form: DelimitedForm, names: [String]?, decimal: UInt8?, order: DateOrder?
    ) -> ValueFormGuess {
        var decimals = DecimalEvidence()
        var orders = DateOrderEvidence()
        let records = read(sample, form, names: names) { name, value in
            if amounts.contains(name) { decimals.add(value) }
            if dates.contains(name) { orders.add(value) }
        }
        var forms = ValueForms(decimal: decimal ?? UInt8(ascii: "."), dateOrder: order)
        var why: [String] = []
        let shown = records == 1 ? "the first record" : "the first \(records) records"
        if decimal == nil {
            switch decimals.verdict {
            case .nothing: break
            case .certain(let found):
                forms.decimal = found
                let name = found == UInt8(ascii: ",") ? "comma" : "point"
                why.append("amounts with a decimal \(name), \(decimals.proof) in \(shown)")
            case .ambiguous(let found):
                return .ambiguous(
                    .ambiguousDecimal, found: found, expected: "the decimal character named with --decimal")
            }
        }
        if order == nil {
            switch orders.verdict {
            case .nothing: break
            case .certain(let found):
                forms.dateOrder = found
                why.append("dates as \(found.title), \(orders.proof) in \(shown)")
            case .ambiguous(let found):
                return .ambiguous(
                    .ambiguousDateOrder, found: found, expected: "the order named with --date-order: ymd, dmy or mdy")
            }
        }
        return .certain(forms, why: why)
    }

    /// Hands out the values of whole records, by the names of their columns, and counts the records.
    private static func read(
        _ sample: [UInt8], _ form: DelimitedForm, names: [String]?, _ take: (String, [UInt8]) -> Void
    ) -> Int {
        let text = form.encoding.decoded(sample)
        var start = 0
        for _ in 0..<form.skippedLines {
            guard let lineEnd = text[start...].firstIndex(of: UInt8(ascii: "\n")) else { return 0 }
            start = lineEnd + 1
        }
        var columns = names ?? []
        if form.hasHeader {
            let header = HeaderRow.parseHeader(text.span.extracting(start..<text.count), dialect: form.dialect)
            columns = header.names.map { String(decoding: $0, as: UTF8.self) }
            start += header.endOffset
        }
        guard !columns.isEmpty, start < text.count else { return 0 }
        // The last record of a sample may be cut.
        let isWhole = sample.count < FormGuess.sampleSize
        var table = FieldTable()
        FieldScanner(fieldCount: columns.count, dialect: form.dialect, engine: .reference).scan(
            text.span.extracting(start..<text.count), isLast: true, into: &table)
        let records = max(0, table.recordCount - (isWhole ? 0 : 1))
        for record in 0..<records {
            for (field, name) in columns.enumerated() {
                let range = table.fieldRange(record: record, field: field)
                let raw = text.span.extracting((start + range.lowerBound)..<(start + range.upperBound))
                take(name, FieldText.value(of: raw, dialect: form.dialect))
            }
        }
        return records
    }
}

/// What some values say of a form.
enum FormVerdict<Form> {
    /// No value says anything.
    case nothing
    /// Some prove a form, and none proves another.
    case certain(Form)
    /// Several forms are possible, and why.
    case ambiguous(found: String)
}
