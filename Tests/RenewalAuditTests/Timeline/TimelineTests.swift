import BillingRecords
import Testing

@testable import RenewalAudit

@Suite("The timeline of a line with events")
struct TimelineTests {
    /// What a line owes from February to June 2024, and what contradicts itself in its events.
    private struct Owed {
        var renewals: [String] = []
        var faults: [String] = []

        init(_ events: String, line: String = "2024-01-05, , P1M, 9.99, EUR") throws {
            let text = try CaseText(
                "window, 2024-02-01, 2024-07-01\nsubscription, A, \(line)\n"
                    + events.split(separator: "\n").map { "event, \($0)\n" }.joined())
            let run = AuditRun(text.input)
            faults = run.eventFaults.events.map { fault in
                if case .contradiction(let text) = fault.kind { return "\(fault.source.record) \(text)" }
                return "\(fault.source.record) \(fault.kind)"
            }
            guard let timeline = run.subscriptions.timeline(0) else { return }
            renewals = timeline.dueRenewals.map { renewal in
                "\(renewal.period) \(renewal.amount)" + (renewal.doubts.isEmpty ? "" : " ?")
            }
        }
    }

    @Test("the price in force on the first day is due")
    func prices() throws {
        let owed = try Owed(
            """
            price_changed, 2024-04-05, , 12.00
            discounted, 2024-05-01, 2024-06-05, 5.00
            price_changed, 2024-03-06, 2024-04-05, 1.00
            """)
        #expect(
            owed.renewals == [
                "2024-02-05 to 2024-03-04 999", "2024-03-05 to 2024-04-04 999", "2024-04-05 to 2024-05-04 1200",
                "2024-05-05 to 2024-06-04 500", "2024-06-05 to 2024-07-04 1200",
            ])
        #expect(owed.faults.isEmpty)
    }

    @Test("a new cycle is counted from its day, and cuts the period that runs")
    func cycles() throws {
        #expect(
            try Owed("cycle_changed, 2024-03-20, , P30D\ncycle_changed, 2024-05-19, , P1M").renewals == [
                "2024-02-05 to 2024-03-04 999", "2024-03-05 to 2024-03-19 999", "2024-03-20 to 2024-04-18 999 ?",
                "2024-04-19 to 2024-05-18 999", "2024-05-19 to 2024-06-18 999", "2024-06-19 to 2024-07-18 999",
            ])
        // The day of a change on which a period begins anyway is in no doubt.
        #expect(
            try Owed("cycle_changed, 2024-04-05, , P2M").renewals == [
                "2024-02-05 to 2024-03-04 999", "2024-03-05 to 2024-04-04 999", "2024-04-05 to 2024-06-04 999",
                "2024-06-05 to 2024-08-04 999",
            ])
    }

    @Test(
        "what contradicts itself is in doubt and found",
        arguments: [
            (
                "price_changed, 2024-05-01, , 5.00\nprice_changed, 2024-05-01, , 6.00", 2,
                "2 another price on the same day"
            ),
            ("discounted, 2024-06-01, , 5.00\ndiscounted, 2024-06-01, , 6.00", 1, "2 another discount on the same day"),
            (
                "cycle_changed, 2024-06-05, , P1M\ncycle_changed, 2024-06-05, , P30D", 1,
                "2 another cycle on the same day"
            ),
            ("cycle_changed, 2024-04-05, 2024-06-05, P1M", 1, "1 a cycle that ends"),
            ("ended, 2024-04-01\nended, 2024-06-01", 2, "1 another day of the end"),
            ("ended, 2023-12-01", 5, "1 an end before the activation"),
            ("price_changed, 2023-12-01, , 5.00", 5, "1 another price than the subscription's row"),
            ("cycle_changed, 2023-12-01, , P1Y", 5, "1 another cycle than the subscription's row"),
        ])
    func contradictions(events: String, doubtful: Int, fault: String) throws {
        let owed = try Owed(events)
        #expect(owed.renewals.count(where: { $0.hasSuffix("?") }) == doubtful, "\(owed.renewals)")
        #expect(owed.faults.contains { $0.hasPrefix(fault) }, "\(owed.faults)")
    }

    @Test(
        "what only says the same twice is in no doubt",
        arguments: [
            "ended, 2024-08-01\nended, 2024-08-01",
            "price_changed, 2024-03-01, , 9.99\nprice_changed, 2024-03-01, , 9.99",
            "suspended, 2024-08-01\nsuspended, 2024-08-15", "ported_out, 2024-08-01\nended, 2024-08-15",
        ])
    func repetition(events: String) throws {
        #expect(try Owed(events).faults.isEmpty)
    }

    @Test("the row's end and an event's must be the same day")
    func rowsEnd() throws {
        let owed = try Owed("ended, 2024-04-01", line: "2024-01-05, 2024-06-01, P1M, 9.99, EUR")
        #expect(
            owed.renewals == [
                "2024-02-05 to 2024-03-04 999", "2024-03-05 to 2024-04-04 999", "2024-04-05 to 2024-05-04 999 ?",
                "2024-05-05 to 2024-06-04 999 ?",
            ])
        #expect(owed.faults == ["1 another day of the end than other evidence has"])
        #expect(try Owed("ended, 2024-06-01", line: "2024-01-05, 2024-06-01, P1M, 9.99, EUR").faults.isEmpty)
    }

    @Test("an end under an id that the line has left is in doubt, unless it is the one of a former life")
    func formerEnd() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR, O
            O: event, ended, 2024-03-01
            paid, 2024-02-05, 2024-03-05
            => undecided, A, 2024-03-05
            """)
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR, O
            O: event, ended, 2024-01-05
            paid, 2024-02-05, 2024-03-05
            """)
    }

    @Test("an end under the last id of the line ends it, whatever id the row has")
    func lastIdentifier() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            event, renumbered, 2024-02-20, , B
            B: event, ended, 2024-03-01
            paid, 2024-02-05
            B: renewal, 2024-03-05, 2024-03-05, 2024-04-04, 9.99, EUR, posted
            => charge-after-end, A, 2024-03-05
            """)
    }

    @Test("a rejected change of the cycle leaves everything behind it open, whatever it says of its end")
    func rejectedCycle() throws {
        try expectFindings(
            """
            window, 2024-01-01, 2024-05-01
            subscription, A, 2023-12-05, , P1M, 9.99, EUR
            event, cycle_changed, 2024-02-01, 2024-03-01, ?
            => uncharged-renewal, A, 2024-01-05
            => undecided, A, 2024-02-05
            => undecided, A, 2024-03-05
            => undecided, A, 2024-04-05
            """)
    }

    @Test("a row that has the price of a later change leaves the earlier price open")
    func currentPrice() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 12.99, EUR
            event, price_changed, 2024-03-01, , 12.99
            renewal, 2024-02-05, 2024-02-05, 2024-03-04, 9.99, EUR, posted
            paid, 2024-03-05
            => undecided, A, 2024-02-05
            """)
    }

    @Test(
        "a rejected charge of which no day tells the contract may be for any of successive ones",
        arguments: [
            ("A: renewal, ?, , , 12.99", "undecided"), ("A: renewal, 2024-01-05, ?, , 12.99", "undecided"),
            ("A: renewal, 2024-01-05, , , ?", "uncharged-renewal"),
        ])
    func rejectedOfSuccessive(charge: String, found: String) throws {
        try expectFindings(
            """
            subscription, A, 2023-10-05, 2024-01-20, P1M, 9.99, EUR
            subscription, B, 2024-01-20, , P1M, 12.99, EUR, A
            paid, 2024-02-20
            \(charge), EUR, posted
            => \(found), B, 2024-03-20
            """)
    }

    @Test("successive contracts of one line are judged each by itself, and a charge belongs to the one of its day")
    func successive() throws {
        try expectFindings(
            """
            window, 2024-02-01, 2024-06-01
            subscription, A, 2024-01-05, 2024-03-20, P1M, 9.99, EUR
            paid, 2024-02-05, 2024-03-05
            subscription, B, 2024-03-20, , P1M, 12.99, EUR, A
            paid, 2024-05-20
            A: renewal, 2024-04-20, 2024-04-20, 2024-05-19, 12.99, EUR, posted
            """)
        try expectFindings(
            """
            window, 2024-02-01, 2024-06-01
            subscription, B, 2024-04-01, , P1M, 12.99, EUR
            paid, 2024-05-01
            subscription, A, 2024-01-05, 2024-03-20, P1M, 9.99, EUR
            event, renumbered, 2024-04-01, , B
            paid, 2024-02-05
            B: renewal, 2024-03-06, , , 9.99, EUR, posted
            """)
        try expectFindings(
            """
            window, 2024-02-01, 2024-06-01
            subscription, A, 2024-01-05, 2024-03-20, P1M, 9.99, EUR
            paid, 2024-02-05
            subscription, B, 2024-03-20, , P1M, 12.99, EUR, A
            paid, 2024-04-20
            => uncharged-renewal, A, 2024-03-05
            => uncharged-renewal, B, 2024-05-20
            """)
    }

    @Test(
        "two rows of one line whose times overlap are nobody's to judge",
        arguments: ["2024-03-21", ""])
    func overlapping(endedOn: String) throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, \(endedOn), P1M, 9.99, EUR
            paid, 2024-02-05, 2024-03-05
            subscription, B, 2024-03-20, , P1M, 9.99, EUR, A
            => undecided, A, -
            => undecided, B, -
            """)
    }

    @Test("two rows of one line are nobody's to judge")
    func contested() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            subscription, B, 2024-01-05, , P1M, 9.99, EUR, A
            paid, 2024-02-05, 2024-03-05
            => undecided, A, -
            => undecided, B, -
            """)
    }
}
