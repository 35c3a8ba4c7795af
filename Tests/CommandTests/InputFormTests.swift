import Foundation
import Testing

/// The form of a file is no evidence: however the same charges are written, the findings are the same.
@Suite struct InputFormTests {
    /// A name, and the shell commands that make `$OUT` (one file or several) of `$CHARGES` and `$SUBSCRIPTIONS`.
    private func expectSameFindings(
        subscriptions: String = Sample.subscriptions, charges: [String], input: [UInt8]? = nil,
        location: SourceLocation = #_sourceLocation
    ) throws {
        let scratch = try TemporaryDirectory()
        var command = try Rinnovo.command(Rinnovo.audit(subscriptions, charges, output: scratch.path("out")))
        command.input = input
        let outcome = try command.run()
        try #require(outcome.code == 1, "\(outcome.report)", sourceLocation: location)
        let found = CSVTable(try scratch.bytes(of: "out/discrepancies.csv"))
        let expected = CSVTable(try Sample.audited.get().bytes(of: "out/discrepancies.csv"))
        // The evidence names files and lines, which may differ.
        #expect(found.without(["evidence"]) == expected.without(["evidence"]), sourceLocation: location)
        for name in ["recovery-charges.csv", "reversal-charges.csv", "recovery-plan.csv", "incidents.csv"] {
            let bytes = try Sample.audited.get().bytes(of: "out/\(name)")
            #expect(try scratch.bytes(of: "out/\(name)") == bytes, "\(name) differs", sourceLocation: location)
        }
    }

    private func rewritten(_ text: String, _ change: ([[String]]) -> String) -> String {
        change(CSVTable.records(text))
    }

    @Test func twoFiles() throws {
        let scratch = try TemporaryDirectory()
        let lines = try Sample.chargeText().split(separator: "\n")
        let header = lines[0]
        let first = try scratch.write(lines[..<1000].joined(separator: "\n") + "\n", to: "one.csv")
        let second = try scratch.write(([header] + lines[1000...]).joined(separator: "\n") + "\n", to: "two.csv")
        try expectSameFindings(charges: [first, second])
        try expectSameFindings(charges: [second, first])
    }

    @Test func compressedByGzip() throws {
        let scratch = try TemporaryDirectory()
        _ = try Command.shell("gzip -c '\(Sample.charges)' > '\(scratch.path("charges.csv.gz"))'")
        _ = try Command.shell("gzip -c '\(Sample.subscriptions)' > '\(scratch.path("subscriptions.csv.gz"))'")
        try expectSameFindings(
            subscriptions: scratch.path("subscriptions.csv.gz"), charges: [scratch.path("charges.csv.gz")])
    }

    @Test(.enabled(if: Command.exists("zstd"), "zstd is not installed"))
    func compressedByZstd() throws {
        let scratch = try TemporaryDirectory()
        _ = try Command.shell("zstd -q '\(Sample.charges)' -o '\(scratch.path("charges.csv.zst"))'")
        try expectSameFindings(charges: [scratch.path("charges.csv.zst")])
    }

    @Test func linesThatEndWithCarriageReturns() throws {
        let scratch = try TemporaryDirectory()
        let charges = try Sample.chargeText().replacing("\n", with: "\r\n")
        let subscriptions = try Sample.subscriptionText().replacing("\n", with: "\r\n")
        try expectSameFindings(
            subscriptions: scratch.write(subscriptions, to: "s.csv"), charges: [scratch.write(charges, to: "c.csv")])
    }

    @Test func columnsInAnotherOrder() throws {
        let scratch = try TemporaryDirectory()
        let charges = rewritten(try Sample.chargeText()) { CSVTable.text($0.map { $0.reversed() }) }
        let subscriptions = rewritten(try Sample.subscriptionText()) { records in
            CSVTable.text(records.map { Array($0[4...] + $0[..<4]) })
        }
        try expectSameFindings(
            subscriptions: scratch.write(subscriptions, to: "s.csv"), charges: [scratch.write(charges, to: "c.csv")])
    }

    @Test func aByteOrderMark() throws {
        let scratch = try TemporaryDirectory()
        try expectSameFindings(
            subscriptions: scratch.write("\u{FEFF}" + Sample.subscriptionText(), to: "s.csv"),
            charges: [scratch.write("\u{FEFF}" + Sample.chargeText(), to: "c.csv")])
    }

    @Test func everythingInQuotes() throws {
        let scratch = try TemporaryDirectory()
        let charges = rewritten(try Sample.chargeText()) { CSVTable.text($0, quotesAll: true) }
        let subscriptions = rewritten(try Sample.subscriptionText()) { CSVTable.text($0, quotesAll: true) }
        #expect(charges.hasPrefix("\"charge_id\",\"subscription_id\""))
        try expectSameFindings(
            subscriptions: scratch.write(subscriptions, to: "s.csv"), charges: [scratch.write(charges, to: "c.csv")])
    }

    @Test func chargesFromStandardInput() throws {
        try expectSameFindings(charges: ["-"], input: Sample.chargeBytes())
    }

    @Test func subscriptionsFromStandardInput() throws {
        try expectSameFindings(
            subscriptions: "-", charges: [Sample.charges], input: Array(Sample.subscriptionText().utf8))
    }
}
