import TestSupport
import Testing

/// A file that was cut: no verdict on money, unless nobody could know.
@Suite struct TruncationTests {
    /// Cuts the sample at many bytes; a cut exactly behind a line looks like a shorter file, every other is found.
    @Test func aCutSampleGivesNoVerdict() throws {
        let whole = try Sample.chargeBytes()
        var generator = SplitMix64(seed: testSeed)
        let scratch = try TemporaryDirectory()
        let randomCuts = (0..<180).map { _ in Int.random(in: 1..<whole.count, using: &generator) }
        let lineEnds = whole.indices.filter { whole[$0] == UInt8(ascii: "\n") }
        let nearLineEnds = lineEnds.shuffled(using: &generator).prefix(7).flatMap { [$0, $0 + 1, $0 + 2] }
        for cut in randomCuts + nearLineEnds where cut < whole.count {
            let path = try scratch.write(whole[..<cut], to: "charges.csv")
            let outcome = try Rinnovo.command(Rinnovo.audit(Sample.subscriptions, [path], "--threads", "1")).run()
            let isBehindLine = whole[cut - 1] == UInt8(ascii: "\n")
            #expect(
                outcome.code == (isBehindLine && cut - 1 > lineEnds[0] ? 1 : 65),
                "cut at byte \(cut), seed \(testSeed): \(outcome.report)")
        }
    }

    /// Every cut within the last row: complete only when its last value cannot be the beginning of a longer one.
    @Test func onlyACompleteLastRowMayLackItsLineEnd() throws {
        let whole = Array(SmallAudit.charges.utf8)
        let lastRow = (SmallAudit.chargeRows.last ?? "").utf8.count + 1
        for cut in whole.count - lastRow + 1..<whole.count {
            let run = try SmallAudit.run(charges: whole[..<cut])
            let isComplete = cut == whole.count - 1
            #expect(run.outcome.code == (isComplete ? 0 : 65), "cut at byte \(cut): \(run.outcome.report)")
            #expect(try run.leftovers() == (isComplete ? ["out"] : []))
        }
    }

    /// The offer is free text: nothing shows that it is all there.
    @Test func aLastRowThatEndsWithFreeTextNeedsItsLineEnd() throws {
        let records = CSVTable.records(SmallAudit.charges).map { Array($0[1...] + $0[..<1]) }
        let text = CSVTable.text(records)
        #expect(try SmallAudit.run(charges: text.utf8).outcome.code == 0)
        let cut = try SmallAudit.run(charges: text.dropLast().utf8)
        #expect(cut.outcome.code == 65)
        #expect(cut.outcome.error.contains("charges.csv:6:"))
        #expect(cut.outcome.error.contains("[truncated-last-row]"))
        #expect(try cut.leftovers() == [])
    }

    /// The correction of a complete file without a last line end must not glue two rows together.
    @Test func theCorrectionOfAFileWithoutALastLineEndIsSound() throws {
        let rows = SmallAudit.chargeRows.filter { !$0.hasPrefix("C3,") }
        let text = String(SmallAudit.table(SmallAudit.chargeColumns, rows).dropLast())
        let run = try SmallAudit.run(charges: text.utf8)
        #expect(run.outcome.code == 1, "\(run.outcome.report)")
        let corrected = CSVTable(try run.scratch.bytes(of: "out/corrected-charges.csv"))
        #expect(corrected.values("charge_id", "kind").suffix(2) == [["C5", "addon"], ["R-S1-20250310", "recovery"]])
    }

    @Test(arguments: [1, 10, 1000, 20_000])
    func aCutGzipGivesNoVerdict(missing: Int) throws {
        let scratch = try TemporaryDirectory()
        _ = try Command.shell("gzip -nc '\(Sample.charges)' > '\(scratch.path("whole.gz"))'")
        let whole = try scratch.bytes(of: "whole.gz")
        let path = try scratch.write(whole.dropLast(missing), to: "charges.csv.gz")
        let outcome = try Rinnovo.command(
            Rinnovo.audit(Sample.subscriptions, [path], output: scratch.path("out"))
        ).run()
        #expect(outcome.code == 65, "\(outcome.report)")
        #expect(outcome.error.contains("charges.csv.gz"))
        #expect(outcome.error.contains("damaged"))
        #expect(try scratch.names() == ["charges.csv.gz", "whole.gz"])
    }

    /// 100 MB without a line end are refused early: within 3 seconds and 64 MB of memory.
    @Test func aLineWithoutAnEndIsRefusedEarly() throws {
        let scratch = try TemporaryDirectory()
        let path = scratch.path("charges.csv")
        _ = try Command.shell(
            "{ echo '\(SmallAudit.chargeColumns)'; head -c 100000000 /dev/zero | tr '\\0' x; } > '\(path)'")
        var command = try Rinnovo.command(Rinnovo.audit(Sample.subscriptions, [path], output: scratch.path("out")))
        command.timeLimit = 3
        command.memoryLimit = 64 << 20
        let outcome = try command.run()
        #expect(outcome.code == 65, "\(outcome.report)")
        #expect(!outcome.timedOut)
        #expect(outcome.error.contains("charges.csv:2:1: error: [record-too-long]"))
        #expect(try scratch.names() == ["charges.csv"])
    }
}
