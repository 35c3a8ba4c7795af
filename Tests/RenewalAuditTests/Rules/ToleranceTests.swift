import Testing

/// The tolerance of the policy: so many minor units may the charges of a period differ from what is due.
@Suite("tolerance")
struct ToleranceTests {
    @Test(
        "lets a difference pass up to its amount and no farther",
        arguments: [
            ("9.97", ""), ("10.01", ""), ("9.96", "=> partial-charge, A, 2024-03-05"),
            ("10.02", "=> wrong-amount, A, 2024-03-05"), ("19.98", "=> wrong-amount, A, 2024-03-05"),
        ])
    func difference(amount: String, found: String) throws {
        try expectFindings(
            """
            window, 2024-02-01, 2024-04-01, grace 5 5 5 2
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            paid, 2024-02-05
            renewal, 2024-03-05, 2024-03-05, 2024-04-04, \(amount), EUR, posted
            \(found)
            """)
    }

    @Test("does not hide a second payment in full", arguments: ["9.97", "9.99", "10.01"])
    func duplicate(amount: String) throws {
        try expectFindings(
            """
            window, 2024-02-01, 2024-04-01, grace 5 5 5 2
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            paid, 2024-02-05, 2024-03-05
            renewal, 2024-03-06, 2024-03-05, 2024-04-04, \(amount), EUR, posted
            => duplicate-charge, A, 2024-03-05
            """)
    }

    @Test("makes no duplicate of a part and its remainder, however small the price")
    func smallPrice() throws {
        try expectFindings(
            """
            window, 2024-02-01, 2024-04-01, grace 5 5 5 10
            subscription, A, 2024-01-05, , P1M, 0.05, EUR
            paid, 2024-02-05
            renewal, 2024-03-05, 2024-03-05, 2024-04-04, 0.02, EUR, posted
            renewal, 2024-03-06, 2024-03-05, 2024-04-04, 0.03, EUR, posted
            """)
    }

    @Test("pays nothing: a renewal without a charge is uncharged, whatever its price, and a charge of zero is one")
    func nothing() throws {
        try expectFindings(
            """
            window, 2024-02-01, 2024-04-01, grace 5 5 5 10
            subscription, A, 2024-01-05, , P1M, 0.05, EUR
            renewal, 2024-03-05, 2024-03-05, 2024-04-04, 0.00, EUR, posted
            => uncharged-renewal, A, 2024-02-05
            => zero-charge, A, 2024-03-05
            """)
    }

    @Test("lets a refund of so little pass")
    func refund() throws {
        try expectFindings(
            """
            window, 2024-02-01, 2024-04-01, grace 5 5 5 2
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            paid, 2024-02-05, 2024-03-05
            refund, 2024-03-19, 2024-03-05, 2024-04-04, -0.02, EUR, posted
            """)
    }
}
