import BillingFiles
import DelimitedText

/// How a delimited file is written, as far as it is declared, told by its beginning, or cannot be told.
enum ToldForm {
    /// The form of the file and of its values, and what tells them where nobody said so.
    case certain(DelimitedForm, ValueForms, why: String?)
    /// The rule that says what cannot be told.
    case ambiguous(InputRule, found: String, expected: String)

    /// Looks at the beginning of a file that was not read.
    static func make(_ source: InputSource, _ settings: DelimitedSettings) throws -> ToldForm {
        let sample = try source.peek(FormGuess.sampleSize)
        var form = settings.form ?? DelimitedForm(encoding: settings.encoding ?? .utf8)
        var why: [String] = []
        if settings.form == nil {
            switch FormGuess.make(sample, settings.definition, encoding: settings.encoding) {
            case .certain(let guessed, let reason):
                form = guessed
                if let reason { why.append(reason) }
            case .ambiguous(let rule, let found, let expected):
                return .ambiguous(rule, found: found, expected: expected)
            }
        }
        var values = ValueForms(decimal: settings.decimal ?? UInt8(ascii: "."), dateOrder: settings.dateOrder)
        // A native file with commas has points and dates of ISO 8601 by its definition.
        if case .native(let kind) = settings.definition, form.dialect != .native {
            switch ValueFormGuess.make(
                sample, form, names: kind?.columns, decimal: settings.decimal, order: settings.dateOrder)
            {
            case .certain(let guessed, let reasons):
                values = guessed
                why += reasons
            case .ambiguous(let rule, let found, let expected):
                return .ambiguous(rule, found: found, expected: expected)
            }
        }
        return .certain(form, values, why: why.isEmpty ? nil : why.joined(separator: "; "))
    }

    /// The forms, and what tells them.
    var parts: (DelimitedForm, ValueForms, guess: String?) {
        switch self {
        case .certain(let form, let values, let why): (form, values, why)
        case .ambiguous: (.native, ValueForms(), nil)
        }
    }
}
