import Testing

@Suite("Rejected events")
struct RejectedEventTests {
    @Test(
        "one that may be another end contradicts the known one, and nobody knows what payments between are for",
        arguments: ["ended", "?"],
        // In the course of its own period it pays that one in either case.
        [("2024-03-25", "charged-late"), ("2024-04-06", "undecided")])
    func end(event: String, payment: (day: String, found: String)) throws {
        try expectFindings(
            """
            window, 2024-02-01, 2024-05-01
            subscription, A, 2024-01-05, 2024-03-10, P1M, 9.99, EUR
            event, \(event), 2024-04-20, , ?
            renewal, \(payment.day), , , 9.99, EUR, posted
            => undecided, A, 2024-02-05
            => \(payment.found), A, 2024-03-05
            => undecided, A, 2024-04-05
            """)
    }

    @Test(
        "one that is no other end of the line leaves the end that is known",
        arguments: [
            "event, ended, 2024-04-20, 2024-04-28, ?", "event, suspended, 2024-04-20, , ?",
            "event, ported_out, 2024-04-20, , ?", "P: event, ended, 2024-04-20, , ?",
        ])
    func noEnd(event: String) throws {
        try expectFindings(
            """
            window, 2024-02-01, 2024-05-01
            subscription, A, 2024-01-05, 2024-03-10, P1M, 9.99, EUR, P
            \(event)
            renewal, 2024-03-25, , , 9.99, EUR, posted
            => uncharged-renewal, A, 2024-02-05
            => undecided, A, 2024-03-05
            """)
    }

    @Test(
        "behind the day of one nobody knows which renewals a stated period covers",
        arguments: [
            ("renewal, 2024-02-05, 2024-02-05, 2024-04-30, 29.97, EUR, failed", "collection-failed"),
            ("renewal, 2024-02-05, 2024-02-05, 2024-04-30, 0.00, EUR, posted", "zero-charge"),
            ("refund, 2024-02-10, 2024-02-05, 2024-04-30, -19.98, EUR, posted", "undecided"),
            // It may end with the day before the new cycle begins.
            ("renewal, 2024-02-05, 2024-02-05, 2024-03-31, 19.98, EUR, failed", "collection-failed"),
        ])
    func span(charge: String, found: String) throws {
        try expectFindings(
            """
            window, 2024-02-01, 2024-05-01
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            event, cycle_changed, 2024-04-01, , ?
            \(charge)
            => \(found), A, 2024-02-05
            => undecided, A, 2024-03-05
            => undecided, A, 2024-04-05
            """)
    }

    @Test("a period that is over before the day of one is what it states")
    func earlierSpan() throws {
        try expectFindings(
            """
            window, 2024-02-01, 2024-05-01
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            event, cycle_changed, 2024-04-01, , ?
            renewal, 2024-02-05, 2024-02-05, 2024-03-20, 19.98, EUR, failed
            => collection-failed, A, 2024-02-05
            => uncharged-renewal, A, 2024-03-05
            => undecided, A, 2024-04-05
            """)
    }

    @Test("where one leaves a price open, a charge too many may be that of the renewal on whose day it was made")
    func misdated() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            event, discounted, 2024-03-05, 2024-04-01, ?
            renewal, 2024-03-05, 2024-03-05, 2024-04-04, 4.99, EUR, posted
            renewal, 2024-02-05, 2024-03-05, 2024-04-04, 9.99, EUR, posted
            => undecided, A, 2024-02-05
            => undecided, A, 2024-03-05
            """)
    }

    @Test("a charge on time for a renewal of which no event leaves a doubt is that one's")
    func plain() throws {
        try expectFindings(
            """
            window, 2024-02-01, 2024-02-09
            subscription, A, 2024-01-30, , P2D, 9.99, EUR
            event, discounted, 2024-02-05, 2024-02-06, ?
            paid, 2024-02-01, 2024-02-05
            renewal, 2024-02-03, 2024-02-07, 2024-02-08, 9.99, EUR, posted
            => uncharged-renewal, A, 2024-02-03
            """)
    }
}
