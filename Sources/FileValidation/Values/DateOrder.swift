import BillingValues

/// In which order dates name day, month and year.
///
/// Between them stands `-`, `/` or `.`, the same twice. The year has four digits; day and month have two, or one where the
/// year stands last, so that no date is the beginning of a longer one.
public enum DateOrder: String, CaseIterable, Sendable {
    /// 2025-12-31
    case yearMonthDay = "ymd"
    /// 31/12/2025
    case dayMonthYear = "dmy"
    /// 12/31/2025
    case monthDayYear = "mdy"

    /// What dates look like, for people.
    var title: String {
        switch self {
        case .yearMonthDay: "YYYY-MM-DD"
        case .dayMonthYear: "DD/MM/YYYY"
        case .monthDayYear: "MM/DD/YYYY"
        }
    }

    /// The day of a text in this order; nil when it is none.
    func date(_ text: Span<UInt8>) -> CivilDate? {
        guard let numbers = DateNumbers(text), let (year, month, day) = components(numbers) else { return nil }
        return CivilDate(year: year, month: month, day: day)
    }

    /// What is wrong with a text that is no date in this order.
    func fault(in text: Span<UInt8>) -> ValueFaults {
        guard let numbers = DateNumbers(text), components(numbers) != nil else { return .notADate }
        return .noSuchDay
    }

    private func components(_ numbers: DateNumbers) -> (year: Int, month: Int, day: Int)? {
        guard numbers.beginsWithYear == (self == .yearMonthDay) else { return nil }
        let (first, second, third) = numbers.values
        return switch self {
        case .yearMonthDay: (first, second, third)
        case .dayMonthYear: (third, second, first)
        case .monthDayYear: (third, first, second)
        }
    }
}

/// Three numbers with separators between them, one of them a year of four digits at either end.
struct DateNumbers {
    /// The numbers in the order of the text.
    let values: (Int, Int, Int)
    /// Whether the first is the year, and not the last.
    let beginsWithYear: Bool

    /// Takes a text apart; nil when it has another form.
    init?(_ text: Span<UInt8>) {
        guard (8...10).contains(text.count) else { return nil }
        var numbers = [0]
        var lengths = [0]
        var separator: UInt8 = 0
        for index in text.indices {
            let digit = text[index] &- UInt8(ascii: "0")
            if digit <= 9 {
                numbers[numbers.count - 1] = numbers[numbers.count - 1] * 10 + Int(digit)
                lengths[lengths.count - 1] += 1
                continue
            }
            let isSeparator = [UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: ".")].contains(text[index])
            guard isSeparator, separator == 0 || separator == text[index], numbers.count < 3 else { return nil }
            separator = text[index]
            numbers.append(0)
            lengths.append(0)
        }
        guard numbers.count == 3 else { return nil }
        // A date that ends with its day would be the beginning of another, were the day one digit.
        if lengths == [4, 2, 2] {
            beginsWithYear = true
        } else if lengths[2] == 4, (1...2).contains(lengths[0]), (1...2).contains(lengths[1]) {
            beginsWithYear = false
        } else {
            return nil
        }
        values = (numbers[0], numbers[1], numbers[2])
    }
}
