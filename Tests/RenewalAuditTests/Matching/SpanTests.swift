import RenewalAudit
import Testing

@Suite("Charges for several periods")
struct SpanTests {
    @Test(
        "pay each period with what is due for it; too little or too much stands with the last",
        arguments: [
            ("29.97", ""), ("29.98", "=> wrong-amount, A, 2024-04-05"), ("39.97", "=> wrong-amount, A, 2024-04-05"),
            ("29.96", "=> partial-charge, A, 2024-04-05"), ("19.98", "=> partial-charge, A, 2024-04-05"),
            ("15.00", "=> partial-charge, A, 2024-03-05\n=> partial-charge, A, 2024-04-05"),
        ])
    func quarter(amount: String, found: String) throws {
        try expectFindings(
            """
            window, 2024-02-01, 2024-06-01
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            renewal, 2024-02-05, 2024-02-05, 2024-05-04, \(amount), EUR, posted
            paid, 2024-05-05
            \(found)
            """)
    }

    @Test("share out every cent")
    func cents() throws {
        for amount in [1, 998, 999, 1_000, 1_500, 1_998, 2_997, 5_000] {
            let text = try CaseText(
                """
                window, 2024-02-01, 2024-05-01
                subscription, A, 2024-01-05, , P1M, 9.99, EUR
                renewal, 2024-02-05, 2024-02-05, 2024-05-04, \(amount / 100).\(amount % 100 / 10)\(amount % 10), EUR, posted
                """)
            let run = AuditRun(text.input)
            // Every period without a finding has its 9.99.
            let wrong = run.discrepancies.reduce(0) { $0 + ($1.charged ?? 0) }
            #expect(wrong + Int64(3 - run.discrepancies.count) * 999 == Int64(amount))
        }
    }

    @Test("may reach beyond the window on both sides")
    func beyondWindow() throws {
        try expectFindings(
            """
            window, 2024-03-01, 2024-04-01
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            renewal, 2024-02-05, 2024-02-05, 2024-05-04, 29.97, EUR, posted
            """)
    }

    @Test("are late, failed or refunded for each of their periods")
    func each() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            renewal, 2024-04-05, 2024-02-05, 2024-04-04, 19.98, EUR, posted
            => charged-late, A, 2024-02-05
            => charged-late, A, 2024-03-05
            """)
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            renewal, 2024-02-05, 2024-02-05, 2024-04-04, 19.98, EUR, failed
            => collection-failed, A, 2024-02-05
            => collection-failed, A, 2024-03-05
            """)
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            paid, 2024-02-05, 2024-03-05
            refund, 2024-03-20, 2024-02-05, 2024-04-04, -19.98, EUR, posted
            => refunded-renewal, A, 2024-02-05
            => refunded-renewal, A, 2024-03-05
            """)
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            renewal, 2024-02-05, 2024-02-05, 2024-04-04, 19.98, EUR, posted
            paid, 2024-03-05
            => duplicate-charge, A, 2024-03-05
            """)
    }

    @Test(
        "leave out periods for which nothing is due, or pay for them too much",
        arguments: [
            ("19.98", ""), ("29.97", "=> charge-while-suspended, A, 2024-03-05"),
            ("20.00", "=> wrong-amount, A, 2024-04-05"),
        ])
    func suspended(amount: String, found: String) throws {
        try expectFindings(
            """
            window, 2024-02-01, 2024-05-01
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            event, suspended, 2024-03-01, 2024-04-01
            renewal, 2024-02-05, 2024-02-05, 2024-05-04, \(amount), EUR, posted
            \(found)
            """)
    }

    @Test("follow the price of each period")
    func prices() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            event, price_changed, 2024-03-01, , 11.99
            renewal, 2024-02-05, 2024-02-05, 2024-04-04, 21.98, EUR, posted
            """)
    }

    @Test("may be dated some days off if they come to exactly what is due")
    func shifted() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            renewal, 2024-02-05, 2024-02-01, 2024-03-31, 19.98, EUR, posted
            => period-mismatch, A, 2024-02-01
            """)
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            renewal, 2024-02-05, 2024-02-01, 2024-03-31, 19.97, EUR, posted
            => period-mismatch, A, 2024-02-01
            => undecided, A, 2024-03-05
            => wrong-amount, A, 2024-02-05
            """)
    }

    @Test("pay the activation with the first renewals, or not")
    func activation() throws {
        for amount in ["19.98", "29.97"] {
            try expectFindings(
                """
                subscription, A, 2024-01-05, , P1M, 9.99, EUR
                renewal, 2024-02-05, 2024-01-05, 2024-04-04, \(amount), EUR, posted
                """)
        }
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            renewal, 2024-02-05, 2024-01-05, 2024-04-04, 25.00, EUR, posted
            => undecided, A, 2024-02-05
            => undecided, A, 2024-03-05
            """)
    }
}
