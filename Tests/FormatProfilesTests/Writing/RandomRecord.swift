import BillingFiles
import TestSupport

/// Random values of native columns: mostly tame ones, so that formats have something to write, and hostile ones among them.
struct RandomRecord {
    private static let hostile = [
        "a,b", "say \"hi\"", "a;b|c\td", " leading", "trailing ", "é€ß", "日本", "\u{FEFF}mark", "#comment", "<xml>",
        "a\\b",
        "\\,", "%41", "O'Neil", "a.b.c", "a-b-c", "two\nlines", "cr\rhere", "\"", "0", "-", "CDR", "TRL", ":", "H\u{1}",
        "1970-01-01", "NOTPROVIDED", String(repeating: "long", count: 40),
    ]

    /// The tame words of a column that has some, whatever a format calls them.
    private static let words: [String: [String]] = [
        "status": ["posted", "posted", "failed", "pending", "reversed"],
        "event": ["suspended", "ended", "free", "discounted"], "cycle": ["P1M", "P30D", "P1Y"],
        "payment_method": ["sdd", "card"], "offer": ["Easy", "Fibra 1000"],
    ]
    private static let currencies = ["EUR", "EUR", "GBP", "USD", "JPY", "KWD", "CLF"]

    /// A value for each of the columns.
    static func values(_ columns: [String], _ kind: NativeKind, _ random: inout SplitMix64) -> [String] {
        let isTame = Int.random(in: 0..<4, using: &random) > 0
        let currency = currencies.randomElement(using: &random) ?? "EUR"
        let hostileColumn = isTame ? nil : columns.randomElement(using: &random)
        return columns.map { column in
            if column == hostileColumn { return hostile.randomElement(using: &random) ?? "" }
            if column == "currency" { return currency }
            return value(column, kind, currency, &random)
        }
    }

    /// Values that a format has much to write of: an id of FatturaPA names the day, and what is collected is pending.
    static func values(_ columns: [String], of profile: FormatProfile, _ random: inout SplitMix64) -> [String] {
        var values = values(columns, profile.kind, &random)
        guard let id = columns.firstIndex(of: "charge_id"), let day = columns.firstIndex(of: "charged_on"),
            let status = columns.firstIndex(of: "status"), Int.random(in: 0..<8, using: &random) > 0
        else { return values }
        if profile.name == "fatturapa-1.2" {
            values[id] = "\(values[id])/\(values[day])/\(Int.random(in: 0...10_000, using: &random))"
        }
        if profile.name == "sepa-pain.008" { values[status] = "pending" }
        return values
    }

    private static func value(
        _ column: String, _ kind: NativeKind, _ currency: String, _ random: inout SplitMix64
    ) -> String {
        if let words = words[column] { return words.randomElement(using: &random) ?? "" }
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        switch column {
        case "record_id", "charge_id", "end_to_end_id":
            let number = Int.random(in: 1_000_000...9_999_999, using: &random)
            return [
                "CDR\(number)", "\(number)", "\(number % 50)/\(number % 7000)", "2025/\(number % 90)/\(number % 70)",
                "a0b1c2d3-0000-4000-8000-00000\(number)", "\(number)-2", "\(number).5",
            ].randomElement(using: &random) ?? ""
        case "subscription_id", "msisdn", "peer", "account_id", "refers_to":
            return "39\(Int.random(in: 100_000...99_999_999, using: &random))"
        case "kind":
            let words =
                kind == .usage
                ? ["voice", "voice", "voice", "sms", "data", "mms", "service"]
                : ["renewal", "renewal", "usage", "addon", "credit", "refund", "one_off", "activation", "adjustment"]
            return words.randomElement(using: &random) ?? ""
        case "started_at":
            let day =
                ["2025-03-30", "2025-10-26", "1999-12-31", "2024-02-29", "2071-07-01", "1969-12-31"]
                .randomElement(using: &random) ?? ""
            let clock =
                "\(two(Int.random(in: 0...23, using: &random))):\(two(Int.random(in: 0...59, using: &random))):"
                + two(Bool.random(using: &random) ? 0 : Int.random(in: 0...59, using: &random))
            let end = ["", "", "", "Z", "Z", "+02:00", "-03:30", ".000Z", ".5"].randomElement(using: &random) ?? ""
            return "\(day)T\(clock)\(end)"
        case "duration_s", "volume_bytes":
            let number = Int.random(in: 0...200_000, using: &random)
            return [
                "\(number)", "\(number / 60 * 60)", "\(number % 100)", column == "duration_s" ? "0" : "",
                "",
                "\(number)0000000",
            ].randomElement(using: &random) ?? ""
        case "amount", "price", "value":
            let number = Int.random(in: -99_999...999_999_999, using: &random)
            let decimals = String("\(1000 + abs(number) % 1000)".suffix(["JPY": 0, "KWD": 3, "CLF": 3][currency] ?? 2))
            let exact = "\(number / 1000)" + (decimals.isEmpty ? "" : ".\(decimals)")
            return [
                exact, exact, exact, exact, "\(number / 1000)", "\(number / 1000).5", "\(number / 1000).\(decimals)00",
                "-0.05", "0.00", "90000000000000.99", kind == .usage ? "" : exact,
            ].randomElement(using: &random) ?? ""
        default:
            let isLate = column == "period_end" || column == "until"
            let month = Int.random(in: isLate ? 7...12 : 1...6, using: &random)
            let day = Int.random(in: 1...28, using: &random)
            let isOpen = ["period_start", "period_end", "ended_on", "until"].contains(column)
            return isOpen && Int.random(in: 0..<4, using: &random) == 0 ? "" : "2025-\(two(month))-\(two(day))"
        }
    }
}
