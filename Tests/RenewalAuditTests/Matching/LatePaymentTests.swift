import RenewalAudit
import Testing

@Suite("Late payments without a period")
struct LatePaymentTests {
    @Test(
        "pay every open renewal after an outage, at once, day by day or in one sum",
        arguments: [
            ["2024-04-20, , , 9.99", "2024-04-20, , , 9.99", "2024-04-20, , , 9.99"],
            ["2024-04-20, , , 9.99", "2024-04-21, , , 9.99", "2024-04-22, , , 9.99"],
            ["2024-04-20, , , 29.97"], ["2024-04-20, , , 9.99", "2024-04-21, , , 19.98"],
            ["2024-04-20, , , 19.98", "2024-04-21, , , 9.99"],
            // On the day of a renewal of its own.
            ["2024-04-05, , , 9.99", "2024-04-05, , , 9.99", "2024-04-05, , , 9.99"],
            ["2024-04-20, 2024-01-05, 2024-02-04, 9.99", "2024-04-20, , , 19.98"],
        ])
    func outage(charges: [String]) throws {
        try expectFindings(
            """
            window, 2024-01-01, 2024-05-01
            subscription, A, 2023-11-05, , P1M, 9.99, EUR
            paid, 2024-04-05
            \(charges.map { "renewal, \($0), EUR, posted" }.joined(separator: "\n"))
            => charged-late, A, 2024-01-05
            => charged-late, A, 2024-02-05
            => charged-late, A, 2024-03-05
            """)
    }

    @Test("pay with the charge of the day itself, where no charge states a period")
    func withTheRegularOne() throws {
        try expectFindings(
            """
            window, 2024-01-01, 2024-05-01
            subscription, A, 2023-11-05, , P1M, 9.99, EUR
            renewal, 2024-01-06, , , 9.99, EUR, posted
            renewal, 2024-04-06, , , 29.97, EUR, posted
            => charged-late, A, 2024-02-05
            => charged-late, A, 2024-03-05
            """)
    }

    @Test("a sum pays the oldest; what it is not exactly leaves undecided what it may have paid")
    func oldest() throws {
        try expectFindings(
            """
            window, 2024-01-01, 2024-05-01
            subscription, A, 2023-11-05, , P1M, 9.99, EUR
            paid, 2024-04-05
            renewal, 2024-04-20, , , 19.98, EUR, posted
            => charged-late, A, 2024-01-05
            => charged-late, A, 2024-02-05
            => uncharged-renewal, A, 2024-03-05
            """)
        try expectFindings(
            """
            window, 2024-01-01, 2024-05-01
            subscription, A, 2023-11-05, , P1M, 9.99, EUR
            paid, 2024-04-05
            renewal, 2024-04-20, , , 15.00, EUR, posted
            => uncharged-renewal, A, 2024-01-05
            => undecided, A, 2024-02-05
            => undecided, A, 2024-03-05
            """)
    }

    @Test("in the renewal's own period a payment is its own; later nobody can tell which of two it paid")
    func ambiguous() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            renewal, 2024-03-20, , , 9.99, EUR, posted
            => uncharged-renewal, A, 2024-02-05
            => charged-late, A, 2024-03-05
            """)
        try expectFindings(
            """
            window, 2024-02-01, 2024-05-01
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            paid, 2024-04-05
            renewal, 2024-04-20, , , 9.99, EUR, posted
            => undecided, A, 2024-02-05
            => undecided, A, 2024-03-05
            """)
    }

    @Test("what has caught up is certain, and what comes later is looked at anew")
    func twoOutages() throws {
        try expectFindings(
            """
            window, 2024-01-01, 2024-07-01
            subscription, A, 2023-11-05, , P1M, 9.99, EUR
            paid, 2024-03-05, 2024-04-05, 2024-06-05
            renewal, 2024-03-20, , , 9.99, EUR, posted
            renewal, 2024-03-21, , , 9.99, EUR, posted
            renewal, 2024-06-20, , , 9.99, EUR, posted
            => charged-late, A, 2024-01-05
            => charged-late, A, 2024-02-05
            => charged-late, A, 2024-05-05
            """)
    }

    @Test("exactly one renewal or exactly the oldest two: nobody can tell")
    func oneOrTwo() throws {
        try expectFindings(
            """
            window, 2024-01-01, 2024-05-01
            subscription, A, 2023-11-05, , P1M, 9.99, EUR
            event, price_changed, 2024-03-01, , 19.98
            renewal, 2024-04-05, 2024-04-05, 2024-05-04, 19.98, EUR, posted
            renewal, 2024-04-20, , , 19.98, EUR, posted
            => undecided, A, 2024-01-05
            => undecided, A, 2024-02-05
            => undecided, A, 2024-03-05
            """)
    }

    @Test("a remainder completes a part")
    func remainder() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            paid, 2024-02-05
            renewal, 2024-03-05, , , 4.00, EUR, posted
            renewal, 2024-03-20, , , 5.99, EUR, posted
            """)
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            renewal, 2024-02-05, 2024-02-05, 2024-03-04, 4.00, EUR, posted
            renewal, 2024-03-05, , , 9.99, EUR, posted
            renewal, 2024-03-20, , , 5.99, EUR, posted
            """)
    }

    @Test("follow an attempt that failed, and a charge of nothing")
    func afterAttempt() throws {
        for first in ["9.99, EUR, failed", "0.00, EUR, posted"] {
            try expectFindings(
                """
                subscription, A, 2024-01-05, , P1M, 9.99, EUR
                paid, 2024-02-05
                renewal, 2024-03-05, 2024-03-05, 2024-04-04, \(first)
                renewal, 2024-03-20, , , 9.99, EUR, posted
                => charged-late, A, 2024-03-05
                """)
        }
    }

    @Test(
        "behind the window may be of a renewal there, unless that is known to be paid",
        arguments: [
            // The line states no periods: the first charge of 5 April is that renewal's.
            (1, ", , 9.99", "uncharged-renewal"), (2, ", , 9.99", "charged-late"),
            // It does: what it paid in April nobody has looked at.
            (1, "2024-02-05, 2024-03-04, 9.99", "undecided"),
        ])
    func behindTheWindow(count: Int, february: String, rule: String) throws {
        let late = Array(repeating: "renewal, 2024-04-05, , , 9.99, EUR, posted", count: count)
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            renewal, 2024-02-05, \(february), EUR, posted
            \(late.joined(separator: "\n"))
            => \(rule), A, 2024-03-05
            """)
    }

    @Test("after the end may be the last bill")
    func afterEnd() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, 2024-03-20, P1M, 9.99, EUR
            paid, 2024-02-05
            renewal, 2024-03-27, , , 9.99, EUR, posted
            => undecided, A, 2024-03-05
            """)
    }

    @Test("one too many is a duplicate, not late")
    func tooMany() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            renewal, 2024-02-05, , , 9.99, EUR, posted
            renewal, 2024-03-05, , , 9.99, EUR, posted
            renewal, 2024-03-07, , , 9.99, EUR, posted
            => duplicate-charge, A, 2024-03-05
            """)
    }

    @Test("a charge that states the period before may be the renewal's own")
    func misdated() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            paid, 2024-02-05
            renewal, 2024-03-05, 2024-02-05, 2024-03-04, 9.99, EUR, posted
            => duplicate-charge, A, 2024-02-05
            => undecided, A, 2024-03-05
            """)
    }

    @Test("so many that nobody looks leave every unpaid renewal undecided")
    func hostile() throws {
        let charges = (0..<2_100).map { "renewal, 2024-\($0 % 2 == 0 ? "03-20" : "04-20"), , , 0.01, EUR, posted" }
        let text = try CaseText(
            """
            window, 2014-02-01, 2024-05-01
            subscription, A, 2014-01-05, , P1D, 9.99, EUR
            \(charges.joined(separator: "\n"))
            """)
        let run = AuditRun(text.input)
        #expect(!run.verdicts.isEmpty && run.verdicts.allSatisfy { $0.rule == .undecided })
    }
}
