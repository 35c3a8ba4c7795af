import Testing

@Suite("zero-charge")
struct ZeroChargeTests {
    @Test("is found where the charge took nothing")
    func zero() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            paid, 2024-02-05
            renewal, 2024-03-05, 2024-03-05, 2024-04-04, 0.00, EUR, posted
            => zero-charge, A, 2024-03-05
            """)
    }

    @Test("is not found where another charge paid")
    func paid() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            paid, 2024-02-05, 2024-03-05
            renewal, 2024-03-05, 2024-03-05, 2024-04-04, 0.00, EUR, posted
            """)
    }

    @Test("is not found where the price is zero")
    func free() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 0.00, EUR
            paid, 2024-02-05, 2024-03-05
            """)
    }

    @Test("is not found for a failed attempt at nothing")
    func failed() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            paid, 2024-02-05
            renewal, 2024-03-05, 2024-03-05, 2024-04-04, 0.00, EUR, failed
            => collection-failed, A, 2024-03-05
            """)
    }
}
