import Testing

/// Audits without a subscriptions file, as a script sees them.
@Suite struct InferenceTests {
    private let scratch: TemporaryDirectory

    init() throws {
        scratch = try TemporaryDirectory()
    }

    private static let columns = SmallAudit.chargeColumns

    /// Ten months of one line, the fifth left out.
    private static let charges = SmallAudit.table(
        columns,
        (1...10).filter { $0 != 5 }.map { month in
            let (this, next) = [month, month + 1].map { $0 < 10 ? "0\($0)" : "\($0)" }.pair
            return "C\(month),S1,renewal,2025-\(this)-07,2025-\(this)-07,2025-\(next)-06,9.99,EUR,posted"
        })

    private func audit(_ charges: String, _ more: String..., input: String? = nil) throws -> Command.Outcome {
        var command = try Rinnovo.command(
            ["audit", "--charges", charges, "--from", "2025-01-01", "--to", "2025-11-01"] + more)
        command.input = input.map { Array($0.utf8) }
        return try command.run()
    }

    @Test func aGapIsFoundAndNotRecovered() throws {
        let path = try scratch.write(Self.charges, to: "charges.csv")
        let outcome = try audit(path, "--output", scratch.path("out"))
        #expect(outcome.code == 1, "\(outcome.report)")
        #expect(outcome.output.contains("nothing inferred is recovered"))
        let found = CSVTable(try scratch.bytes(of: "out/discrepancies.csv"))
        #expect(
            found.values("rule", "period_start", "expected_amount", "confidence") == [
                ["uncharged-renewal", "2025-05-07", "9.99", "medium"]
            ])
        #expect(found.rows.first?["evidence"]?.contains("inferred from 9 charges") ?? false)
        #expect(CSVTable(try scratch.bytes(of: "out/recovery-charges.csv")).rows.isEmpty)
        #expect(try scratch.bytes(of: "out/corrected-charges.csv") == Array(Self.charges.utf8))
        #expect(String(decoding: try scratch.bytes(of: "out/summary.json"), as: UTF8.self).contains("\"inferred\""))
    }

    @Test func itIsRecoveredWhereThatIsAskedFor() throws {
        let path = try scratch.write(Self.charges, to: "charges.csv")
        _ = try audit(path, "--output", scratch.path("out"), "--recover-inferred")
        let recovered = CSVTable(try scratch.bytes(of: "out/recovery-charges.csv"))
        #expect(recovered.values("period_start", "amount") == [["2025-05-07", "9.99"]])
    }

    /// Standard input is read twice, through its copy.
    @Test func standardInputGivesTheSame() throws {
        let path = try scratch.write(Self.charges, to: "charges.csv")
        _ = try audit(path, "--output", scratch.path("one"))
        let outcome = try audit("-", "--output", scratch.path("two"), input: Self.charges)
        #expect(outcome.code == 1, "\(outcome.report)")
        for name in ["discrepancies.csv", "corrected-charges.csv"] {
            #expect(try scratch.bytes(of: "one/\(name)") == scratch.bytes(of: "two/\(name)"))
        }
    }

    @Test func whatCannotBeTrustedTellsNothing() throws {
        let path = try scratch.write(Self.charges + "C11,S1,renewal,\"2025", to: "charges.csv")
        let outcome = try audit(path, "--output", scratch.path("out"))
        #expect(outcome.code == 65, "\(outcome.report)")
        #expect(try !scratch.names().contains("out"))
    }

    @Test(arguments: [["--recover-inferred", "--subscriptions", "s.csv"], ["--offers", "o.yaml"]])
    func whatMakesNoSenseIsRefused(_ more: [String]) throws {
        let outcome = try Rinnovo.command(
            ["audit", "--charges", "c.csv", "--from", "2025-01-01", "--to", "2025-11-01", "--dry-run"] + more
        ).run()
        #expect(outcome.code == 64, "\(outcome.report)")
    }
}

extension [String] {
    /// The first two elements.
    fileprivate var pair: (String, String) { (self[0], self[1]) }
}
