import Testing

@Suite("Money given back that names a charge")
struct NamedReturnTests {
    @Test("undoes that charge, whatever its own period and day say")
    func named() throws {
        for period in [",", "2024-03-05, 2024-04-04"] {
            try expectFindings(
                """
                subscription, A, 2024-01-05, , P1M, 9.99, EUR
                renewal, 2024-02-05, 2024-02-05, 2024-03-04, 9.99, EUR, posted, id C1
                renewal, 2024-03-05, 2024-03-05, 2024-04-04, 9.99, EUR, posted, id C2
                refund, 2024-03-20, \(period), -9.99, EUR, posted, undoes C1
                => refunded-renewal, A, 2024-02-05
                """)
        }
    }

    @Test("undoes a charge that should not exist, and not another one of its amount")
    func tooMuch() throws {
        try expectFindings(
            """
            window, 2024-02-01, 2024-06-01
            subscription, A, 2024-01-05, 2024-04-01, P1M, 9.99, EUR
            paid, 2024-02-05, 2024-03-05
            renewal, 2024-04-05, 2024-04-05, 2024-05-04, 9.99, EUR, posted, id C3
            renewal, 2024-05-05, 2024-05-05, 2024-06-04, 9.99, EUR, posted, id C4
            refund, 2024-05-20, , , -9.99, EUR, posted, undoes C3
            => charge-after-end, A, 2024-05-05
            """)
    }

    @Test("undoes the part or the whole of a charge for several periods")
    func quarter() throws {
        for (amount, found) in [
            ("-19.98", "=> refunded-renewal, A, 2024-02-05\n=> refunded-renewal, A, 2024-03-05"),
            ("-9.99", "=> refunded-renewal, A, 2024-03-05"),
        ] {
            try expectFindings(
                """
                subscription, A, 2024-01-05, , P1M, 9.99, EUR
                renewal, 2024-02-05, 2024-02-05, 2024-04-04, 19.98, EUR, posted, id C1
                refund, 2024-03-20, , , \(amount), EUR, posted, undoes C1
                \(found)
                """)
        }
    }

    @Test("undoes no renewal where it names an add-on, or a renewal that nobody judges")
    func otherCharge() throws {
        for other in ["addon, 2024-03-10, , , 9.99", "renewal, 2023-06-05, 2023-06-05, 2023-07-04, 9.99"] {
            try expectFindings(
                """
                subscription, A, 2023-01-05, , P1M, 9.99, EUR
                paid, 2024-02-05, 2024-03-05
                \(other), EUR, posted, id C9
                refund, 2024-03-20, , , -9.99, EUR, posted, undoes C9
                """)
        }
    }

    @Test("leaves undecided what it may undo where nobody knows the charge")
    func unknown() throws {
        for (period, found) in [(",", "2024-03-05"), ("2024-02-05, 2024-03-04", "2024-02-05")] {
            try expectFindings(
                """
                subscription, A, 2024-01-05, , P1M, 9.99, EUR
                paid, 2024-02-05, 2024-03-05
                refund, 2024-03-20, \(period), -9.99, EUR, posted, undoes C7
                => undecided, A, \(found)
                """)
        }
    }

    @Test("leaves undecided what it may undo where the charge is another's, or its id stands twice")
    func ambiguous() throws {
        try expectFindings(
            """
            subscription, B, 2024-01-05, , P1M, 9.99, EUR
            paid, 2024-03-05
            renewal, 2024-02-05, 2024-02-05, 2024-03-04, 9.99, EUR, posted, id C1
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            paid, 2024-02-05, 2024-03-05
            refund, 2024-03-20, , , -9.99, EUR, posted, undoes C1
            => undecided, A, 2024-03-05
            """)
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            renewal, 2024-02-05, 2024-02-05, 2024-03-04, 9.99, EUR, posted, id C1
            renewal, 2024-03-05, 2024-03-05, 2024-04-04, 9.99, EUR, posted, id C1
            refund, 2024-03-20, , , -9.99, EUR, posted, undoes C1
            => undecided, A, 2024-03-05
            """)
    }

    @Test("is a contradiction where nothing was taken")
    func failed() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            paid, 2024-02-05
            renewal, 2024-03-05, 2024-03-05, 2024-04-04, 9.99, EUR, failed, id C2
            refund, 2024-03-20, , , -9.99, EUR, posted, undoes C2
            => undecided, A, 2024-03-05
            """)
    }

    @Test("is a contradiction where the charge is itself, or gives money back")
    func returnOfReturn() throws {
        for name in ["R1", "R2"] {
            try expectFindings(
                """
                subscription, A, 2024-01-05, , P1M, 9.99, EUR
                paid, 2024-02-05, 2024-03-05
                refund, 2024-02-10, 2024-02-05, 2024-03-04, -9.99, EUR, posted, id R1
                refund, 2024-03-20, , , -9.99, EUR, posted, id R2, undoes \(name)
                => refunded-renewal, A, 2024-02-05
                => undecided, A, 2024-03-05
                """)
        }
    }

    @Test("is looked at by a person where its amount has the wrong sign")
    func wrongSign() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            renewal, 2024-02-05, 2024-02-05, 2024-03-04, 9.99, EUR, posted, id C1
            paid, 2024-03-05
            refund, 2024-03-20, , , 9.99, EUR, posted, undoes C1
            => undecided, A, 2024-02-05
            """)
    }

    @Test("undoes a charge twice, and the second time what the first has left")
    func twice() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            renewal, 2024-02-05, 2024-02-05, 2024-03-04, 9.99, EUR, posted, id C1
            paid, 2024-03-05
            refund, 2024-03-20, , , -4.00, EUR, posted, undoes C1
            refund, 2024-03-21, , , -5.99, EUR, posted, undoes C1
            => refunded-renewal, A, 2024-02-05
            """)
        for second in ["-9.99", "-4.00"] {
            try expectFindings(
                """
                subscription, A, 2024-01-05, , P1M, 9.99, EUR
                renewal, 2024-02-05, 2024-02-05, 2024-04-04, 19.98, EUR, posted, id C1
                refund, 2024-03-20, , , -9.99, EUR, posted, undoes C1
                refund, 2024-03-21, , , \(second), EUR, posted, undoes C1
                => refunded-renewal, A, 2024-02-05
                => refunded-renewal, A, 2024-03-05
                """)
        }
    }

    @Test("is not shared out over a charge in another currency")
    func otherCurrency() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            renewal, 2024-02-05, 2024-02-05, 2024-04-04, 19.98, EUR, posted, id C1
            refund, 2024-03-20, , , -9.99, USD, posted, undoes C1
            => undecided, A, 2024-02-05
            => undecided, A, 2024-03-05
            """)
    }

    @Test("of a name that nobody has leaves all the periods undecided that it states")
    func unknownSpan() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            paid, 2024-02-05, 2024-03-05
            refund, 2024-03-20, 2024-02-05, 2024-04-04, -19.98, EUR, posted, undoes C7
            => undecided, A, 2024-02-05
            => undecided, A, 2024-03-05
            """)
    }

    @Test("undoes a charge of the same line under an earlier id, or of its earlier contract")
    func renumbered() throws {
        try expectFindings(
            """
            subscription, B, 2024-01-05, , P1M, 9.99, EUR, A
            A: renewal, 2024-02-05, 2024-02-05, 2024-03-04, 9.99, EUR, posted, id C1
            paid, 2024-03-05
            B: refund, 2024-03-20, , , -9.99, EUR, posted, undoes C1
            => refunded-renewal, B, 2024-02-05
            """)
        for owner in ["A", "B"] {
            try expectFindings(
                """
                window, 2024-02-01, 2024-06-01
                subscription, A, 2024-01-05, 2024-03-20, P1M, 9.99, EUR
                paid, 2024-03-05
                renewal, 2024-02-05, 2024-02-05, 2024-03-04, 9.99, EUR, posted, id C1
                subscription, B, 2024-03-20, , P1M, 12.99, EUR, A
                paid, 2024-04-20, 2024-05-20
                \(owner): refund, 2024-05-25, , , -9.99, EUR, posted, undoes C1
                => refunded-renewal, A, 2024-02-05
                """)
        }
    }

    @Test("undoes the charge wherever it stands, and what is unknown is looked at last")
    func order() throws {
        let charges = [
            "renewal, 2024-02-05, 2024-02-05, 2024-03-04, 9.99, EUR, posted, id C1",
            "renewal, 2024-02-05, 2024-02-05, 2024-03-04, 9.99, EUR, posted, id C2",
            "renewal, 2024-03-05, 2024-03-05, 2024-04-04, 9.99, EUR, posted, id C3",
            "refund, 2024-03-20, , , -9.99, EUR, posted, undoes C1",
            "refund, 2024-03-20, , , -9.99, EUR, posted, undoes C7",
        ]
        for first in charges.indices {
            let rotated = charges[first...] + charges[..<first]
            for order in [Array(rotated), rotated.reversed()] {
                try expectFindings(
                    """
                    subscription, A, 2024-01-05, , P1M, 9.99, EUR
                    \(order.joined(separator: "\n"))
                    => undecided, A, 2024-03-05
                    """)
            }
        }
    }

    @Test("means nothing in a charge that takes money")
    func positive() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            paid, 2024-02-05
            renewal, 2024-03-05, 2024-03-05, 2024-04-04, 9.99, EUR, posted, undoes C2
            """)
    }
}
