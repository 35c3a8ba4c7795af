/// Two subscriptions with two renewals each, all of them charged; tests damage one row and look what becomes of it.
enum SmallAudit {
    static let from = "2025-02-01"
    static let to = "2025-04-01"

    static let subscriptionColumns =
        "subscription_id,msisdn,offer,activated_on,ended_on,cycle,price,currency,payment_method"
    static let chargeColumns =
        "charge_id,subscription_id,kind,charged_on,period_start,period_end,amount,currency,status"

    static let subscriptionRows = [
        "S1,390000000001,Easy Pay,2025-01-10,,P1M,9.99,EUR,card",
        "S2,390000000002,Easy Pay,2025-01-20,,P1M,9.99,EUR,card",
    ]

    static let chargeRows = [
        "C1,S1,renewal,2025-02-10,2025-02-10,2025-03-09,9.99,EUR,posted",
        "C2,S2,renewal,2025-02-20,2025-02-20,2025-03-19,9.99,EUR,posted",
        "C3,S1,renewal,2025-03-10,2025-03-10,2025-04-09,9.99,EUR,posted",
        "C4,S2,renewal,2025-03-20,2025-03-20,2025-04-19,9.99,EUR,posted",
        "C5,S1,addon,2025-03-31,,,5.00,EUR,posted",
    ]

    /// A table from one-line rows.
    static func table(_ columns: String, _ rows: [String]) -> String {
        ([columns] + rows).joined(separator: "\n") + "\n"
    }

    static let subscriptions = table(subscriptionColumns, subscriptionRows)
    static let charges = table(chargeColumns, chargeRows)

    /// The charges with a row in place of another: the first is row 0.
    static func charges(replacing index: Int, with row: String) -> String {
        var rows = chargeRows
        rows[index] = row
        return table(chargeColumns, rows)
    }

    /// The subscriptions with a row in place of another: the first is row 0.
    static func subscriptions(replacing index: Int, with row: String) -> String {
        var rows = subscriptionRows
        rows[index] = row
        return table(subscriptionColumns, rows)
    }

    /// What came of an audit of two texts, and the directory of its files.
    struct Run {
        let outcome: Command.Outcome
        let scratch: TemporaryDirectory

        /// The names in the directory in which the output should be, but the inputs.
        func leftovers() throws -> [String] {
            try scratch.names().filter { $0 != "subscriptions.csv" && $0 != "charges.csv" }
        }

        /// The findings as `rule subscription period_start`.
        func discrepancies() throws -> [String] {
            try CSVTable(scratch.bytes(of: "out/discrepancies.csv"))
                .values("rule", "subscription_id", "period_start").map { $0.joined(separator: " ") }
        }
    }

    /// Audits two files made of bytes; the output is `out`.
    static func run(
        subscriptions: some Collection<UInt8> = SmallAudit.subscriptions.utf8,
        charges: some Collection<UInt8> = SmallAudit.charges.utf8, _ more: String...
    ) throws -> Run {
        let scratch = try TemporaryDirectory()
        let arguments = Rinnovo.audit(
            try scratch.write(subscriptions, to: "subscriptions.csv"), [try scratch.write(charges, to: "charges.csv")],
            from: from, to: to, output: scratch.path("out"))
        return Run(outcome: try Rinnovo.command(arguments + more).run(), scratch: scratch)
    }
}
