import Testing

@testable import BillingFiles

/// A file that was cut looks like one whose last line end was left out; only some last values tell them apart.
@Suite("The last row of a file without a final line end")
struct LastRowTests {
    /// A file of charges without a line end behind it, and what is found in it.
    struct Case: CustomTestStringConvertible {
        let last: String
        let row: String
        let rules: [InputRule]
        var testDescription: String { "\(last): \(row)" }

        init(_ last: String, _ row: String, _ rules: InputRule...) {
            (self.last, self.row, self.rules) = (last, row, rules)
        }
    }

    private static let sound = [
        "charge_id": "C1", "subscription_id": "S1", "kind": "renewal", "charged_on": "2025-02-03", "period_start": "",
        "period_end": "", "amount": "1.00", "currency": "EUR", "status": "posted",
    ]

    static let charges = [
        Case("status", "posted"), Case("status", "\"posted\""), Case("currency", "EUR"),
        Case("charged_on", "\"2025-02-03\""), Case("kind", "renewal"), Case("period_start", "2025-02-03"),
        Case("charge_id", "\"C1\""), Case("amount", "\"1.00\""),
        Case("charge_id", "C1", .truncatedLastRow), Case("subscription_id", "S1", .truncatedLastRow),
        Case("amount", "1.00", .truncatedLastRow), Case("amount", "1", .truncatedLastRow),
        Case("period_start", "", .truncatedLastRow), Case("note", "", .truncatedLastRow),
        Case("note", "x", .truncatedLastRow), Case("note", "\"x\""),
        Case("status", "post", .unknownStatus, .truncatedLastRow),
        Case("currency", "EU", .unknownCurrency, .truncatedLastRow),
        Case("charged_on", "2025-02-0", .invalidDate, .truncatedLastRow),
        // A time of day may have followed.
        Case("charged_on", "2025-02-03", .truncatedLastRow),
        Case("status", "", .missingValue, .truncatedLastRow), Case("status", "\"posted", .unclosedQuote),
        // Words of columns that a charges file does not know are not judged, so they tell nothing.
        Case("ended_on", "2025-02-0", .truncatedLastRow), Case("activated_on", "2025-02-03", .truncatedLastRow),
    ]

    @Test("Charges", arguments: charges, [64, 1 << 18])
    func lastCharge(example: Case, blockSize: Int) throws {
        let columns = NativeColumns.charges.filter { $0 != example.last } + [example.last]
        let head = columns.joined(separator: ",") + "\n"
        let values = columns.dropLast().map { Self.sound[$0] ?? "" }.joined(separator: ",") + ","
        let scratch = try ScratchDirectory()
        let before = String(repeating: values + (Self.sound[example.last] ?? "x") + "\n", count: 5)
        // An empty last value may be missing, but not in the rows ahead.
        let text = head + (example.last == "period_start" ? "" : before) + values + example.row
        let path = try scratch.write(Array(text.utf8), to: "charges.csv")
        let read = try ChargesReadAll(paths: [path], blockSize: blockSize)
        #expect(read.findings.map(\.rule) == example.rules)
        if let truncated = read.findings.last, truncated.rule == .truncatedLastRow {
            #expect(truncated.place.byteOffset == UInt64(text.utf8.count))
            #expect(truncated.place.column == values.utf8.count + example.row.utf8.count + 1)
        }
    }

    static let subscriptions = [
        Case("currency", "EUR"), Case("ended_on", "2025-02-03"), Case("activated_on", "2024-02-03"),
        Case("payment_method", "\"card\""), Case("payment_method", "card", .truncatedLastRow),
        Case("price", "9.9", .truncatedLastRow), Case("cycle", "P1M", .truncatedLastRow),
        Case("ended_on", "", .truncatedLastRow),
        Case("currency", "EU", .unknownCurrency, .truncatedLastRow),
        Case("ended_on", "2025-02-0", .invalidDate, .truncatedLastRow),
        Case("activated_on", "2025-0", .invalidDate, .truncatedLastRow),
        Case("status", "act", .truncatedLastRow), Case("kind", "", .truncatedLastRow),
    ]

    @Test("Subscriptions", arguments: subscriptions)
    func lastSubscription(example: Case) throws {
        let sound = [
            "subscription_id": "S1", "msisdn": "39", "offer": "Easy", "activated_on": "2024-01-02", "ended_on": "",
            "cycle": "P1M", "price": "9.99", "currency": "EUR", "payment_method": "card",
        ]
        let columns = NativeColumns.subscriptions.filter { $0 != example.last } + [example.last]
        let values = columns.dropLast().map { sound[$0] ?? "" }.joined(separator: ",") + ","
        let decoded = try DecodedSubscriptions(columns.joined(separator: ",") + "\n" + values + example.row)
        #expect(decoded.findings.map(\.rule) == example.rules)
    }

    @Test("A broken last row is truncated too, whatever the row before it looks like", arguments: [64, 1 << 18])
    func brokenLastRow(blockSize: Int) throws {
        let scratch = try ScratchDirectory()
        let text = ChargeText.header + "C1,S1,renewal,2025-02-03,,,1.00,EUR,posted\nC2,S2"
        let path = try scratch.write(Array(text.utf8), to: "charges.csv")
        let read = try ChargesReadAll(paths: [path], blockSize: blockSize)
        #expect(read.findings.map(\.rule) == [.wrongFieldCount, .truncatedLastRow])
    }
}
