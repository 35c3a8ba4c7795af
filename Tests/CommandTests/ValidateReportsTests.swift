import Foundation
import Testing

/// `rinnovo validate --report` and `--rules`: several reports of one run, and rules that weigh otherwise.
@Suite("Reports and rules of rinnovo validate") struct ValidateReportsTests {
    private let scratch: TemporaryDirectory

    init() throws {
        scratch = try TemporaryDirectory()
        try scratch.write(
            """
            charge_id,subscription_id,kind,charged_on,period_start,period_end,amount,currency,status
            C1,S1,renewal,2025-02-30,,,9.99,EUR,posted
            C2,S1,renewal,2025-03-01,,,9x99,EUR,posted
            C3,S1,renewal,2025-03-01,2025-03-01,2025-03-31,9.99,EUR,posted

            """, to: "charges.csv")
    }

    private func run(_ arguments: String...) throws -> Command.Outcome {
        var command = try Rinnovo.command(["validate", "--today", "2026-11-22", "charges.csv"] + arguments)
        command.directory = scratch.path
        return try command.run()
    }

    @Test func aLineIsShownUnderItsFinding() throws {
        let outcome = try run()
        #expect(outcome.code == 1)
        #expect(
            outcome.output.contains(
                "\n    C2,S1,renewal,2025-03-01,,,9x99,EUR,posted\n                               ^^^^\n"),
            "\(outcome.output)")
        #expect(outcome.output.contains("What was found\n"))
    }

    @Test func severalReportsComeFromOneRun() throws {
        let outcome = try run(
            "--report", "sarif=log.sarif", "--report", "junit=tests.xml", "--report", "html=page.html", "--report",
            "jsonl=lines.jsonl", "--report", "json")
        #expect(outcome.code == 1, "\(outcome.report)")
        for bytes in [outcome.outputBytes, try scratch.bytes(of: "log.sarif")] {
            _ = try JSONSerialization.jsonObject(with: Data(bytes))
        }
        #expect(try scratch.text(of: "lines.jsonl").split(separator: "\n").count == 2)
        #expect(try scratch.text(of: "page.html").hasPrefix("<!DOCTYPE html>"))
        var check = Command(program: "xmllint", arguments: ["--noout", scratch.path("tests.xml")])
        check.directory = scratch.path
        #expect(try check.run().code == 0)
    }

    @Test(
        arguments: [
            ["--report", "pdf"], ["--report", "json", "--report", "text"], ["--report", "json="],
            ["--report", "json=a", "--report", "jsonl=a"],
        ])
    func wrongReportsAreRefused(arguments: [String]) throws {
        var command = try Rinnovo.command(["validate", "charges.csv"] + arguments)
        command.directory = scratch.path
        #expect(try command.run().code == 64)
    }

    @Test func aWaivedRuleDoesNotCountAndAnExpiredWaiverIsTold() throws {
        try scratch.write(
            """
            rules:
              invalid-date: {severity: warning}
              invalid-amount: {waived_until: 2026-11-22, reason: known}
              unknown-status: {waived_until: 2026-11-21, reason: old}

            """, to: "rules.yaml")
        let outcome = try run("--rules", "rules.yaml")
        #expect(outcome.code == 0, "\(outcome.report)")
        #expect(outcome.output.contains("charges.csv: valid, native-charges, 3 records, 0 errors, 1 warning, 1 waived"))
        #expect(outcome.output.contains("rules.yaml:4:3: warning: [expired-waiver] unknown-status: "))
        #expect(outcome.output.contains("byte 105)"), "\(outcome.output)")
        #expect(try scratch.text(of: "rules.yaml").utf8.dropFirst(105).starts(with: "unknown-status".utf8))
    }

    @Test func aWrongRulesFileIsRefusedWithPlaces() throws {
        try scratch.write("rules:\n  invalid-dat: {severity: warning}\n", to: "rules.yaml")
        let outcome = try run("--rules", "rules.yaml")
        #expect(outcome.code == 64)
        #expect(outcome.error.contains("rules.yaml:2:"), "\(outcome.report)")
    }

    @Test func numbersAreMaskedForPeopleUnlessAskedFor() throws {
        try scratch.write(
            "charge_id,subscription_id,kind,charged_on,period_start,period_end,amount,currency,status\n"
                + "C1,S1,renewal,2025-03-01,,,9.99,EUR,393331234567\n", to: "charges.csv")
        #expect(try !run().output.contains("393331234567"))
        #expect(try run("--unmasked").output.contains("393331234567"))
        #expect(try run("--report", "json").output.contains("393331234567"))
        #expect(try !run("--report", "json", "--masked").output.contains("393331234567"))
    }
}
