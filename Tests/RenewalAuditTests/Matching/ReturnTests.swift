import Testing

@Suite("Money given back without a period")
struct ReturnTests {
    @Test("cures the duplicate, not the latest renewal")
    func duplicate() throws {
        for kind in ["refund", "credit", "adjustment"] {
            try expectFindings(
                """
                subscription, A, 2024-01-05, , P1M, 9.99, EUR
                paid, 2024-02-05, 2024-02-05, 2024-03-05
                \(kind), 2024-03-20, , , -9.99, EUR, posted
                """)
        }
    }

    @Test("cures what was charged when nothing was due")
    func notDue() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, 2024-03-01, P1M, 9.99, EUR
            paid, 2024-02-05, 2024-03-05
            refund, 2024-03-20, , , -9.99, EUR, posted
            """)
        try expectFindings(
            """
            window, 2024-02-01, 2024-05-01
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            event, suspended, 2024-03-01, 2024-04-01
            paid, 2024-02-05, 2024-03-05, 2024-04-05
            refund, 2024-04-20, , , -9.99, EUR, posted
            """)
        try expectFindings(
            """
            window, 2024-02-01, 2024-05-01
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            event, free, 2024-03-01, 2024-04-01
            paid, 2024-02-05, 2024-03-05, 2024-04-05
            credit, 2024-04-20, , , -9.99, EUR, posted
            """)
    }

    @Test("cures a sum that is too high by its amount")
    func surplus() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            renewal, 2024-02-05, 2024-02-05, 2024-03-04, 12.99, EUR, posted
            paid, 2024-03-05
            refund, 2024-03-20, , , -3.00, EUR, posted
            """)
    }

    @Test("does not cure what was charged after it")
    func before() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            paid, 2024-02-05, 2024-03-05
            refund, 2024-02-20, , , -9.99, EUR, posted
            renewal, 2024-03-20, 2024-03-05, 2024-04-04, 9.99, EUR, posted
            => refunded-renewal, A, 2024-02-05
            => duplicate-charge, A, 2024-03-05
            """)
    }

    @Test("cures the latest of several; each return one")
    func latest() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            paid, 2024-02-05, 2024-02-05, 2024-03-05, 2024-03-05
            refund, 2024-03-20, , , -9.99, EUR, posted
            => duplicate-charge, A, 2024-02-05
            """)
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            paid, 2024-02-05, 2024-02-05, 2024-03-05, 2024-03-05
            refund, 2024-03-20, , , -9.99, EUR, posted
            refund, 2024-03-21, , , -9.99, EUR, posted
            """)
    }

    @Test("of two equally late charges too many nobody can tell")
    func equallyGood() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            paid, 2024-02-05, 2024-03-05
            renewal, 2024-03-20, 2024-02-05, 2024-03-04, 9.99, EUR, posted
            renewal, 2024-03-20, 2024-03-05, 2024-04-04, 9.99, EUR, posted
            refund, 2024-03-25, , , -9.99, EUR, posted
            => undecided, A, 2024-02-05
            => undecided, A, 2024-03-05
            """)
        try expectFindings(
            """
            subscription, A, 2024-01-05, 2024-03-01, P1M, 9.99, EUR
            paid, 2024-02-05
            renewal, 2024-03-20, 2024-02-05, 2024-03-04, 9.99, EUR, posted
            renewal, 2024-03-20, 2024-03-05, 2024-04-04, 9.99, EUR, posted
            refund, 2024-03-25, , , -9.99, EUR, posted
            => undecided, A, 2024-02-05
            => undecided, A, 2024-03-05
            """)
    }

    @Test("two of them undo two renewals")
    func two() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            paid, 2024-02-05, 2024-03-05
            refund, 2024-03-20, , , -9.99, EUR, posted
            refund, 2024-03-20, , , -9.99, EUR, posted
            => refunded-renewal, A, 2024-02-05
            => refunded-renewal, A, 2024-03-05
            """)
    }
}
