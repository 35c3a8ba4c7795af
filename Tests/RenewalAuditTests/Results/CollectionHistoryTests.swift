import BillingRecords
import BillingValues
import RenewalAudit
import TestSupport
import Testing

/// What became of a charge follows from its export and from what banks say, in whatever order the files come.
@Suite struct CollectionHistoryTests {
    /// Results from words: a letter (accepted, booked, refused, returned), a day, and `'` for each further file.
    private static func results(_ text: String) -> [BankResult] {
        text.split(separator: " ").map { word in
            let status: ChargeStatus =
                switch word.first {
                case "a": .pending
                case "b": .posted
                case "f": .failed
                default: .reversed
                }
            let day = Int(word.dropFirst().prefix { $0.isNumber }) ?? 0
            return BankResult(
                status: status, decidedOn: CivilDate(year: 2025, month: 3, day: day),
                amount: Money(minorUnits: 999, currency: .eur), reason: [], file: word.count { $0 == "'" }, line: day)
        }
    }

    private static let amount = Money(minorUnits: 999, currency: .eur)

    @Test(
        arguments: [
            // Sent, and what follows.
            ("pending", "", "pending"), ("pending", "a1", "pending"), ("pending", "b3", "posted"),
            ("pending", "f2", "failed"), ("pending", "r9", "reversed"), ("pending", "a1 b3", "posted"),
            ("pending", "a1 b3 r9", "reversed"), ("pending", "b3 r3", "reversed"),
            // Presented again.
            ("pending", "f2 b8", "posted"), ("pending", "b3 r9 a10 b12", "posted"), ("pending", "b3 r9 a10", "pending"),
            ("pending", "b3 r9 b12 r20", "reversed"),
            // Accepted says nothing about money that was booked.
            ("pending", "b3 a5", "posted"), ("posted", "a5", "posted"), ("failed", "a5", "failed"),
            // A return that is told as a refusal, and one that is told twice.
            ("pending", "b3 f9", "reversed"), ("pending", "b3 r9 f10", "reversed"),
            ("pending", "b3 f9 r10", "reversed"),
            // The export says one thing, the bank another: the bank has the money or has it not.
            ("posted", "f2", "failed"), ("posted", "b3", "posted"), ("posted", "r9", "reversed"),
            ("reversed", "b3", "reversed"), ("reversed", "f2", "reversed"), ("reversed", "b3 r9 b12", "posted"),
            ("failed", "f2 b8", "posted"), ("failed", "r9", "reversed"),
            ("failed", "b3", "exported_as_failed"), ("failed", "a1 b3", "exported_as_failed"),
            // One booking in two files is one; two in one file, or on two days, are not.
            ("pending", "b3 b3'", "posted"), ("pending", "b3 b3", "booked_twice"),
            ("pending", "b3 b4'", "booked_twice"),
            ("pending", "f3 b3", "order"), ("pending", "b3 r3 b3", "booked_twice"),
        ])
    func whatBecameOfACharge(exported: String, said: String, expected: String) throws {
        let status = try #require(ChargeStatus.allCases.first { $0.word == exported })
        let results = Self.results(said)
        for results in [results, results.reversed()] {
            let history = CollectionHistory(exported: status, amount: Self.amount, results: results)
            #expect(history.contradiction?.rawValue ?? history.status.word == expected)
            if history.contradiction != nil { #expect(history.status == .pending && history.deciding == nil) }
        }
    }

    @Test func aResultOfAnotherAmountOrCurrencyProvesNothing() {
        let results = Self.results("b3")
        let other = Money(minorUnits: 998, currency: .eur)
        #expect(CollectionHistory(exported: .posted, amount: other, results: results).contradiction == .amount)
        let dollars = Money(minorUnits: 999, currency: .usd)
        #expect(CollectionHistory(exported: .posted, amount: dollars, results: results).contradiction == .currency)
        // Banks state amounts without a sign.
        let given = Money(minorUnits: -999, currency: .eur)
        #expect(CollectionHistory(exported: .pending, amount: given, results: results).status == .posted)
        // Results without an amount agree with every charge.
        let silent = results.map { result in
            var result = result
            result.amount = nil
            return result
        }
        #expect(CollectionHistory(exported: .pending, amount: other, results: silent).status == .posted)
        #expect(CollectionHistory(exported: .pending, amount: nil, results: results).status == .posted)
        var different = results + Self.results("r9")
        different[1].amount = other
        #expect(CollectionHistory(exported: .pending, amount: nil, results: different).contradiction == .amount)
    }

    @Test func aRejectedRowLeavesTheChargeInDoubt() {
        let row = BankResult(status: nil, decidedOn: nil, amount: nil, reason: [], file: 0, line: 9)
        let history = CollectionHistory(exported: .posted, amount: Self.amount, results: Self.results("b3") + [row])
        #expect(history.contradiction == .unreadable)
    }

    /// The plain model: one letter after the other through a table; `!` is a contradiction.
    private static let steps: [Character: [Character: Character]] = [
        "-": ["a": "-", "b": "P", "f": "F", "r": "R"], "P": ["a": "P", "b": "!", "f": "R", "r": "R"],
        "F": ["a": "W", "b": "P", "f": "F", "r": "R"], "R": ["a": "W", "b": "P", "f": "R", "r": "R"],
        "W": ["a": "W", "b": "P", "f": "F", "r": "R"],
    ]

    private static func model(_ exported: ChargeStatus, _ results: [BankResult]) -> String {
        if results.contains(where: { $0.status == nil }) { return "unreadable" }
        if results.contains(where: { $0.amount.map { $0.currency != .eur } ?? false }) { return "currency" }
        if results.contains(where: { $0.amount.map { $0.minorUnits != 999 } ?? false }) { return "amount" }
        let letters: [(ChargeStatus, Character)] = [(.pending, "a"), (.posted, "b"), (.failed, "f"), (.reversed, "r")]
        var state: Character = "-"
        var sawFailure = false
        for day in 1...9 {
            let ofDay = results.filter { $0.decidedOn == CivilDate(year: 2025, month: 3, day: day) }
            var word = ""
            for (status, letter) in letters {
                let counts = (0..<3).map { file in ofDay.count { $0.status == status && $0.file == file } }
                let count = counts.max() ?? 0
                word += String(repeating: letter, count: letter == "b" ? count : min(1, count))
            }
            if word.contains("b") && word.contains("f") { return "order" }
            for letter in word {
                state = steps[state]?[letter] ?? "!"
                if state == "!" { return "booked_twice" }
                if letter == "f" || letter == "r" { sawFailure = true }
            }
        }
        switch state {
        case "P":
            if sawFailure || exported == .posted || exported == .pending { return "posted" }
            return exported == .failed ? "exported_as_failed" : "reversed"
        case "F": return exported == .reversed ? "reversed" : "failed"
        case "R": return "reversed"
        case "W": return "pending"
        default: return exported.word
        }
    }

    @Test func everySequenceOfResultsIsThatOfThePlainModel() {
        var random = SplitMix64(seed: testSeed)
        var wrong = Mismatches()
        var seen: [String: Int] = [:]
        for _ in 0..<5_000 {
            var results: [BankResult] = []
            for _ in 0..<random.below(7) {
                let isUnreadable = random.once(in: 60)
                var amount: Money? = random.once(in: 4) ? nil : Self.amount
                if random.once(in: 40) { amount = Money(minorUnits: 998, currency: .eur) }
                if random.once(in: 60) { amount = Money(minorUnits: 999, currency: .usd) }
                results.append(
                    BankResult(
                        status: isUnreadable ? nil : random.pick(ChargeStatus.allCases),
                        decidedOn: isUnreadable ? nil : CivilDate(year: 2025, month: 3, day: random.number(1...9)),
                        amount: isUnreadable ? nil : amount, reason: [], file: random.below(3), line: 1))
            }
            let exported = random.pick(ChargeStatus.allCases)
            let history = CollectionHistory(exported: exported, amount: Self.amount, results: results)
            let shuffled = CollectionHistory(
                exported: exported, amount: Self.amount, results: results.shuffled(using: &random))
            let found = history.contradiction?.rawValue ?? history.status.word
            let expected = Self.model(exported, results)
            seen[expected, default: 0] += 1
            let text = results.map { "\($0.status?.word ?? "?")\($0.decidedOn.map { "\($0)" } ?? "")/\($0.file)" }
            wrong.check(
                found == expected
                    && (shuffled.status, shuffled.contradiction) == (history.status, history.contradiction),
                "seed \(testSeed): \(exported.word), \(text): \(found), expected \(expected)")
            // Whoever decides says so.
            if let deciding = history.deciding { wrong.check(results.indices.contains(deciding), "\(text)") }
        }
        #expect(wrong.count == 0, "\(wrong.shown)")
        // Every end occurs, so that nothing is proved about nothing.
        #expect(seen.count == 4 + 6, "\(seen)")
    }
}
