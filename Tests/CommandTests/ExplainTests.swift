import Foundation
import Testing

/// `audit --explain`: one customer's history, in words, from what the audit used.
@Suite struct ExplainTests {
    private func explain(_ mode: String, _ identifiers: String..., more: [String] = []) throws -> Command.Outcome {
        let folder = "\(ModesTests.folder)/\(mode)"
        var arguments = [
            "audit", "--subscriptions", "\(folder)/subscriptions.csv", "--charges", "\(folder)/charges.csv",
            "--from", "2025-01-01", "--to", "2025-07-01",
        ]
        if FileManager.default.fileExists(atPath: "\(folder)/events.csv") {
            arguments += ["--events", "\(folder)/events.csv"]
        }
        return try Rinnovo.command(arguments + ["--explain"] + identifiers + more).run()
    }

    @Test func aHistoryIsDrawn() throws {
        let outcome = try explain("08-suspended", "S2", "S4")
        #expect(outcome.code == 1)
        #expect(
            outcome.output == """
                S2  Easy Pay, card, 9.99 EUR every P1M, activated on 2024-10-05
                  telephone *********001
                  renewals due from 2025-01-01 to 2025-06-30, decided on 2025-07-01

                  o 2025-01-05  to 2025-02-04  9.99 EUR due: charged
                       2025-01-05  renewal 9.99 EUR posted, C002 (charges.csv:3)
                  o 2025-02-05  to 2025-03-04  9.99 EUR due: charged
                       2025-02-05  renewal 9.99 EUR posted, C006 (charges.csv:7)
                  * 2025-02-20  suspended from 2025-02-20 until 2025-04-25 (events.csv:3)
                  x 2025-03-05  to 2025-05-04  nothing due: charge-while-suspended (high confidence)
                       the line was suspended from 2025-02-20 until 2025-04-25 (events.csv:3)
                       2025-03-05  renewal 9.99 EUR posted for 2025-03-05 to 2025-04-04, C009 (charges.csv:10): \
                nothing was due for it
                  o 2025-05-05  to 2025-06-04  9.99 EUR due: charged
                       2025-05-05  renewal 9.99 EUR posted, C013 (charges.csv:14)
                  o 2025-06-05  to 2025-07-04  9.99 EUR due: charged
                       2025-06-05  renewal 9.99 EUR posted, C016 (charges.csv:17)

                S4  Easy Pay, card, 9.99 EUR every P1M, activated on 2024-10-05
                  telephone *********003
                  renewals due from 2025-01-01 to 2025-06-30, decided on 2025-07-01

                  o 2025-01-05  to 2025-02-04  9.99 EUR due: charged
                       2025-01-05  renewal 9.99 EUR posted, C004 (charges.csv:5)
                  o 2025-02-05  to 2025-03-04  9.99 EUR due: charged
                       2025-02-05  renewal 9.99 EUR posted, C008 (charges.csv:9)
                  * 2025-02-20  suspended from 2025-02-20 until 2025-04-25 (events.csv:5)
                  - 2025-03-05  to 2025-05-04  nothing due: the line was suspended from 2025-02-20 until 2025-04-25 \
                (events.csv:5)
                  x 2025-05-05  to 2025-06-04  9.99 EUR due: uncharged-renewal (high confidence)
                       no charge names this period or falls near its first day
                       will be collected on 2025-08-05: 9.99 EUR, instalment 1 of 1
                  o 2025-06-05  to 2025-07-04  9.99 EUR due: charged
                       2025-06-05  renewal 9.99 EUR posted, C018 (charges.csv:19)

                  Recovery: 1 instalment, 9.99 EUR, on 2025-08-05

                """)
    }

    @Test func anEarlierIdLeadsToTheLine() throws {
        for identifier in ["O1", "N1"] {
            let outcome = try explain("23-key-change", identifier)
            #expect(outcome.output.hasPrefix("N1  Easy Pay"), "\(outcome.report)")
            #expect(outcome.output.contains("also O1"))
        }
        // Two ids of one line are one history.
        let both = try explain("23-key-change", "O1", "N1").output
        #expect(both == (try explain("23-key-change", "N1").output))
    }

    @Test func whatIsNotCollectedIsSaid() throws {
        let outcome = try explain("12-ended", "S3")
        #expect(outcome.output.contains("will not be collected: the subscription ends before their turn"))
        #expect(!outcome.output.contains("Recovery:"))
    }

    @Test func aRejectedRowIsShownAsItStands() throws {
        let outcome = try Rinnovo.command(
            Rinnovo.audit(Sample.subscriptions, [Sample.charges]) + ["--explain", "S0012"]
        ).run()
        #expect(
            outcome.output.contains(
                "2025-06-06  renewal 9,99 EUR posted, C001348 (charges.csv:1349): may bear on this renewal"))
    }

    @Test(arguments: ["xml", "comment", "gz", "zst", "other order"])
    func everyFormShowsTheSameCharges(form: String) throws {
        let scratch = try TemporaryDirectory()
        let subscriptions = try scratch.write(SmallAudit.subscriptions, to: "s.csv")
        var name = "charges.csv"
        var path = try scratch.write(SmallAudit.charges, to: name)
        let arguments = { (path: String) in
            Rinnovo.audit(subscriptions, [path], from: SmallAudit.from, to: SmallAudit.to) + ["--explain", "S1", "S2"]
        }
        let expected = try Rinnovo.command(arguments(path)).run().output
        #expect(expected.contains("renewal 9.99 EUR posted, C3 (charges.csv:4)"))
        switch form {
        case "xml", "comment":
            name = "charges.xml"
            path = scratch.path(name)
            #expect(try Rinnovo.run("convert", scratch.path("charges.csv"), path).code == 0)
            if form == "comment" {
                var text = String(decoding: try scratch.bytes(of: name), as: UTF8.self)
                text.replace("<charges>", with: "<charges><!-- all of them -->")
                path = try scratch.write(text, to: name)
            }
        case "gz", "zst":
            name = "charges.csv.\(form)"
            path = scratch.path(name)
            #expect(try Rinnovo.run("convert", scratch.path("charges.csv"), path).code == 0)
        default:
            let rows = SmallAudit.charges.split(separator: "\n").map { row in
                row.split(separator: ",", omittingEmptySubsequences: false).reversed().joined(separator: ",")
            }
            path = try scratch.write(rows.joined(separator: "\n") + "\n", to: name)
        }
        let found = try Rinnovo.command(arguments(path)).run()
        let withoutPlaces = { (text: String) in
            text.replacing(try Regex(#"\(charges[^)]*\)"#), with: "()")
        }
        #expect(try withoutPlaces(found.output) == withoutPlaces(expected), "\(found.report)")
        #expect(found.output.contains("(\(name):"))
    }

    @Test func theTelephoneNumberIsMaskedUnlessAskedFor() throws {
        #expect(!(try explain("01-uncharged", "S1").output.contains("393330000000")))
        #expect(!(try explain("01-uncharged", "S1", more: ["--masked"]).output.contains("393330000000")))
        #expect(try explain("01-uncharged", "S1", more: ["--unmasked"]).output.contains("393330000000"))
    }

    @Test(
        arguments: [
            ("S3", "no subscription has the id S3, nor had it; like it are S1, S2"),
            ("393330000001", "it is the telephone number of S2"), ("", "no subscription has the id , nor had it"),
            ("nobody at all", "no subscription has the id nobody at all, nor had it\n"),
        ])
    func anUnknownIdIsSaid(identifier: String, message: String) throws {
        let outcome = try explain("01-uncharged", "S1", identifier)
        #expect(outcome.code == 64)
        #expect(outcome.error.contains(message), "\(outcome.error)")
        #expect(outcome.output.isEmpty)
    }

    @Test func filesAreWrittenWithOutputAlone() throws {
        let scratch = try TemporaryDirectory()
        #expect(try explain("01-uncharged", "S1").code == 1)
        let outcome = try explain("01-uncharged", "S1", more: ["--output", scratch.path("out")])
        #expect(outcome.code == 1, "\(outcome.report)")
        #expect(outcome.output.contains("Files in "))
        #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path("out")).contains("recovery-plan.csv"))
        #expect(try explain("01-uncharged", "S1", more: ["--quiet"]).code == 64)
    }

    @Test func anInputThatCannotBeTrustedGivesNoHistory() throws {
        let run = try SmallAudit.run(charges: SmallAudit.charges.dropLast(20).utf8, "--explain", "S1")
        #expect(run.outcome.code == 65)
        #expect(run.outcome.output.isEmpty)
        let both = try SmallAudit.run(
            subscriptions: SmallAudit.subscriptions.dropLast(3).utf8, "--explain", "nobody")
        #expect(both.outcome.code == 65)
    }
}
