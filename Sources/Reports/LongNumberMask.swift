/// Hides what may be a phone or account number in text for people: runs of nine and more digits.
enum LongNumberMask {
    private static let shortestHidden = 9

    /// The text with all but the last three digits of long runs as asterisks.
    static func mask(_ text: String) -> String {
        var masked = ""
        var digits = ""
        for character in text {
            if character.isASCII, character.isNumber {
                digits.append(character)
            } else {
                masked += hidden(digits)
                digits = ""
                masked.append(character)
            }
        }
        return masked + hidden(digits)
    }

    private static func hidden(_ digits: String) -> String {
        guard digits.count >= shortestHidden else { return digits }
        return String(repeating: "*", count: digits.count - 3) + digits.suffix(3)
    }
}
