import Testing

@Suite("undecided")
struct UndecidedTests {
    @Test("is found once for a contract that was rejected, whatever was charged")
    func contract() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, ?, EUR
            renewal, 2024-02-05, 2024-02-05, 2024-03-04, 9.99, EUR, posted
            => undecided, A, -
            """)
    }

    @Test("is found once for a subscription that stands in the file twice")
    func twoContracts() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            subscription, B, 2024-01-05, 2024-01-20, P1M, 9.99, EUR
            subscription, A, 2024-01-06, , P1M, 9.99, EUR
            paid, 2024-02-06
            => undecided, A, -
            """)
    }

    @Test(
        "is found for the one renewal that a rejected row names",
        arguments: [
            ("renewal, 2024-03-05, 2024-03-05, 2024-04-04, ?", "2024-03-05"),
            ("renewal, 2024-03-05, 2024-02-05, 2024-03-04, ?", "2024-02-05"),
            ("?, 2024-03-05, 2024-03-05, 2024-04-04, 9.99", "2024-03-05"),
            ("renewal, ?, 2024-03-05, 2024-04-04, 9.99", "2024-03-05"),
            ("renewal, 2024-03-05, 2024-03-07, 2024-04-06, ?", "2024-03-05"),
        ])
    func rejected(row: String, found: String) throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            \(row), EUR, posted
            => undecided, A, \(found)
            => uncharged-renewal, A, \(found == "2024-03-05" ? "2024-02-05" : "2024-03-05")
            """)
    }

    @Test(
        "is found for every unpaid renewal where nothing tells which one the rejected row paid",
        arguments: [
            "renewal, 2024-03-05, ?, 2024-04-04, 9.99",
            "renewal, ?, , , 9.99",
            "renewal, 2024-03-11, , , ?",
            "renewal, 2024-03-05, , , ?",
            "renewal, 2024-03-05, 2024-02-20, , ?",
            "renewal, 2024-03-05, 2024-02-05, 2024-04-04, ?",
            "renewal, 2024-03-05, 2024-02-05, ?, 9.99",
            "renewal, 2024-03-05, 2024-01-05, 2024-04-04, ?",
        ])
    func anyRenewal(row: String) throws {
        try expectFindings(
            """
            subscription, A, 2023-12-05, , P1M, 9.99, EUR
            window, 2024-01-01, 2024-04-01
            paid, 2024-01-05
            \(row), EUR, posted
            => undecided, A, 2024-02-05
            => undecided, A, 2024-03-05
            """)
    }

    @Test(
        "is found for the renewal that a rejected row made near a paid one may have paid late",
        arguments: [
            "renewal, 2024-04-12, , , ?", "renewal, 2024-03-04, , , ?", "renewal, 2024-06-20, , , ?",
            "?, 2024-04-12, , , 9.99", "recovery, 2024-04-12, , , ?",
        ])
    func nearPaid(row: String) throws {
        try expectFindings(
            """
            subscription, A, 2024-01-10, , P1M, 9.99, EUR
            window, 2024-01-01, 2024-06-01
            renewal, 2024-03-10, , , 9.99, EUR, posted
            renewal, 2024-04-10, , , 9.99, EUR, posted
            renewal, 2024-05-10, , , 9.99, EUR, posted
            \(row), EUR, posted
            => undecided, A, 2024-02-10
            """)
    }

    @Test(
        "is found for the renewal on whose day a rejected row was made that states a period which is paid",
        arguments: ["2024-03-05", "2024-03-09", "?"])
    func misdated(day: String) throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            paid, 2024-02-05
            renewal, \(day), 2024-02-05, 2024-03-04, ?, EUR, posted
            => undecided, A, 2024-03-05
            """)
    }

    @Test(
        "is not found for what was due after the rejected row, or on another day than that of one which states its period",
        arguments: ["renewal, 2024-02-20, , , ?", "renewal, 2024-02-05, 2024-02-05, 2024-03-04, ?"])
    func dueLater(row: String) throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            paid, 2024-02-05
            \(row), EUR, posted
            => uncharged-renewal, A, 2024-03-05
            """)
    }

    @Test("is found for the renewal into which a rejected row's period reaches that is shifted beside the activation")
    func besideActivation() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            renewal, 2024-01-05, 2024-01-07, 2024-02-06, ?, EUR, posted
            => undecided, A, 2024-02-05
            => uncharged-renewal, A, 2024-03-05
            """)
    }

    @Test("is not found where the renewal is paid anyway")
    func rejectedBesidePaid() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            paid, 2024-02-05, 2024-03-05
            renewal, 2024-03-05, ?, 2024-04-04, 9.99, EUR, posted
            renewal, 2024-03-05, 2024-03-05, , ?, EUR, posted
            """)
    }

    @Test("is found where only a rejected row tells whether the line states periods, and so whose the last payment is")
    func rejectedHabit() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            renewal, 2024-03-04, 2024-03-05, 2024-04-04, ?, EUR, posted
            renewal, 2024-04-06, , , 9.99, EUR, posted
            => undecided, A, 2024-02-05
            => undecided, A, 2024-03-05
            """)
    }

    @Test("is found where money given back by its day would have undone the rejected row")
    func rejectedBesideReturn() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            renewal, 2024-02-05, 2024-01-06, 2024-02-04, 9.99, EUR, posted
            renewal, 2024-03-05, 2024-03-05, 2024-04-04, 9.99, EUR, posted
            renewal, 2024-03-06, 2024-03-05, 2024-04-04, ?, EUR, posted
            credit, 2024-03-15, , , -9.99, EUR, posted
            => undecided, A, 2024-02-05
            => refunded-renewal, A, 2024-03-05
            """)
    }

    @Test("is found where a payment in another currency stands behind a rejected event")
    func foreignBehindEvent() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            event, suspended, 2024-02-20, 2024-03-20, ?
            renewal, 2024-03-06, , , 9.99, USD, posted
            => undecided, A, 2024-02-05
            => undecided, A, 2024-03-05
            => currency-mismatch, A, 2024-03-05
            """)
    }

    @Test("is not found for a rejected row of another kind")
    func rejectedOtherKind() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            paid, 2024-02-05
            addon, 2024-03-05, ?, 2024-04-04, 9.99, EUR, posted
            => uncharged-renewal, A, 2024-03-05
            """)
    }

    @Test(
        "is found instead of a verdict on less than the price",
        arguments: [
            ("4.00", "posted"),
            ("0.00", "posted"),
            ("9.99", "failed"),
        ])
    func rejectedBeside(amount: String, status: String) throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            paid, 2024-02-05
            renewal, 2024-03-05, 2024-03-05, 2024-04-04, \(amount), EUR, \(status)
            renewal, 2024-03-05, 2024-03-05, , ?, EUR, posted
            => undecided, A, 2024-03-05
            """)
    }

    @Test(
        "is found for a charge that is pending for more than five days",
        arguments: [
            ("2024-03-27", ""),
            ("2024-03-26", "=> undecided, A, 2024-03-05"),
        ])
    func pending(day: String, found: String) throws {
        try expectFindings(
            """
            window, 2024-02-01, 2024-04-01, decided 2024-04-01
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            paid, 2024-02-05
            renewal, \(day), 2024-03-05, 2024-04-04, 9.99, EUR, pending
            \(found)
            """)
    }

    @Test("is not found where the renewal was paid beside it")
    func pendingBesidePaid() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            paid, 2024-02-05, 2024-03-05
            renewal, 2024-03-05, 2024-03-05, 2024-04-04, 9.99, EUR, pending
            """)
    }

    @Test("is found where money was given back that was never taken")
    func neverTaken() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            paid, 2024-02-05
            refund, 2024-03-20, 2024-03-05, 2024-04-04, -9.99, EUR, posted
            => undecided, A, 2024-03-05
            """)
    }

    @Test("is found for a refund of a positive amount")
    func positiveRefund() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            paid, 2024-02-05, 2024-03-05
            refund, 2024-03-20, 2024-03-05, 2024-04-04, 9.99, EUR, posted
            => undecided, A, 2024-03-05
            """)
    }

    @Test("is found where the sum does not fit, and nothing traps")
    func sumOutOfRange() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            paid, 2024-02-05, 2024-03-05
            renewal, 2024-03-05, 2024-03-05, 2024-04-04, 92233720368547758.07, EUR, posted
            => undecided, A, 2024-03-05
            """)
    }
}
