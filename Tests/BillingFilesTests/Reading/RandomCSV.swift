import TestSupport

/// Random native files: sound, or with faults here and there.
struct RandomCSV {
    var random: SplitMix64

    init(seed: UInt64) { random = SplitMix64(seed: seed) }

    /// The header row and `count` rows of charges, some quoted, some with line breaks and doubled quotes in their ids.
    mutating func charges(_ count: Int, faultRarity: Int, lineEnd: String = "\n") -> [UInt8] {
        let header = "charge_id,subscription_id,kind,charged_on,period_start,period_end,amount,currency,status,note"
        return Array((header + lineEnd + (0..<count).map { row($0, faultRarity) + lineEnd }.joined()).utf8)
    }

    private mutating func row(_ number: Int, _ faultRarity: Int) -> String {
        var fields = [
            "C\(number)", "S\(random.below(50))", random.pick(["renewal", "refund", "one_off", "activation"]),
            "2025-0\(1 + random.below(9))-1\(random.below(10))", random.pick(["", "2025-01-05"]),
            random.pick(["", "2025-02-04"]), "\(random.below(100)).\(10 + random.below(90))",
            random.pick(["EUR", "USD", "KWD"]), random.pick(["posted", "failed", "pending"]),
            random.pick(["", "x", "a longer note that says nothing at all", "é€😀"]),
        ]
        if fields[4].isEmpty { fields[5] = "" }
        if random.once(in: faultRarity) {
            fields[random.below(9)] = random.pick(["", "2025-02-30", "no", "1,2", "9.999999", "\u{7F}", "é"])
        }
        if random.once(in: 4) {
            fields[0] = random.pick(["a,b", "a\nb", "say \"x\"", "l1\r\nl2\n", "\""]) + "\(number)"
        }
        if random.once(in: 6) { fields[1] = "S \"\(random.below(9))\"" }
        if random.once(in: 6) { fields[9] = String(repeating: "long,\n", count: random.below(30)) }
        return fields.map { random.once(in: 9) ? Self.quoted($0) : Self.quotedIfNeeded($0) }.joined(separator: ",")
    }

    private static func quoted(_ field: String) -> String {
        "\"" + field.replacing("\"", with: "\"\"") + "\""
    }

    private static func quotedIfNeeded(_ field: String) -> String {
        field.utf8.contains { [0x22, 0x2C, 0x0A, 0x0D].contains($0) } ? quoted(field) : field
    }
}
