import Foundation
import Testing

/// `rinnovo convert --to sepa-pain.008`: charges as direct debits, by the mandates of customers.
@Suite struct ConvertCollectionsTests {
    private static let header =
        "charge_id,subscription_id,kind,charged_on,period_start,period_end,amount,currency,status\n"
    private static let mandates = """
        subscription_id,account_holder,iban,mandate_id,signed_on,sequence
        S1,Anna Rossi,IT60X0542811101000000123456,M1,2024-01-01,RCUR
        S2,Bruno Bianchi,DE89370400440532013000,M2,2024-01-01,FRST
        S3,Carla Verdi,IT60X0542811101000000123456,M3,2024-01-01,OOFF
        S4,Dario Neri,IT60X0542811101000000123457,M4,2024-01-01,RCUR
        S5,Elsa Blu,DE89370400440532013000,M5,2025-08-01,RCUR

        """
    private static let creditor = """
        name: Easy Telecom
        iban: FR1420041010050500013M02606
        creditor_id: DE98ZZZ09999999999
        text: Tel. 800 123

        """
    /// Which rows are written, and which are not with the field that is named.
    private static let rows: [(row: String, field: String?)] = [
        ("C1,S1,renewal,2025-07-01,2025-07-01,2025-07-31,9.99,EUR,pending\n", nil),
        ("R-S1-20250601,S1,recovery,2025-07-01,2025-06-01,2025-06-30,9.99,EUR,pending\n", nil),
        ("C3,S2,renewal,2025-08-01,,,0.05,EUR,pending\n", nil),
        ("C2,S2,renewal,2025-07-01,2025-07-01,2025-07-31,19.90,EUR,pending\n", nil),
        ("C4,S3,renewal,2025-07-05,,,7.00,EUR,pending\n", nil),
        ("C5,S3,renewal,2025-07-01,,,7.00,EUR,pending\n", "subscription_id"),
        ("C6,S1,renewal,2025-07-01,2025-07-01,2025-07-31,9.99,EUR,posted\n", "status"),
        ("C7,S4,renewal,2025-07-01,,,9.99,EUR,pending\n", "subscription_id"),
        ("C8,S5,renewal,2025-07-01,,,9.99,EUR,pending\n", "charged_on"),
        ("C9,S6,renewal,2025-07-01,,,9.99,EUR,pending\n", "subscription_id"),
        ("C10,S1,renewal,2025-07-01,,,9.99,USD,pending\n", "currency"),
        ("C11,S1,renewal,2025-07-01,,,0.00,EUR,pending\n", "amount"),
        ("C12,S1,credit,2025-07-01,,,-5.00,EUR,pending\n", "kind"),
        ("C13,S1,renewal,2025-07-01,,,9.999,EUR,pending\n", "amount"),
        ("C14,S1,renewal,2025-07-01,2025-07-01,,9.99,EUR,pending\n", "period_start"),
        ("C_15,S1,renewal,2025-07-01,,,9.99,EUR,pending\n", "charge_id"),
        ("R-16,S1,renewal,2025-07-01,2025-07-01,2025-07-31,9.99,EUR,pending\n", "kind"),
        ("C1,S1,renewal,2025-07-01,2025-07-01,2025-07-31,9.99,EUR,pending\n", "charge_id"),
        ("C17,S1,addon,2025-07-01,,,9.99,EUR,pending\n", "kind"),
    ]
    private let scratch: TemporaryDirectory

    init() throws {
        scratch = try TemporaryDirectory()
        try scratch.write(Self.header + Self.rows.map(\.row).joined(), to: "charges.csv")
        try scratch.write(Self.mandates, to: "mandates.csv")
        try scratch.write(Self.creditor, to: "creditor.yaml")
    }

    private func convert(_ arguments: [String]) throws -> Command.Outcome {
        var command = try Rinnovo.command(["convert"] + arguments)
        command.directory = scratch.path
        return try command.run()
    }

    private static let collecting = [
        "--to", "sepa-pain.008", "--mandates", "mandates.csv", "--creditor", "creditor.yaml", "--set",
        "created=2025-06-25",
    ]

    @Test(arguments: [
        ("pain.008.001.08", "python-sepaxml/pain.008.001.08.xsd"), ("pain.008.001.02", "sepa_king/pain.008.001.02.xsd"),
    ])
    func whatMandatesAllowIsCollected(version: String, schema: String) throws {
        let outcome = try convert(
            ["charges.csv", "message.xml", "--rejected", "rest.csv", "--set", "version=\(version)"] + Self.collecting)
        #expect(outcome.code == 1, "\(outcome.report)")
        #expect(outcome.error.contains("mandates.csv:5:"), "\(outcome.error)")
        #expect(outcome.error.contains("converted 5 charges"))
        // One that stands twice is collected once.
        let rejected = Self.rows.filter { $0.field != nil }
        #expect(try scratch.text(of: "rest.csv") == Self.header + rejected.map(\.row).joined())
        let message = try scratch.text(of: "message.xml")
        #expect(message.contains("urn:iso:std:iso:20022:tech:xsd:\(version)"))
        #expect(message.contains("<NbOfTxs>5</NbOfTxs>") && message.contains("<CtrlSum>46.93</CtrlSum>"))
        // The first debit of a mandate by day is its first, wherever it stands in the file.
        #expect(message.components(separatedBy: "<SeqTp>FRST</SeqTp>").count == 2)
        #expect(message.contains("<Ustrd>Subscription S2 Tel. 800 123</Ustrd>"))
        let xsd = "../shared/formats/samples/sepa-pain.008/schema/" + schema
        guard FileManager.default.fileExists(atPath: xsd) else {
            Issue.record("\(xsd) is absent: the schemas are needed beside the repository")
            return
        }
        let path = FileManager.default.currentDirectoryPath + "/" + xsd
        let verdict = try Command.shell("xmllint --noout --nonet --schema '\(path)' message.xml 2>&1", in: scratch.path)
        #expect(verdict.contains("message.xml validates"), "\(verdict)")
        #expect(try convert(["message.xml", "back.csv", "--quiet"]).code == 1)
        let back = Set(try scratch.text(of: "back.csv").split(separator: "\n").dropFirst().map(String.init))
        #expect(back == Set(Self.rows.filter { $0.field == nil }.map { String($0.row.dropLast()) }))
    }

    @Test(arguments: rows.compactMap { row in row.field.map { (row.row, $0) } })
    func whatTheyDoNotIsTold(row: String, field: String) throws {
        // One collection of a mandate for one comes first.
        let before =
            row.hasPrefix("C5")
            ? "C4,S3,renewal,2025-07-05,,,7.00,EUR,pending\n" : field == "charge_id" && row.hasPrefix("C1,") ? row : ""
        try scratch.write(Self.header + before + row, to: "one.csv")
        let outcome = try convert(["one.csv", "message.xml"] + Self.collecting)
        #expect(outcome.code == 1)
        let line = before.isEmpty ? 2 : 3
        #expect(outcome.error.contains("one.csv:\(line):"), "\(outcome.error)")
        #expect(outcome.error.contains("[unwritable-value] \(field): "), "\(outcome.error)")
        #expect(try scratch.names().contains("message.xml") == !before.isEmpty)
    }

    @Test(arguments: [
        (["--to", "sepa-pain.008", "--set", "created=2025-06-25"], "--mandates and --creditor"),
        (["--to", "sepa-pain.008", "--mandates", "mandates.csv", "--creditor", "creditor.yaml"], "--set created=..."),
        (collecting + ["--set", "version=pain.008.001.09"], "--set version: expected"),
        (["--to", "ubl-2.1", "--mandates", "mandates.csv"], "--set buyer-name=..."),
        (["--to", "csv", "--mandates", "mandates.csv"], "native CSV does not"),
    ])
    func wrongOptionsAreRefused(options: [String], text: String) throws {
        let outcome = try convert(["charges.csv", "message.xml"] + options)
        #expect(outcome.code == 64)
        #expect(outcome.error.contains(text), "\(outcome.error)")
        #expect(try !scratch.names().contains("message.xml"))
    }

    @Test func mandatesThatNobodyCanTellApartAreNotTrusted() throws {
        try scratch.write("subscription,iban\nS1,X\n", to: "mandates.csv")
        let outcome = try convert(["charges.csv", "message.xml"] + Self.collecting)
        #expect(outcome.code == 65, "\(outcome.report)")
        #expect(try !scratch.names().contains("message.xml"))
    }

    /// Neither mandates nor creditor are replaced by the message.
    @Test(arguments: ["mandates.csv", "creditor.yaml", "charges.csv"])
    func inputsStay(name: String) throws {
        let before = try scratch.bytes(of: name)
        let outcome = try convert(["charges.csv", name, "--force"] + Self.collecting)
        #expect(outcome.code == 73, "\(outcome.report)")
        #expect(try scratch.bytes(of: name) == before)
    }
}
