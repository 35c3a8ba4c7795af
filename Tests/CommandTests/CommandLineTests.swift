import Testing

/// The command line: what is understood, what is refused, and with which exit code.
@Suite struct CommandLineTests {
    @Test(arguments: [["--help"], ["-h"], ["help"], ["audit", "--help"], ["rules", "--help"], ["help", "audit"], []])
    func helpGoesToStandardOutput(arguments: [String]) throws {
        let outcome = try Rinnovo.command(arguments).run()
        #expect(outcome.code == 0, "\(outcome.report)")
        #expect(outcome.output.contains("USAGE: rinnovo"))
        #expect(outcome.error == "")
    }

    @Test func theHelpOfTheAuditNamesOptionsAndExitCodes() throws {
        let help = try Rinnovo.run("audit", "--help").output
        for word in [
            "--subscriptions", "--charges", "--from", "--to", "--output", "--decided-on", "--dry-run", "--force",
        ] {
            #expect(help.contains(word))
        }
        for code in ["64", "65", "66", "70", "73", "74"] { #expect(help.contains(code)) }
    }

    @Test func theVersionNamesTheProgramAndItsXMLLibrary() throws {
        let outcome = try Rinnovo.run("--version")
        #expect(outcome.code == 0)
        #expect(outcome.output.wholeMatch(of: /rinnovo \d+\.\d+\.\d+\S*\nlibxml2 \d+\.\d+\.\d+\S*\n/) != nil)
    }

    /// Command lines that are wrong, and a word of what the program says about it.
    static let wrong: [(arguments: [String], word: String)] = [
        (["--bogus"], "--bogus"), (["bogus"], "bogus"), (Sample.audit(output: nil, "--bogus"), "--bogus"),
        (["audit"], "--charges"),
        (
            ["audit", "--subscriptions", "s", "--charges", "c", "--from", "2025-01-01", "--to", "2025-02-01"],
            "--output"
        ),
        (Rinnovo.audit("s", ["c"], from: "2025-02-30"), "2025-02-30"),
        (Rinnovo.audit("s", ["c"], from: "1.1.2025"), "YYYY-MM-DD"),
        (Rinnovo.audit("s", ["c"], to: "tomorrow"), "tomorrow"),
        (Rinnovo.audit("s", ["c"], to: "２０２５-01-01"), "YYYY-MM-DD"),
        (Rinnovo.audit("s", ["c"], from: "2025-12-02"), "must lie before"),
        (Rinnovo.audit("s", ["c"], from: Sample.to), "must lie before"),
        (Sample.audit(output: nil, "--decided-on", "2025-13-01"), "2025-13-01"),
        (Sample.audit(output: nil, "--threads", "0"), "--threads"),
        (Sample.audit(output: nil, "--threads", "many"), "many"),
        (Sample.audit(output: nil, "--quiet", "--verbose"), "--quiet"),
        (Rinnovo.audit("-", ["-"]), "Standard input"),
        (["rules", "explain", "nonsense"], "nonsense"), (["rules", "explain"], "rule"),
    ]

    @Test(arguments: wrong)
    func aWrongCommandLine(arguments: [String], word: String) throws {
        let outcome = try Rinnovo.command(arguments).run()
        #expect(outcome.code == 64, "\(outcome.report)")
        #expect(outcome.output == "")
        #expect(outcome.error.contains(word), "\(outcome.error)")
    }

    @Test func theRulesAreListedAndExplained() throws {
        let list = try Rinnovo.run("rules", "list")
        #expect(list.code == 0)
        let names = list.output.split(separator: "\n").compactMap { $0.split(separator: " ").first.map(String.init) }
        #expect(Set(names).count == names.count)
        #expect(Set(names).isSuperset(of: ["uncharged-renewal", "undecided", "unclosed-quote", "duplicate-charge"]))
        let explained = try Rinnovo.run("rules", "explain", "uncharged-renewal")
        #expect(explained.code == 0)
        #expect(explained.output.hasPrefix("uncharged-renewal\n"))
        for name in names where name != "uncharged-renewal" {
            #expect(try Rinnovo.run("rules", "explain", name).code == 0, "\(name)")
        }
    }

    @Test func quietSaysNothing() throws {
        let scratch = try TemporaryDirectory()
        let outcome = try Rinnovo.command(Sample.audit(output: scratch.path("out"), "--quiet")).run()
        #expect(outcome.code == 1)
        #expect(outcome.output == "")
        #expect(outcome.error == "")
        #expect(try scratch.names() == ["out"])
    }

    @Test func quietStillTellsErrors() throws {
        let outcome = try Rinnovo.command(Rinnovo.audit("none.csv", [Sample.charges], "--quiet")).run()
        #expect(outcome.code == 66)
        #expect(outcome.error.contains("none.csv"))
    }

    @Test func aDryRunWritesNothing() throws {
        let scratch = try TemporaryDirectory()
        for arguments in [Sample.audit(output: nil), Sample.audit(output: scratch.path("out"), "--dry-run")] {
            var command = try Rinnovo.command(arguments)
            command.directory = scratch.path
            let outcome = try command.run()
            #expect(outcome.code == 1)
            #expect(outcome.output.contains("282"))
            #expect(try scratch.names() == [])
        }
    }

    @Test func theDayOfTheDecisionMovesTheRecoveryAlone() throws {
        let scratch = try TemporaryDirectory()
        let outcome = try Rinnovo.command(
            Sample.audit(output: scratch.path("out"), "--decided-on", "2026-01-15")
        ).run()
        #expect(outcome.code == 1, "\(outcome.report)")
        let reference = try Sample.audited.get()
        // Collections that were pending on the first of December have been pending for too long by now.
        let before = CSVTable(try reference.bytes(of: "out/discrepancies.csv")).rows
        let after = CSVTable(try scratch.bytes(of: "out/discrepancies.csv")).rows
        #expect(after.filter { $0["evidence"]?.contains("pending for too long") != true } == before)
        #expect(after.count == before.count + 2)
        let plan = CSVTable(try scratch.bytes(of: "out/recovery-plan.csv")).values("subscription_id", "collect_on")
        let days = plan.map { $0[1] }
        #expect(days.min().map { $0 >= "2026-02-01" } == true)
        // On the first renewal day in the month after the decision, and then every 30 days.
        #expect(plan.filter { $0[0] == "S0255" }.map { $0[1] } == ["2026-02-28", "2026-03-30", "2026-04-29"])
    }

    @Test func anExportThatEndsTooEarlyIsNamed() throws {
        let arguments = Rinnovo.audit(Sample.subscriptions, [Sample.charges], to: "2026-01-31")
        let outcome = try Rinnovo.command(arguments).run()
        #expect(outcome.error.contains("warning: the newest charge is of 2025-12-05"))
        #expect(try Rinnovo.command(Sample.audit(output: nil)).run().error == "")
    }
}
