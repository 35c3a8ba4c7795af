import Testing

@Suite("duplicate-charge")
struct DuplicateChargeTests {
    @Test("is found where the price was taken twice")
    func twice() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            paid, 2024-02-05, 2024-03-05, 2024-03-05
            => duplicate-charge, A, 2024-03-05
            """)
    }

    @Test("is found where one of the two states no period")
    func byDay() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            paid, 2024-02-05, 2024-03-05
            renewal, 2024-03-09, , , 9.99, EUR, posted
            => duplicate-charge, A, 2024-03-05
            """)
    }

    @Test("is found where a paid renewal was recovered")
    func recovered() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            paid, 2024-02-05, 2024-03-05
            recovery, 2024-05-05, 2024-03-05, 2024-04-04, 9.99, EUR, posted
            => duplicate-charge, A, 2024-03-05
            """)
    }

    @Test(
        "is not found where one of the two was given back",
        arguments: [
            ("refund", "2024-03-05, 2024-04-04"),
            ("credit", "2024-03-05, 2024-04-04"),
            ("adjustment", "2024-03-05,"),
            ("renewal", "2024-03-05, 2024-04-04"),
            ("refund", ","),
        ])
    func returned(kind: String, period: String) throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            paid, 2024-02-05, 2024-03-05, 2024-03-05
            \(kind), 2024-03-20, \(period), -9.99, EUR, posted
            """)
    }

    @Test("is not found where the second was reversed or failed")
    func otherRow() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            paid, 2024-02-05, 2024-03-05
            renewal, 2024-03-05, 2024-03-05, 2024-04-04, 9.99, EUR, reversed
            renewal, 2024-03-05, 2024-03-05, 2024-04-04, 9.99, EUR, failed
            """)
    }

    @Test(
        "needs twice the price",
        arguments: [
            ("9.98", "wrong-amount"),
            ("9.99", "duplicate-charge"),
            ("10.00", "duplicate-charge"),
        ])
    func nearlyTwice(second: String, rule: String) throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            paid, 2024-02-05, 2024-03-05
            renewal, 2024-03-05, 2024-03-05, 2024-04-04, \(second), EUR, posted
            => \(rule), A, 2024-03-05
            """)
    }

    @Test("becomes a wrong amount where a part was given back")
    func returnedInPart() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            paid, 2024-02-05, 2024-03-05, 2024-03-05
            refund, 2024-03-20, 2024-03-05, 2024-04-04, -1.00, EUR, posted
            => wrong-amount, A, 2024-03-05
            """)
    }
}
