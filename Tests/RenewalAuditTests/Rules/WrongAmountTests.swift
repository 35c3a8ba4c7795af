import Testing

@Suite("wrong-amount")
struct WrongAmountTests {
    @Test(
        "is found from one cent too much on",
        arguments: [
            ("9.99", ""),
            ("10.00", "=> wrong-amount, A, 2024-03-05"),
            ("999.00", "=> wrong-amount, A, 2024-03-05"),
        ])
    func tooMuch(amount: String, found: String) throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            paid, 2024-02-05
            renewal, 2024-03-05, 2024-03-05, 2024-04-04, \(amount), EUR, posted
            \(found)
            """)
    }

    @Test("is not found where the surplus was given back")
    func corrected() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            paid, 2024-02-05
            renewal, 2024-03-05, 2024-03-05, 2024-04-04, 19.99, EUR, posted
            credit, 2024-03-09, 2024-03-05, 2024-04-04, -10.00, EUR, posted
            """)
    }

    @Test("is found where money was taken for a free renewal")
    func free() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 0.00, EUR
            renewal, 2024-03-05, 2024-03-05, 2024-04-04, 0.01, EUR, posted
            => wrong-amount, A, 2024-03-05
            """)
    }
}
