import TestSupport

/// Random records of native files, with the known columns first and no white space around their values: what comes
/// back byte for byte.
enum RandomNativeTable {
    private static let kinds = [
        [
            "charge_id", "subscription_id", "kind", "charged_on", "period_start", "period_end", "amount", "currency",
            "status",
        ],
        [
            "subscription_id", "msisdn", "offer", "activated_on", "ended_on", "cycle", "price", "currency",
            "payment_method", "calendar",
        ],
        ["subscription_id", "event", "effective_on", "until", "value"],
        [
            "record_id", "msisdn", "started_at", "kind", "duration_s", "volume_bytes", "peer", "amount", "currency",
        ],
    ]

    private static let names = [
        "note", "Customer name", "", "column", "é", "1st", "xml", "a:b", "\"q\"", "a,b", "line\nbreak", "a\r\nb", "<&>",
        "tab\t", "name", "日本", " ", "charge", "event2",
    ]

    private static let pieces = [
        "a", "B7", " ", ",", "\"", "\"\"", "\n", "\r", "\r\n", "&", "<", ">", "]]>", "&amp;", "<!-- -->", "</charge>",
        "é", "日本", "😀", "\u{FFFD}", "\t", "'", "2025-01-01", "a longer text of more than sixteen bytes", "\u{85}",
    ]

    /// The header row and up to 300 records.
    static func records(_ random: inout SplitMix64) -> [[String]] {
        let known = kinds.randomElement(using: &random) ?? []
        let further = names.filter { _ in Int.random(in: 0..<5, using: &random) == 0 }.shuffled(using: &random)
        let rarity = [1, 5, 200, 100_000].randomElement(using: &random) ?? 1
        let count = Int.random(in: 1...300, using: &random)
        let rows = (0..<count).map { _ in
            (known + further).map { name -> String in
                guard Int.random(in: 0..<rarity, using: &random) == 0 else {
                    return ["", "x", "2025-01-01", "9.99"].randomElement(using: &random) ?? ""
                }
                let text = (0..<Int.random(in: 0..<5, using: &random)).map { _ in
                    pieces.randomElement(using: &random) ?? ""
                }.joined()
                return known.contains(name) && name != "offer" ? withoutBlanksAround(text) : text
            }
        }
        return [known + further] + rows
    }

    /// Records as canonical CSV.
    static func text(_ records: [[String]]) -> String {
        records.map { record in
            record.map { field in
                // By scalars: CR and LF make one character of Swift's.
                guard field.unicodeScalars.contains(where: { ",\"\r\n".unicodeScalars.contains($0) }) else {
                    return field
                }
                return "\"" + field.replacing("\"", with: "\"\"") + "\""
            }.joined(separator: ",") + "\n"
        }.joined()
    }

    private static func withoutBlanksAround(_ text: String) -> String {
        var scalars = Array(text.unicodeScalars)
        let blanks: [Unicode.Scalar] = [" ", "\t", "\n", "\r"]
        while let first = scalars.first, blanks.contains(first) { scalars.removeFirst() }
        while let last = scalars.last, blanks.contains(last) { scalars.removeLast() }
        return String(String.UnicodeScalarView(scalars))
    }
}
