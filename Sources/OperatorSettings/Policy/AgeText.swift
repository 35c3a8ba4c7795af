import ArrearsRecovery

/// Spans of time in policy files: `30 days`, `2 weeks`, `24 months`, `5 years`.
enum AgeText {
    /// The longest span of either kind: a hundred years.
    private static let dayLimit = 36_600
    private static let monthLimit = 1_200

    /// The span that a text means; nil for anything else, and for spans of nothing.
    static func age(_ text: String) -> Limitation.Age? {
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 2, let count = Int(words[0]), count > 0, "\(count)" == words[0], count <= dayLimit else {
            return nil
        }
        switch words[1] {
        case "day", "days": return .days(count)
        case "week", "weeks": return count * 7 <= dayLimit ? .days(count * 7) : nil
        case "month", "months": return count <= monthLimit ? .months(count) : nil
        case "year", "years": return count * 12 <= monthLimit ? .months(count * 12) : nil
        default: return nil
        }
    }

    /// The text of a span, in days or months.
    static func text(_ age: Limitation.Age) -> String {
        switch age {
        case .days(let count): "\(count) \(count == 1 ? "day" : "days")"
        case .months(let count): "\(count) \(count == 1 ? "month" : "months")"
        }
    }
}
