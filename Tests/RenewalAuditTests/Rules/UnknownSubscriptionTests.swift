import Testing

@Suite("unknown-subscription")
struct UnknownSubscriptionTests {
    @Test("is found once for each id and stated period")
    func stranger() throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, 2024-01-06, P1M, 9.99, EUR
            Z: renewal, 2024-02-05, 2024-02-05, 2024-03-04, 9.99, EUR, posted
            Z: addon, 2024-02-09, 2024-02-05, 2024-03-04, 1.00, EUR, failed
            Z: renewal, 2024-03-05, 2024-03-05, 2024-04-04, 9.99, EUR, posted
            Z: usage, 2024-03-05, , , 9.99, EUR, posted
            Z: usage, 2024-03-25, , , 9.99, EUR, posted
            Y: refund, 2024-03-05, 2024-03-05, 2024-04-04, -9.99, EUR, posted
            => unknown-subscription, Z, -
            => unknown-subscription, Z, 2024-02-05
            => unknown-subscription, Z, 2024-03-05
            => unknown-subscription, Y, 2024-03-05
            """)
    }

    @Test(
        "is found in the window alone",
        arguments: [
            ("2024-01-31", ""),
            ("2024-02-01", "=> unknown-subscription, Z, 2024-02-01"),
            ("2024-03-31", "=> unknown-subscription, Z, 2024-03-31"),
            ("2024-04-01", ""),
        ])
    func window(start: String, found: String) throws {
        try expectFindings(
            """
            subscription, A, 2024-01-05, 2024-01-06, P1M, 9.99, EUR
            Z: renewal, 2024-02-05, \(start), , 9.99, EUR, posted
            \(found)
            """)
    }

    @Test("tells ids apart that begin alike, are the beginning of another or are long")
    func alike() throws {
        try expectFindings(
            """
            subscription, ABCDEFGHIJKLMNOPQ, 2024-01-05, 2024-01-06, P1M, 9.99, EUR
            subscription, ABCDEFGHIJKLMNO, 2024-01-05, 2024-01-06, P1M, 9.99, EUR
            ABCDEFGHIJKLMNOP: renewal, 2024-02-05, 2024-02-05, , 9.99, EUR, posted
            ABCDEFGHIJKLMNOPR: renewal, 2024-02-05, 2024-02-05, , 9.99, EUR, posted
            ABCDEFGHIJKLMNO: usage, 2024-02-05, 2024-02-05, , 9.99, EUR, posted
            ABCDEFGHIJKLMNOPQ: usage, 2024-02-05, 2024-02-05, , 9.99, EUR, posted
            => unknown-subscription, ABCDEFGHIJKLMNOP, 2024-02-05
            => unknown-subscription, ABCDEFGHIJKLMNOPR, 2024-02-05
            """)
    }
}
