import BillingFiles
import BillingValues

/// What the values of native files are called in findings.
struct NativeWording: ColumnWording {
    /// What an empty value breaks.
    var missing = InputRule.missingValue
    /// What a word breaks that is none of the list.
    var word = InputRule.invalidValue
    /// What should stand there when nothing does, or when a word is unknown.
    var kind: String
    /// The column of the currency of an amount.
    var currency: Int?

    func rule(_ fault: ValueFaults) -> InputRule {
        switch fault {
        case .missing: missing
        case .notADate, .noSuchDay: .invalidDate
        case .notAnAmount, .tooManyDecimals, .amountOutOfRange: .invalidAmount
        case .negative: .negativePrice
        case .unknownWord: word
        case .unknownCurrency: .unknownCurrency
        case .notACycle: .invalidCycle
        case .notANumber: .invalidNumber
        case .notATime: .invalidTime
        default: .invalidValue
        }
    }

    func expected(_ fault: ValueFaults, _ record: RecordValues) -> String {
        switch fault {
        case .noSuchDay: return "a day of the calendar"
        case .negative: return "0 or more"
        case .amountOutOfRange: return "an amount that fits 64 bits of minor units"
        case .tooManyDecimals:
            guard let currency, let known = Currency(bytes: record[currency].span) else {
                return "an amount with at most 4 decimals"
            }
            let decimals = known.exponent == 0 ? "without decimals" : "with at most \(known.exponent) decimals"
            return "an amount \(decimals) (\(known))"
        default: return kind
        }
    }
}
