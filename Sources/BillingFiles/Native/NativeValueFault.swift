import BillingValues

/// One value of a row that is not what its column holds.
struct NativeValueFault {
    /// The name of the column.
    let column: String

    /// The rule that the value breaks.
    let rule: InputRule

    /// What the column holds.
    let expected: String

    /// A value that must not be empty.
    static func missing(_ column: String, _ expected: String) -> NativeValueFault {
        NativeValueFault(column: column, rule: .missingValue, expected: expected)
    }

    /// A row that does not say whose it is.
    static let missingSubscription = NativeValueFault(
        column: "subscription_id", rule: .missingSubscription, expected: "the id of a subscription")

    /// What is wrong with a word of a closed list.
    static func word(_ text: [UInt8], in column: String, rule: InputRule, known: [String]) -> [NativeValueFault] {
        if text.isEmpty { return [.missing(column, "one of \(known.joined(separator: ", "))")] }
        if known.contains(String(decoding: text, as: UTF8.self)) { return [] }
        return [NativeValueFault(column: column, rule: rule, expected: "one of \(known.joined(separator: ", "))")]
    }

    /// What is wrong with a date.
    static func date(_ text: [UInt8], in column: String, isRequired: Bool) -> [NativeValueFault] {
        if text.isEmpty { return isRequired ? [.missing(column, "a date as YYYY-MM-DD")] : [] }
        switch CivilDate.fault(in: text.span) {
        case nil: return []
        case .notADate:
            return [NativeValueFault(column: column, rule: .invalidDate, expected: "a date as YYYY-MM-DD")]
        case .noSuchDay:
            return [NativeValueFault(column: column, rule: .invalidDate, expected: "a day of the calendar")]
        }
    }

    /// What is wrong with a currency.
    static func currency(_ text: [UInt8]) -> [NativeValueFault] {
        if text.isEmpty { return [.missing("currency", "a currency code of ISO 4217")] }
        if Currency(bytes: text.span) != nil { return [] }
        return [
            NativeValueFault(column: "currency", rule: .unknownCurrency, expected: "a currency code of ISO 4217")
        ]
    }

    /// What is wrong with an amount; without a currency only its form is judged.
    static func amount(_ text: [UInt8], in column: String, currency: Currency?) -> [NativeValueFault] {
        do throws(AmountFault) {
            _ = try Money.minorUnits(in: text.span, exponent: currency?.exponent ?? 4)
            return []
        } catch {
            switch error {
            case .empty: return [.missing(column, "an amount")]
            case .notAnAmount: return [invalidAmount(column, "an amount like 1234.50")]
            case .tooManyDecimals: return [invalidAmount(column, decimals(currency))]
            case .outOfRange: return [invalidAmount(column, "an amount that fits 64 bits of minor units")]
            }
        }
    }

    private static func invalidAmount(_ column: String, _ expected: String) -> NativeValueFault {
        NativeValueFault(column: column, rule: .invalidAmount, expected: expected)
    }

    private static func decimals(_ currency: Currency?) -> String {
        guard let currency else { return "an amount with at most 4 decimals" }
        return currency.exponent == 0
            ? "an amount without decimals (\(currency))"
            : "an amount with at most \(currency.exponent) decimals (\(currency))"
    }
}
