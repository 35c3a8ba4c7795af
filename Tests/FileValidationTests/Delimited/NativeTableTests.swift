import BillingFiles
import FileValidation
import Testing

@Suite("Native tables") struct NativeTableTests {
    @Test(arguments: [
        ("S1,renewal,2025-02-30,,,9.99,EUR,posted", ["2 invalid-date charged_on"]),
        ("S1,renewal,,,,9.99,EUR,posted", ["2 missing-value charged_on"]),
        (",renewal,2025-01-01,,,9.99,EUR,posted", ["2 missing-subscription subscription_id"]),
        ("S1,renewel,2025-01-01,,,9.99,EUR,posted", ["2 unknown-kind kind"]),
        ("S1,renewal,2025-01-01,,,9.999,EUR,posted", ["2 invalid-amount amount"]),
        ("S1,renewal,2025-01-01,,,9.9,JPY,posted", ["2 invalid-amount amount"]),
        ("S1,renewal,2025-01-01,,,99999999999999999999,EUR,posted", ["2 invalid-amount amount"]),
        ("S1,renewal,2025-01-01,,,,EUR,posted", ["2 missing-value amount"]),
        ("S1,renewal,2025-01-01,,,1,eur,posted", ["2 unknown-currency currency"]),
        ("S1,renewal,2025-01-01,,,1,EUR,", ["2 missing-value status"]),
        ("S1,renewal,2025-01-01,,,1,EUR", ["2 wrong-field-count status"]),
        ("S1,ren\"ewal,2025-01-01,,,1,EUR,posted", ["2 quote-in-unquoted-field kind"]),
        ("S1,\"renewal\"x,2025-01-01,,,1,EUR,posted", ["2 text-after-quote kind"]),
        ("S1,renewal,2025-01-01,,,1,EUR,po\rsted", ["2 lone-carriage-return status"]),
        ("S\u{0}1,renewal,2025-01-01,,,1,EUR,posted", ["2 nul-byte subscription_id"]),
        (
            "S1,x,y,z,w,v,u,t",
            [
                "2 unknown-kind kind", "2 invalid-date charged_on", "2 invalid-date period_start",
                "2 invalid-date period_end", "2 invalid-amount amount", "2 unknown-currency currency",
                "2 unknown-status status",
            ]
        ),
    ])
    func charges(row: String, findings: [String]) throws {
        let table = try ValidatedTable.charges("C1,\(row)")
        #expect(table.summary == findings)
        #expect(table.verdict == .invalid)
    }

    @Test func subscriptions() throws {
        let table = try ValidatedTable.subscriptions(
            "S1,44,Easy,2025-01-01,,P1M,9.99,EUR,card", "S2,44,Easy,2025-01-01,,monthly,-9.99,EUR,card",
            "S3,44,\"Easy\nPay\",2025-01-01,,P30D,9.99,EUR,card", "S4,44,E,2025-01-01,,,,,")
        #expect(
            table.summary == [
                "3 invalid-cycle cycle", "3 negative-price price", "6 missing-value cycle", "6 missing-value price",
                "6 missing-value currency",
            ])
        #expect(table.records == 4)
    }

    @Test func usage() throws {
        let header = "record_id,msisdn,started_at,kind,duration_s,volume_bytes,peer,amount,currency\n"
        let table = try ValidatedTable(
            header + "R1,44,2025-01-01T10:00:00,voice,10,,45,,\nR2,,2025-01-01 10:00,voice,-1,1e3,45,1,EUR\n"
                + "R1,44,2025-01-01T24:00:00Z,voice,,,,,\nR3,44,2025-01-01T10:00:00.5+02:00,data,,99,,0.5,GBP\n")
        #expect(
            table.summary == [
                "3 missing-value msisdn", "3 invalid-time started_at", "3 invalid-number duration_s",
                "3 invalid-number volume_bytes", "4 duplicate-id record_id", "4 invalid-time started_at",
            ])
    }

    @Test func headers() throws {
        let misspelt = try ValidatedTable(
            "charge_di,subscription_id,kind,charged_on,period_start,period_end,amount,currency,status,\n"
                + "C1,S1,renewal,2025-02-30,,,9.99,EUR,posted,x\n")
        #expect(misspelt.summary == ["1 unnamed-column -", "1 missing-column charge_id", "2 invalid-date charged_on"])
        #expect(misspelt.findings[1].found == "charge_di, which is nearly charge_id")
        let doubled = try ValidatedTable(
            ValidatedTable.chargesHeader + ",status\nC1,S1,renewal,2025-01-01,,,1,EUR,posted,\n")
        #expect(doubled.summary == ["1 duplicate-column status"])
        #expect(doubled.findings[0].place.column == 90)
        let optional = try ValidatedTable(
            "subscription_id,msisdn,offer,activated_on,ended_on,cycle,price,currency,payment_method,previous_id\n"
                + "S1,44,Easy,2025-01-01,,P1M,9.99,EUR,card,S0\n")
        #expect(optional.summary == ["1 misspelt-column previous_id"])
        #expect(optional.verdict == .valid)
        #expect(try ValidatedTable("a,b,c\n1,2,3\n").summary == ["1 unknown-layout -"])
        #expect(try ValidatedTable("a,b,c\n1,2,3\n").verdict == .undecided)
        #expect(try ValidatedTable("").summary == ["0 empty-file -"])
        #expect(try ValidatedTable(ValidatedTable.chargesHeader + "\n").summary == ["0 no-records -"])
    }

    @Test func lineEndsAndMarks() throws {
        let row = "S1,renewal,2025-01-01,,,9.99,EUR,posted"
        let mixed = try ValidatedTable(
            "\u{FEFF}\(ValidatedTable.chargesHeader)\r\nC1,\(row)\r\nC2,\(row)\nC3,\(row)\r\n")
        #expect(mixed.summary == ["1 byte-order-mark -", "3 mixed-line-ends -"])
        #expect(mixed.verdict == .valid)
        let open = try ValidatedTable("\(ValidatedTable.chargesHeader)\nC1,\(row)")
        #expect(open.summary.isEmpty)
        let cut = try ValidatedTable("\(ValidatedTable.chargesHeader)\nC1,\(row.dropLast())")
        #expect(cut.summary == ["2 unknown-status status", "2 truncated-last-row status"])
    }

    @Test func aQuoteThatSwallowsRows() throws {
        let row = "S1,renewal,2025-01-01,,,9.99,EUR,posted"
        let table = try ValidatedTable.charges("C1,\"\(row)", "C2,\(row)", "C3,\(row.dropLast(6))po\"sted", "C4,\(row)")
        #expect(table.counts[.unclosedQuote] == 1, "\(table.report)")
        let open = try ValidatedTable.charges("C1,\"\(row)", "C2,\(row)")
        #expect(open.summary == ["2 unclosed-quote subscription_id"])
    }
}
