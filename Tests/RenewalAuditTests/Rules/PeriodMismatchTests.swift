import Testing

@Suite("period-mismatch")
struct PeriodMismatchTests {
    @Test(
        "counts the charge as the payment of a renewal within the grace",
        arguments: [
            "2024-02-29",
            "2024-03-02",
            "2024-03-08",
            "2024-03-10",
        ])
    func shifted(start: String) throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            paid, 2024-02-05
            renewal, 2024-03-05, \(start), 2024-04-04, 9.99, EUR, posted
            => period-mismatch, A, \(start)
            """)
    }

    @Test(
        "leaves the renewals that it covers undecided beyond the grace",
        arguments: [
            ("2024-02-28", "undecided, A, 2024-03-05"),
            ("2024-03-11", "undecided, A, 2024-03-05"),
        ])
    func tooFar(start: String, found: String) throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            paid, 2024-02-05
            renewal, 2024-03-05, \(start), 2024-03-28, 9.99, EUR, posted
            => period-mismatch, A, \(start)
            => \(found)
            """)
    }

    @Test("leaves two renewals undecided where the period touches both")
    func coversTwo() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            renewal, 2024-02-12, 2024-02-12, 2024-03-11, 9.99, EUR, posted
            => period-mismatch, A, 2024-02-12
            => undecided, A, 2024-02-05
            => undecided, A, 2024-03-05
            """)
    }

    @Test("leaves paid renewals alone")
    func coversPaid() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            paid, 2024-02-05, 2024-03-05
            renewal, 2024-02-12, 2024-02-12, 2024-03-11, 9.99, EUR, posted
            => period-mismatch, A, 2024-02-12
            """)
    }

    @Test(
        "is found where the last day is not the cycle's last",
        arguments: [
            ("2024-04-04", ""),
            ("", ""),
            ("2024-04-03", "=> period-mismatch, A, 2024-03-05"),
            ("2024-04-05", "=> period-mismatch, A, 2024-03-05"),
        ])
    func end(end: String, found: String) throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            paid, 2024-02-05
            renewal, 2024-03-05, 2024-03-05, \(end), 9.99, EUR, posted
            \(found)
            """)
    }

    @Test("does not call a renewal uncharged that a longer period covers")
    func longPeriod() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            renewal, 2024-02-05, 2024-02-05, 2024-03-20, 9.99, EUR, posted
            => period-mismatch, A, 2024-02-05
            => undecided, A, 2024-03-05
            """)
        // Shifted and too long: beyond the grace it covers the next renewal, too.
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            renewal, 2024-02-05, 2024-02-03, 2024-03-20, 9.99, EUR, posted
            => period-mismatch, A, 2024-02-03
            => undecided, A, 2024-03-05
            """)
    }

    @Test(
        "sees the days of the last renewal that lie behind the window",
        arguments: [
            ("2024-03-12", "undecided"),
            ("2024-04-03", "undecided"),
            // Near the first day of the next renewal, and so its payment.
            ("2024-04-04", "uncharged-renewal"),
        ])
    func behindWindow(start: String, rule: String) throws {
        try expectFindings(
            """
            window, 2024-02-01, 2024-03-10
            subscription, A, 2023-12-09, , P2M, 9.99, EUR
            renewal, 2024-03-12, \(start), , 9.99, EUR, posted
            => \(rule), A, 2024-02-09
            """)
    }

    @Test("sees the days before the window that a period without a last day covers")
    func beforeWindow() throws {
        try expectFindings(
            """
            window, 2024-02-01, 2024-03-10
            subscription, A, 2023-12-15, , P1M, 9.99, EUR
            renewal, 2024-01-22, 2024-01-22, , 9.99, EUR, posted
            => undecided, A, 2024-02-15
            """)
    }

    @Test(
        "takes payments near the window's edges, the wider side of the grace",
        arguments: [
            ("9 1", "2024-01-27"),
            ("1 9", "2024-02-12"),
        ])
    func unevenGrace(grace: String, start: String) throws {
        try expectFindings(
            """
            window, 2024-02-05, 2024-02-06, grace \(grace) 5
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            renewal, 2024-02-05, \(start), , 9.99, EUR, posted
            """)
    }

    @Test(
        "matches a charge without a period by its day",
        arguments: [
            ("2024-02-29", ""),
            ("2024-03-10", ""),
            ("2024-03-11", "=> charged-late, A, 2024-03-05"),
            ("2024-02-28", "=> uncharged-renewal, A, 2024-03-05\n=> period-mismatch, A, -"),
        ])
    func withoutPeriod(day: String, found: String) throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            paid, 2024-02-05
            renewal, \(day), , , 9.99, EUR, posted
            \(found)
            """)
    }

    @Test("is not found for an attempt that took nothing")
    func failed() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            paid, 2024-02-05
            renewal, 2024-03-05, 2024-03-05, 2024-04-03, 9.99, EUR, failed
            => collection-failed, A, 2024-03-05
            """)
    }
}
