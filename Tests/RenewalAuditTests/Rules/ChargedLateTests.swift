import Testing

@Suite("charged-late")
struct ChargedLateTests {
    @Test(
        "begins on the sixth day after the due day",
        arguments: [
            ("2024-03-05", ""),
            ("2024-03-10", ""),
            ("2024-03-11", "=> charged-late, A, 2024-03-05"),
            ("2024-12-31", "=> charged-late, A, 2024-03-05"),
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
            (0, "=> charged-late, A, 2024-03-05"),
            (6, "=> charged-late, A, 2024-03-05"),
            (7, ""),
        ])
    func policy(grace: Int, found: String) throws {
        try expectFindings(
            """
            window, 2024-02-01, 2024-04-01, grace 5 \(grace) 5
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            paid, 2024-02-05
            renewal, 2024-03-12, 2024-03-05, 2024-04-04, 9.99, EUR, posted
            \(found)
            """)
    }

    @Test("looks at the first payment, wherever it stands in the files")
    func first() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            paid, 2024-02-05
            renewal, 2024-03-20, 2024-03-05, 2024-04-04, 4.99, EUR, posted
            renewal, 2024-03-06, 2024-03-05, 2024-04-04, 5.00, EUR, posted
            """)
    }

    @Test("is not found for a recovery, which comes late by its nature")
    func recovery() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            paid, 2024-02-05
            recovery, 2024-06-05, 2024-03-05, 2024-04-04, 9.99, EUR, posted
            """)
    }

    @Test("is found where a timely attempt failed and a late one paid")
    func failedFirst() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            paid, 2024-02-05
            renewal, 2024-03-05, 2024-03-05, 2024-04-04, 9.99, EUR, failed
            renewal, 2024-03-15, 2024-03-05, 2024-04-04, 9.99, EUR, posted
            => charged-late, A, 2024-03-05
            """)
    }

    @Test("is not found where the late payment was given back")
    func returned() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            paid, 2024-02-05
            renewal, 2024-03-15, 2024-03-05, 2024-04-04, 9.99, EUR, posted
            refund, 2024-03-16, 2024-03-05, 2024-04-04, -9.99, EUR, posted
            => refunded-renewal, A, 2024-03-05
            """)
    }

    @Test("sees the renewal charge behind a recovery of the same day")
    func sameDay() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            paid, 2024-02-05
            recovery, 2024-03-12, 2024-03-05, 2024-04-04, 5.00, EUR, posted
            renewal, 2024-03-12, 2024-03-05, 2024-04-04, 4.99, EUR, posted
            => charged-late, A, 2024-03-05
            """)
    }
}
