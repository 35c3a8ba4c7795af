import Testing

@Suite("partial-charge")
struct PartialChargeTests {
    @Test(
        "is found from one cent too little on",
        arguments: [
            ("9.99", ""),
            ("9.98", "=> partial-charge, A, 2024-03-05"),
            ("0.01", "=> partial-charge, A, 2024-03-05"),
        ])
    func tooLittle(amount: String, found: String) throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            paid, 2024-02-05
            renewal, 2024-03-05, 2024-03-05, 2024-04-04, \(amount), EUR, posted
            \(found)
            """)
    }

    @Test("is not found where the remainder follows")
    func remainder() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            paid, 2024-02-05
            renewal, 2024-03-05, 2024-03-05, 2024-04-04, 4.00, EUR, posted
            renewal, 2024-03-19, 2024-03-05, 2024-04-04, 5.99, EUR, posted
            """)
    }

    @Test("is found where the remainder falls short")
    func shortRemainder() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            paid, 2024-02-05
            renewal, 2024-03-05, 2024-03-05, 2024-04-04, 4.00, EUR, posted
            renewal, 2024-03-19, 2024-03-05, 2024-04-04, 5.98, EUR, posted
            => partial-charge, A, 2024-03-05
            """)
    }

    @Test("is found where the remainder failed")
    func failedRemainder() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            paid, 2024-02-05
            renewal, 2024-03-05, 2024-03-05, 2024-04-04, 4.00, EUR, posted
            renewal, 2024-03-19, 2024-03-05, 2024-04-04, 5.99, EUR, failed
            => partial-charge, A, 2024-03-05
            """)
    }

    @Test("is a refunded renewal where money was given back")
    func returned() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            paid, 2024-02-05, 2024-03-05
            refund, 2024-03-19, 2024-03-05, 2024-04-04, -0.01, EUR, posted
            => refunded-renewal, A, 2024-03-05
            """)
    }
}
