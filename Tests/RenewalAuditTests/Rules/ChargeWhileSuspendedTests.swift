import Testing

@Suite("charge-while-suspended")
struct ChargeWhileSuspendedTests {
    @Test(
        "goes by the first day of the period; until is exclusive",
        arguments: [
            ("2024-03-05, 2024-03-06", "=> charge-while-suspended, A, 2024-03-05"),
            ("2024-03-05,", "=> charge-while-suspended, A, 2024-03-05"),
            ("2024-03-06, 2024-04-05", ""), ("2024-02-06, 2024-03-05", ""),
        ])
    func firstDay(span: String, found: String) throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            event, suspended, \(span)
            paid, 2024-02-05, 2024-03-05
            \(found)
            """)
    }

    @Test("names the first day of the cycle, also of a charge whose period ends before it")
    func shiftedShortPeriod() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            event, suspended, 2024-03-01, 2024-04-01
            paid, 2024-02-05
            renewal, 2024-03-02, 2024-03-02, 2024-03-04, 9.99, EUR, posted
            => charge-while-suspended, A, 2024-03-05
            """)
    }

    @Test("nothing is due in it, and everything after it")
    func unpaid() throws {
        try expectFindings(
            """
            window, 2024-02-01, 2024-06-01
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            event, suspended, 2024-03-20, 2024-05-01
            event, suspended, 2024-02-20, 2024-03-25
            paid, 2024-02-05
            => uncharged-renewal, A, 2024-05-05
            """)
    }

    @Test("is not found where the money was given back, with or without a period")
    func returned() throws {
        for period in ["2024-03-05, 2024-04-04", ", "] {
            try expectFindings(
                """
                subscription, A, 2024-01-05, , P1M, 9.99, EUR
                event, suspended, 2024-03-01, 2024-04-01
                paid, 2024-02-05, 2024-03-05
                refund, 2024-03-20, \(period), -9.99, EUR, posted
                """)
        }
    }

    @Test("a payment without a period may be late for the renewal before")
    func late() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            event, suspended, 2024-03-01, 2024-04-01
            renewal, 2024-03-06, , , 9.99, EUR, posted
            => undecided, A, 2024-02-05
            """)
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            event, suspended, 2024-03-01, 2024-04-01
            paid, 2024-02-05
            renewal, 2024-03-06, , , 9.99, EUR, posted
            => charge-while-suspended, A, 2024-03-05
            """)
    }

    @Test(
        "an end goes before it, and it before a free period",
        arguments: [
            ("ended", "charge-after-end"), ("ported_out", "charge-after-end"), ("free", "charge-while-suspended"),
        ])
    func precedence(event: String, rule: String) throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            event, \(event), 2024-03-01
            event, suspended, 2024-03-01
            paid, 2024-02-05, 2024-03-05
            => \(rule), A, 2024-03-05
            """)
    }
}
