import BillingFiles

/// What the values of a field of a table schema are called in findings.
struct FieldWording: ColumnWording {
    /// What the type of the field is called.
    var type: String
    /// The rule that a value breaks that is none of the type.
    var typeRule = InputRule.invalidValue
    /// The constraints as the schema has them.
    var minimum = ""
    var maximum = ""
    /// Whether the bounds themselves are allowed.
    var includesMinimum = true
    var includesMaximum = true
    /// Whether lengths are numbers of items, and not of characters.
    var countsItems = false
    var leastLength = 0
    var mostLength = 0
    var pattern = ""
    var enumeration = ""

    func rule(_ fault: ValueFaults) -> InputRule {
        switch fault {
        case .missing: .missingValue
        case .notADate, .noSuchDay, .notATime, .notANumber, .wrongType: typeRule
        case .belowMinimum: .belowMinimum
        case .aboveMaximum: .aboveMaximum
        case .tooShort: .tooShort
        case .tooLong: .tooLong
        case .patternMismatch: .patternMismatch
        case .notInEnumeration: .notInEnumeration
        default: .invalidValue
        }
    }

    func expected(_ fault: ValueFaults, _ record: RecordValues) -> String {
        switch fault {
        case .noSuchDay: "a day of the calendar"
        case .belowMinimum: includesMinimum ? "\(minimum) or more" : "more than \(minimum)"
        case .aboveMaximum: includesMaximum ? "\(maximum) or less" : "less than \(maximum)"
        case .tooShort: "at least \(length(leastLength))"
        case .tooLong: "at most \(length(mostLength))"
        case .patternMismatch: "a text like \(pattern)"
        case .notInEnumeration: "one of \(enumeration)"
        default: type
        }
    }

    private func length(_ count: Int) -> String {
        let unit = countsItems ? "item" : "character"
        return count == 1 ? "1 \(unit)" : "\(count) \(unit)s"
    }
}
