import Testing

@Suite("uncharged-renewal")
struct UnchargedRenewalTests {
    @Test("is found where no charge names the period or falls near its first day")
    func missing() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            paid, 2024-02-05
            => uncharged-renewal, A, 2024-03-05
            """)
    }

    @Test("is not found where every renewal is paid, near the window's edges too")
    func paid() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            paid, 2024-02-05, 2024-03-05, 2024-04-05, 2024-01-05
            """)
    }

    @Test("is found for every renewal of a line that nobody charges, but not for the activation")
    func none() throws {
        try expectFindings(
            """
            window, 2024-01-01, 2024-04-01
            subscription, A, 2024-01-31, , P1M, 9.99, EUR
            => uncharged-renewal, A, 2024-02-29
            => uncharged-renewal, A, 2024-03-31
            """)
    }

    @Test("is not found where the price is zero")
    func free() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 0.00, EUR
            """)
    }

    @Test(
        "is not found from the day on which the line ended",
        arguments: [
            ("2024-03-04", ""),
            ("2024-03-05", ""),
            ("2024-03-06", "=> uncharged-renewal, A, 2024-03-05"),
        ])
    func ended(endedOn: String, found: String) throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, \(endedOn), P1M, 9.99, EUR
            paid, 2024-02-05
            \(found)
            """)
    }

    @Test(
        "is found in the window alone: from its first day to the day before its end",
        arguments: [
            ("2024-03-05", "2024-03-06", "=> uncharged-renewal, A, 2024-03-05"),
            ("2024-03-04", "2024-03-05", ""),
            ("2024-03-06", "2024-04-05", ""),
        ])
    func window(from: String, to: String, found: String) throws {
        try expectFindings(
            """
            window, \(from), \(to)
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            \(found)
            """)
    }

    @Test(
        "is found although something else was charged",
        arguments: [
            "activation",
            "addon",
            "usage",
            "one_off",
        ])
    func otherKinds(kind: String) throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            paid, 2024-02-05
            \(kind), 2024-03-05, 2024-03-05, 2024-04-04, 9.99, EUR, posted
            => uncharged-renewal, A, 2024-03-05
            """)
    }

    @Test("is not found where the recovery is planned or done, however long ago")
    func recovered() throws {
        try expectFindings(
            """
               window, 2024-02-01, 2024-04-01, decided 2025-04-01
               subscription, A, 2024-01-05, , P1M, 9.99, EUR

            recovery, 2024-05-05, 2024-02-05, 2024-03-04, 9.99, EUR, pending
            recovery, 2024-06-05, 2024-03-05, 2024-04-04, 9.99, EUR, posted
            """)
    }

    @Test("is found beside a goodwill credit that states no period")
    func credit() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            paid, 2024-02-05
            credit, 2024-03-07, , , -2.00, EUR, posted
            => uncharged-renewal, A, 2024-03-05
            """)
    }
}
