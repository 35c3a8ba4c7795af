/// A fact that files of a format state and that no column of ours holds: who sells, by which number the state knows him.
public struct GivenValue: Hashable, Sendable {
    /// What a text must look like.
    public enum Form: String, CaseIterable, Sendable {
        /// Anything.
        case text
        /// A day of the calendar, as `2025-06-01`.
        case date
        /// A day and a time, as `2025-06-01T08:30:00`.
        case time
        /// A number from 0 to 100 with at most two decimals.
        case percent
        /// The two capitals of a country.
        case country
        /// Digits.
        case digits
        /// The number of an account, with its check digits.
        case iban
        /// The code of a bank.
        case bic
    }

    /// What it is, as a sentence.
    public var sentence: String

    /// What it must look like.
    public var form: Form

    /// Whether files can do without it.
    public var isOptional: Bool

    /// What was given, or what counts where nothing is; nil where whoever converts has to say.
    public var value: String?

    /// A fact.
    public init(_ sentence: String, form: Form = .text, isOptional: Bool = false, value: String? = nil) {
        self.sentence = sentence
        self.form = form
        self.isOptional = isOptional
        self.value = value
    }
}

extension FormatWriting {
    /// The facts that whoever converts may state, by their names.
    public var given: [(name: String, value: GivenValue)] {
        fillings.sorted { $0.key < $1.key }.compactMap { entry in
            if case .given(let value) = entry.value { (name: entry.key, value: value) } else { nil }
        }
    }

    /// The facts that are missing: no file can be written before somebody states them.
    public var missing: [(name: String, value: GivenValue)] {
        given.filter { $0.value.value == nil && !$0.value.isOptional }
    }

    /// Takes a fact.
    ///
    /// - Returns: false where there is none of that name.
    public mutating func give(_ text: String, for name: String) -> Bool {
        guard case .given(var value)? = fillings[name] else { return false }
        value.value = text
        fillings[name] = .given(value)
        return true
    }
}
