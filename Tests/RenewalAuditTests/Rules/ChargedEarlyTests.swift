import Testing

@Suite("charged-early")
struct ChargedEarlyTests {
    @Test(
        "begins on the sixth day before the due day",
        arguments: [
            ("2024-02-29", ""),
            ("2024-02-28", "=> charged-early, A, 2024-03-05"),
            ("1970-01-01", "=> charged-early, A, 2024-03-05"),
        ])
    func grace(day: String, found: String) throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            paid, 2024-02-05
            renewal, \(day), 2024-03-05, 2024-04-04, 9.99, EUR, posted
            \(found)
            """)
    }

    @Test(
        "follows the grace of the policy",
        arguments: [
            (0, "=> charged-early, A, 2024-03-05"),
            (6, "=> charged-early, A, 2024-03-05"),
            (7, ""),
        ])
    func policy(grace: Int, found: String) throws {
        try expectFindings(
            """
            window, 2024-02-01, 2024-04-01, grace \(grace) 5 5
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            paid, 2024-02-05
            renewal, 2024-02-27, 2024-03-05, 2024-04-04, 9.99, EUR, posted
            \(found)
            """)
    }
}
