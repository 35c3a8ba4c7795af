import Testing

@Suite("charge-after-end")
struct ChargeAfterEndTests {
    @Test(
        "begins on the day of the end",
        arguments: [
            ("2024-03-05", "charge-after-end, A, 2024-03-05"),
            ("2024-03-04", "charge-after-end, A, 2024-03-05"),
        ])
    func ended(endedOn: String, rule: String) throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, \(endedOn), P1M, 9.99, EUR
            paid, 2024-02-05, 2024-03-05
            => \(rule)
            """)
    }

    @Test("is not found for the last period, which may end with the line")
    func lastPeriod() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, 2024-03-20, P1M, 9.99, EUR
            paid, 2024-02-05
            renewal, 2024-03-05, 2024-03-05, 2024-03-19, 9.99, EUR, posted
            """)
    }

    @Test("is not found where the money was given back")
    func returned() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, 2024-03-05, P1M, 9.99, EUR
            paid, 2024-02-05, 2024-03-05
            refund, 2024-03-20, 2024-03-05, 2024-04-04, -9.99, EUR, posted
            """)
    }

    @Test("is found where a part was given back")
    func returnedInPart() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, 2024-03-05, P1M, 9.99, EUR
            paid, 2024-02-05, 2024-03-05
            refund, 2024-03-20, 2024-03-05, 2024-04-04, -9.98, EUR, posted
            => charge-after-end, A, 2024-03-05
            """)
    }

    @Test(
        "counts what took money or will",
        arguments: [
            ("posted", "=> charge-after-end, A, 2024-03-05"),
            ("pending", "=> charge-after-end, A, 2024-03-05"),
            ("failed", ""),
            ("reversed", ""),
        ])
    func status(status: String, found: String) throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, 2024-02-20, P1M, 9.99, EUR
            paid, 2024-02-05
            renewal, 2024-03-05, 2024-03-05, 2024-04-04, 9.99, EUR, \(status)
            \(found)
            """)
    }

    @Test(
        "goes by the day where the charge states no period",
        arguments: [
            ("2024-03-05", "=> charge-after-end, A, 2024-03-05"),
            ("2024-03-28", "=> charge-after-end, A, -"),
            ("2024-04-01", ""),
        ])
    func byDay(day: String, found: String) throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, 2024-02-20, P1M, 9.99, EUR
            paid, 2024-02-05
            renewal, \(day), , , 9.99, EUR, posted
            \(found)
            """)
    }

    @Test("is not found for usage and fees of the last bill")
    func otherKinds() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, 2024-02-20, P1M, 9.99, EUR
            paid, 2024-02-05
            usage, 2024-03-05, 2024-03-05, 2024-04-04, 9.99, EUR, posted
            one_off, 2024-03-05, , , 9.99, EUR, posted
            """)
    }

    @Test("is not found for periods outside the window")
    func outside() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, 2024-02-20, P1M, 9.99, EUR
            paid, 2024-02-05, 2024-04-05
            """)
    }

    @Test("is found where any of the charges without a period lies in the window")
    func severalDays() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, 2024-02-20, P1M, 9.99, EUR
            paid, 2024-02-05
            renewal, 2024-04-20, , , 9.99, EUR, posted
            renewal, 2024-03-20, , , 9.99, EUR, posted
            => charge-after-end, A, -
            """)
    }
}
