import BillingRecords
import BillingValues

/// Amounts as reports write them.
enum AmountText {
    /// A sum of any size as plain decimal text: "2747.25".
    static func plain(_ amount: Int128, exponent: Int) -> String {
        var digits = String(amount.magnitude)
        if exponent > 0 {
            if digits.count <= exponent { digits = String(repeating: "0", count: exponent + 1 - digits.count) + digits }
            digits.insert(".", at: digits.index(digits.endIndex, offsetBy: -exponent))
        }
        return (amount < 0 ? "-" : "") + digits
    }

    /// The sum of a tally's entry as plain decimal text.
    static func plain(_ entry: MoneyTally.Entry) -> String {
        plain(entry.amount, exponent: Currency(packedCode: entry.currency)?.exponent ?? 0)
    }

    /// The entry's currency code; empty where no amount could be read.
    static func code(_ entry: MoneyTally.Entry) -> String {
        Currency(packedCode: entry.currency)?.alphabeticCode ?? ""
    }

    /// Sums for people: "2,747.25 EUR + 10.00 USD".
    static func people(_ tally: MoneyTally) -> String {
        let parts = tally.sorted.filter { $0.currency != 0 }.map { people($0) }
        return parts.isEmpty ? "0" : parts.joined(separator: " + ")
    }

    /// The sum of a tally's entry for people: "2,747.25 EUR".
    static func people(_ entry: MoneyTally.Entry) -> String { grouped(plain(entry)) + " " + code(entry) }

    /// An amount for people: "2,747.25 EUR".
    static func people(_ amount: Money) -> String {
        grouped(amount.amountText) + " " + amount.currency.alphabeticCode
    }

    /// A count for people: "12,431".
    static func people(_ count: Int) -> String { grouped(String(count)) }

    /// A count of something for people: "1 renewal", "12,431 renewals".
    static func people(_ count: Int, _ noun: String, plural: String? = nil) -> String {
        "\(people(count)) \(count == 1 ? noun : plural ?? noun + "s")"
    }

    /// A count of something with a plural of its own: "2 recoveries".
    static func people(_ count: Int, _ noun: String, plural: String) -> String {
        "\(people(count)) \(count == 1 ? noun : plural)"
    }

    /// A share for people, rounded down to a tenth of a percent so that "100.0 %" means all of them.
    static func share(_ part: Int, of whole: Int) -> String {
        guard whole > 0 else { return "-" }
        let tenths = part * 1000 / whole
        return "\(tenths / 10).\(tenths % 10) %"
    }

    private static func grouped(_ text: String) -> String {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        var digits = String(parts[0])
        let sign = digits.hasPrefix("-") ? "-" : ""
        digits.removeFirst(sign.count)
        var whole = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { whole.append(",") }
            whole.append(digit)
        }
        return sign + whole + (parts.count > 1 ? "." + parts[1] : "")
    }
}
