import Testing

@Suite("refunded-renewal")
struct RefundedRenewalTests {
    @Test(
        "is found where the payment was given back, in whole or in part",
        arguments: [
            ("refund", "-9.99"),
            ("refund", "-0.01"),
            ("credit", "-9.99"),
            ("adjustment", "-5.00"),
            ("renewal", "-9.99"),
            ("refund", "-20.00"),
        ])
    func returned(kind: String, amount: String) throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            paid, 2024-02-05, 2024-03-05
            \(kind), 2024-03-20, 2024-03-05, 2024-04-04, \(amount), EUR, posted
            => refunded-renewal, A, 2024-03-05
            """)
    }

    @Test(
        "finds the latest renewal paid where the refund states no period",
        arguments: [
            ("2024-02-04", ""),
            ("2024-02-05", "=> refunded-renewal, A, 2024-02-05"),
            ("2024-03-04", "=> refunded-renewal, A, 2024-02-05"),
            ("2024-03-05", "=> refunded-renewal, A, 2024-03-05"),
            ("2024-09-01", "=> refunded-renewal, A, 2024-03-05"),
        ])
    func withoutPeriod(day: String, found: String) throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            paid, 2024-02-05, 2024-03-05
            refund, \(day), , , -9.99, EUR, posted
            \(found)
            """)
    }

    @Test("passes over renewals that were never paid")
    func unpaidBetween() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            paid, 2024-02-05
            refund, 2024-03-20, , , -9.99, EUR, posted
            => refunded-renewal, A, 2024-02-05
            => uncharged-renewal, A, 2024-03-05
            """)
    }

    @Test("takes a credit without a period only if it is the price")
    func credit() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            paid, 2024-02-05, 2024-03-05
            credit, 2024-02-20, , , -9.98, EUR, posted
            credit, 2024-03-20, , , -9.99, EUR, posted
            => refunded-renewal, A, 2024-03-05
            """)
    }

    @Test("is not found where the refund is pending, failed or reversed")
    func status() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            paid, 2024-02-05, 2024-03-05
            refund, 2024-03-20, 2024-03-05, 2024-04-04, -9.99, EUR, pending
            refund, 2024-03-20, 2024-03-05, 2024-04-04, -9.99, EUR, failed
            refund, 2024-03-20, 2024-03-05, 2024-04-04, -9.99, EUR, reversed
            """)
    }

    @Test("is not found where the renewal was charged again")
    func chargedAgain() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            paid, 2024-02-05, 2024-03-05, 2024-03-05
            refund, 2024-03-20, 2024-03-05, 2024-04-04, -9.99, EUR, posted
            """)
    }

    @Test("is not found for a refund of nothing")
    func nothing() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            paid, 2024-02-05
            renewal, 2024-03-05, 2024-03-05, 2024-04-04, 4.00, EUR, posted
            refund, 2024-03-20, , , 0.00, EUR, posted
            => partial-charge, A, 2024-03-05
            """)
    }
}
