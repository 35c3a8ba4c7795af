import Testing

@testable import BillingFiles
@testable import FormatProfiles

/// An account export of Kill Bill, written here after its source, and what becomes of its tables.
@Suite struct WrittenTablesTests {
    static let items =
        "-- invoice_items record_id|id|type|invoice_id|account_id|subscription_id|description|start_date|"
        + "end_date|amount|currency|linked_item_id|created_date\n"
    static let invoices = "-- invoices record_id|id|account_id|invoice_date|target_date|currency|status\n"

    static func item(
        _ id: String, _ type: String, _ invoice: String, _ subscription: String, _ amount: String, _ text: String = "x"
    ) -> String {
        "1|\(id)|\(type)|\(invoice)|A|\(subscription)|\(text)|2025-03-01|2025-04-01|\(amount)|EUR||"
            + "2025-03-01T04:11:51.000+00:00\n"
    }

    static func export(_ rows: [String], _ bills: [String] = ["1|I1|A|2025-03-02|2025-03-01|EUR|COMMITTED\n"]) -> String
    {
        "-- accounts record_id|id|email\n7|A|a@example.org\n" + items + rows.joined() + invoices + bills.joined()
            + "-- tags record_id|id\n"
    }

    @Test func itemsBecomeChargesByTheirInvoices() throws {
        let text = Self.export(
            [
                Self.item("i1", "RECURRING", "I1", "S1", "19.900000000"),
                Self.item("i2", "REPAIR_ADJ", "I1", "S1", "-5.5", "a\\N{VERTICAL LINE}b\\N{LINE FEED}c"),
                Self.item("i3", "RECURRING", "I2", "S1", "19.90"), Self.item("i4", "RECURRING", "I3", "S1", "19.90"),
                Self.item("i5", "TAX", "I1", "S1", "1"), Self.item("i6", "CBA_ADJ", "I1", "", "1"),
                Self.item("i7", "EXTERNAL_CHARGE", "I1", "", "3"), Self.item("i8", "RECURRING", "I9", "S1", "19.90"),
                Self.item("i9", "MAGIC", "I1", "S\\N{VERTICAL LINE}2", "1"),
            ],
            [
                "1|I1|A|2025-03-02|2025-03-01|EUR|COMMITTED\n", "2|I2|A|2025-03-03|2025-03-01|EUR|DRAFT\n",
                "3|I3|A|2025-03-04|2025-03-01|EUR|VOID\n",
            ])
        let read = try DocumentRows(Array(text.utf8))
        #expect(read.format == "killbill-account-export")
        #expect(
            read.rows == [
                "i1,S1,renewal,2025-03-02,2025-03-01,2025-03-31,19.90,EUR,posted",
                "i2,S1,credit,2025-03-02,2025-03-01,2025-03-31,-5.5,EUR,posted",
                "i3,S1,renewal,2025-03-03,2025-03-01,2025-03-31,19.90,EUR,pending",
                "i8,S1,renewal,\u{1A}I9,2025-03-01,2025-03-31,19.90,EUR,\u{1A}I9",
                "i9,S|2,\u{1A}MAGIC,2025-03-02,2025-03-01,2025-03-31,1,EUR,posted",
            ])
        #expect(
            read.trial.skipped == [
                "row of another table": 4, "item of a voided invoice": 1, "tax": 1, "balance of the account": 1,
                "no subscription": 1,
            ])
        // An invoice that the file lacks says neither day nor status, and nobody knows what is magic.
        #expect(
            read.trial.findings.map(\.rule.identifier) == ["invalid-date", "unknown-status", "invalid-value"])
        #expect(read.trial.findings.map(\.field) == ["charged_on", "status", "kind"])
    }

    @Test(arguments: [1, 7, 64, 100_000])
    func piecesOfAnyLengthGiveTheSameRowsAndPlaces(piece: Int) throws {
        let text = Self.export((1...50).map { Self.item("i\($0)", "RECURRING", "I1", "S\($0)", "1") })
        let bytes = Array(text.utf8)
        let profile = try #require(try ShippedProfiles.profile(named: "killbill-account-export"))
        let file = try ForeignFile.open(profile, beginning: bytes, isWhole: true).get()
        let reader = try #require(file.documentReader())
        var parts: [XMLSerialReader.Part] = []
        for start in stride(from: 0, to: bytes.count, by: piece) {
            parts.append(reader.feed(bytes[start..<min(start + piece, bytes.count)].span))
        }
        parts.append(reader.finish())
        #expect(parts.flatMap(\.bytes) == bytes)
        #expect(parts.flatMap(\.findings).isEmpty)
        var names: [String] = []
        for part in parts {
            let rows = String(decoding: part.rows.bytes[..<part.rows.count], as: UTF8.self).split(separator: "\n")
            for (row, offset) in zip(rows, part.rows.recordOffsets) {
                names.append(String(row.prefix { $0 != "," }))
                let there = part.bytes[Int(offset)...].prefix(while: { $0 != UInt8(ascii: "\n") })
                #expect(String(decoding: there, as: UTF8.self).hasPrefix("1|\(names.last ?? "")|"))
            }
        }
        #expect(names == (1...50).map { "i\($0)" })
    }

    @Test(arguments: [
        (export([item("i1", "RECURRING", "I1", "S1", "1", "a|b")]), ["wrong-field-count"]),
        (export([item("i1", "RECURRING", "I1", "S1", "1", "a\nb")]), ["wrong-field-count"]),
        (String(export([]).dropLast()), ["truncated-last-row"]),
        (export([], ["1|I1|A"]), ["wrong-field-count"]),
        (export([]).replacing("|status", with: "|state"), ["missing-column"]),
        (export([]).replacing("\n-- tags", with: "\n1|2\n-- tags"), ["wrong-field-count"]),
        (export([]), []),
    ])
    func whatIsBrokenIsNotTrusted(text: String, rules: [String]) throws {
        let profile = try #require(try ShippedProfiles.profile(named: "killbill-account-export"))
        let bytes = Array(text.utf8)
        let file = try ForeignFile.open(profile, beginning: bytes, isWhole: true).get()
        let findings = try DocumentRows(file, bytes).trial.findings
        #expect(findings.map(\.rule.identifier) == rules)
        #expect(findings.allSatisfy { $0.rule.breaksTrust })
    }

    @Test(arguments: ["-- a list of things\n1|2\n", "-- accounts id|record_id\n", "--accounts record_id|id\n", "-- \n"])
    func otherFilesAreOfNoFormat(text: String) throws {
        let detection = FormatDetection(try ShippedProfiles.all(), beginning: Array(text.utf8), isWhole: true)
        #expect(detection.certain == nil)
    }
}
