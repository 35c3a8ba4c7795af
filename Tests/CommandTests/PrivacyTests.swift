import Testing

/// Telephone numbers are for the files of machines, never for a screen or a log.
@Suite struct PrivacyTests {
    private let numbers: [String]

    init() throws {
        numbers = CSVTable(try Sample.subscriptionText()).rows.compactMap { $0["msisdn"] }
        #expect(numbers.count == 320)
    }

    @Test(arguments: [[], ["--verbose"], ["--unmasked"]])
    func noNumberIsPrinted(more: [String]) throws {
        let outcome = try Rinnovo.command(Sample.audit(output: nil) + more).run()
        #expect(outcome.code == 1)
        for number in numbers {
            #expect(!outcome.output.contains(number))
            #expect(!outcome.error.contains(number))
        }
    }

    /// A number in the wrong place is a value too.
    @Test func noNumberIsPrintedInAFinding() throws {
        let row = "C3,S1,renewal,2025-03-10,2025-03-10,2025-04-09,390001234567,390007654321,390009999999"
        let outcome = try SmallAudit.run(charges: SmallAudit.charges(replacing: 2, with: row).utf8).outcome
        #expect(outcome.code == 1, "\(outcome.report)")
        for number in ["390001234567", "390007654321", "390009999999"] {
            #expect(!outcome.output.contains(number), "\(outcome.output)")
            #expect(!outcome.error.contains(number))
        }
    }

    @Test func theFilesCarryTheNumbers() throws {
        let scratch = try Sample.audited.get()
        for name in ["discrepancies.csv", "recovery-plan.csv"] {
            let carried = CSVTable(try scratch.bytes(of: "out/\(name)")).rows.compactMap { $0["msisdn"] }
            #expect(Set(carried.filter { !$0.isEmpty }).isSubset(of: numbers), "\(name)")
            #expect(carried.count > 200)
        }
    }

    @Test func maskedTablesHoldNoNumber() throws {
        let scratch = try TemporaryDirectory()
        #expect(try Rinnovo.command(Sample.audit(output: scratch.path("out"), "--masked")).run().code == 1)
        let reference = try Sample.audited.get()
        for name in ["discrepancies.csv", "recovery-plan.csv"] {
            let text = try scratch.text(of: "out/\(name)")
            for number in numbers { #expect(!text.contains(number), "\(name)") }
            let masked = CSVTable(text)
            let open = CSVTable(try reference.bytes(of: "out/\(name)"))
            #expect(masked.without(["msisdn"]) == open.without(["msisdn"]))
            #expect(masked.columns == open.columns)
        }
        for name in ["corrected-charges.csv", "recovery-charges.csv", "reversal-charges.csv"] {
            #expect(try scratch.bytes(of: "out/\(name)") == reference.bytes(of: "out/\(name)"), "\(name)")
        }
    }

    /// What a file holds must not command the terminal.
    @Test func controlCharactersAreMadeVisible() throws {
        let row = "C3,S1,ren\u{1B}[31mewal\u{202E},2025-03-10,2025-03-10,2025-04-09,9.99,EUR,posted"
        let outcome = try SmallAudit.run(charges: SmallAudit.charges(replacing: 2, with: row).utf8).outcome
        #expect(outcome.code == 1)
        #expect((outcome.output + outcome.error).contains(#"ren\u{1B}[31mewal\u{202E}"#))
        #expect(!(outcome.output + outcome.error).contains("\u{1B}"))
    }
}
