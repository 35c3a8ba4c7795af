import Testing

@Suite("currency-mismatch")
struct CurrencyMismatchTests {
    @Test(
        "is found whatever the amount, and the renewal is not uncharged",
        arguments: [
            "9.99",
            "10.99",
            "0.00",
        ])
    func foreign(amount: String) throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            paid, 2024-02-05
            renewal, 2024-03-05, 2024-03-05, 2024-04-04, \(amount), USD, posted
            => currency-mismatch, A, 2024-03-05
            """)
    }

    @Test("adds nothing to what was paid in the right currency")
    func beside() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            paid, 2024-02-05, 2024-03-05
            renewal, 2024-03-05, 2024-03-05, 2024-04-04, 9.99, USD, posted
            => currency-mismatch, A, 2024-03-05
            """)
    }

    @Test("is not found where nothing was taken")
    func failed() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            paid, 2024-02-05
            renewal, 2024-03-05, 2024-03-05, 2024-04-04, 9.99, USD, failed
            => collection-failed, A, 2024-03-05
            """)
    }

    @Test("is found by the day where the charge states no period")
    func byDay() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            paid, 2024-02-05
            renewal, 2024-03-08, , , 9.99, USD, posted
            => currency-mismatch, A, 2024-03-05
            """)
    }
}
