import Testing

@Suite("collection-failed")
struct CollectionFailedTests {
    @Test(
        "is found where every attempt failed or was reversed",
        arguments: [
            ("failed", "failed"),
            ("reversed", "reversed"),
            ("failed", "reversed"),
        ])
    func attempts(status: String, other: String) throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            paid, 2024-02-05
            renewal, 2024-03-05, 2024-03-05, 2024-04-04, 9.99, EUR, \(status)
            renewal, 2024-03-08, 2024-03-05, 2024-04-04, 9.99, EUR, \(other)
            => collection-failed, A, 2024-03-05
            """)
    }

    @Test("is found by the day where the attempt states no period")
    func byDay() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            paid, 2024-02-05
            renewal, 2024-03-10, , , 9.99, EUR, failed
            => collection-failed, A, 2024-03-05
            """)
    }

    @Test("is not found where a later attempt paid")
    func paidLater() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            paid, 2024-02-05
            renewal, 2024-03-05, 2024-03-05, 2024-04-04, 9.99, EUR, failed
            renewal, 2024-03-08, 2024-03-05, 2024-04-04, 9.99, EUR, posted
            """)
    }

    @Test("is not found while another attempt is under way")
    func underWay() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            paid, 2024-02-05
            renewal, 2024-03-05, 2024-03-05, 2024-04-04, 9.99, EUR, failed
            renewal, 2024-03-30, 2024-03-05, 2024-04-04, 9.99, EUR, pending
            """)
    }

    @Test("is not found for a refund that failed: nobody tried to charge")
    func otherKind() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            paid, 2024-02-05
            refund, 2024-03-05, 2024-03-05, 2024-04-04, -9.99, EUR, failed
            => uncharged-renewal, A, 2024-03-05
            """)
    }

    @Test("is not found where the price is zero")
    func free() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 0.00, EUR
            renewal, 2024-03-05, 2024-03-05, 2024-04-04, 0.00, EUR, failed
            """)
    }
}
