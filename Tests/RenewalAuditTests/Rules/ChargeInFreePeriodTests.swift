import Testing

@Suite("charge-in-free-period")
struct ChargeInFreePeriodTests {
    @Test(
        "is found for a charge of more than nothing",
        arguments: [
            ("9.99, EUR, posted", "=> charge-in-free-period, A, 2024-03-05"),
            ("9.99, EUR, pending", "=> charge-in-free-period, A, 2024-03-05"),
            ("0.00, EUR, posted", ""), ("9.99, EUR, failed", ""),
        ])
    func amounts(charge: String, found: String) throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            event, free, 2024-03-05, 2024-03-06
            paid, 2024-02-05
            renewal, 2024-03-05, 2024-03-05, 2024-04-04, \(charge)
            \(found)
            """)
    }

    @Test("free goes before any price")
    func discounted() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            event, discounted, 2024-03-01, 2024-04-01, 4.99
            event, free, 2024-03-01, 2024-04-01
            paid, 2024-02-05
            """)
    }

    @Test("a charge whose period is a little off is one, too")
    func shifted() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            event, free, 2024-03-01, 2024-04-01
            paid, 2024-02-05
            renewal, 2024-03-07, 2024-03-07, , 9.99, EUR, posted
            => charge-in-free-period, A, 2024-03-05
            """)
    }
}
