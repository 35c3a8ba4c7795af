import Foundation
import Testing

/// A plan that is proposed collects nothing before somebody has approved it.
struct LedgerApprovalTests {
    /// Two lines of which nobody charged March, and a plan for them that is proposed.
    private func proposal() throws -> LedgerAudit {
        let system = try LedgerAudit()
        system.charges = [
            "C1,S1,renewal,2025-02-10,2025-02-10,2025-03-09,9.99,EUR,posted",
            "C2,S2,renewal,2025-02-20,2025-02-20,2025-03-19,9.99,EUR,posted",
            "C5,S1,addon,2025-03-31,,,5.00,EUR,posted",
        ]
        let outcome = try system.audit(from: "2025-02-01", to: "2025-04-01", output: "plan", "--proposed")
        #expect(outcome.code == 1 && outcome.output.contains("proposed now: 2 renewals"), "\(outcome.report)")
        return system
    }

    private func approve(_ system: LedgerAudit, on day: String = "2025-04-02", _ more: String...) throws
        -> Command.Outcome
    {
        try Rinnovo.command(
            [
                "ledger", "approve", "1", "--by", "Ada Rossi", "--on", day, "--ledger", system.ledger, "--output",
                system.scratch.path("released"),
            ] + more
        ).run()
    }

    @Test func nothingIsCollectedBeforeTheApproval() throws {
        let system = try proposal()
        #expect(try system.rows("recovery-plan.csv", of: "plan").count == 2)
        for name in ["recovery-charges.csv", "reversal-charges.csv"] {
            #expect(try system.rows(name, of: "plan") == [])
        }
        #expect(try system.scratch.bytes(of: "plan/corrected-charges.csv") == system.scratch.bytes(of: "charges.csv"))
        // What waits for approval is not planned by another run.
        try system.audit(from: "2025-02-01", to: "2025-04-01", output: "two")
        #expect(try system.rows("recovery-charges.csv", of: "two") == [])
        let approved = try approve(system)
        #expect(approved.code == 0, "\(approved.report)")
        #expect(
            try system.rows("recovery-charges.csv", of: "released") == [
                "R-S1-20250310,S1,recovery,2025-05-10,2025-03-10,2025-04-09,9.99,EUR,pending",
                "R-S2-20250320,S2,recovery,2025-05-20,2025-03-20,2025-04-19,9.99,EUR,pending",
            ])
        #expect(try system.rows("reversal-charges.csv", of: "released").count == 2)
        #expect(try system.scratch.text(of: "released/manifest.json").contains("Ada Rossi"))
        #expect(try system.run("list").output.contains("released"))
        #expect(try system.entries("written").count == 2)
        // Only once, and it cannot be withdrawn any more.
        #expect(try approve(system, on: "2025-04-02", "--force").code == 64)
        #expect(try system.run("withdraw", "1", "--by", "Ada").code == 64)
        try system.expectSound()
    }

    @Test func theSameChargesAsWithoutApproval() throws {
        let system = try proposal()
        _ = try approve(system)
        let plain = try LedgerAudit()
        plain.charges = system.charges
        try plain.audit(from: "2025-02-01", to: "2025-04-01", output: "plain")
        for name in ["recovery-charges.csv", "reversal-charges.csv"] {
            #expect(try plain.scratch.bytes(of: "plain/\(name)") == system.scratch.bytes(of: "released/\(name)"))
        }
    }

    @Test func whatWasPaidMeanwhileIsNotReleased() throws {
        let system = try proposal()
        system.charges.append("C9,S1,renewal,2025-04-05,2025-03-10,2025-04-09,9.99,EUR,posted")
        try system.audit(from: "2025-02-01", to: "2025-05-01", output: "two")
        #expect(try system.rows("withdrawn-charges.csv", of: "two") == [])
        #expect(try approve(system).code == 0)
        #expect(try system.rows("recovery-charges.csv", of: "released").map { $0.prefix(4) } == ["R-S2"])
    }

    @Test func aPlanOfThePastIsRefused() throws {
        let system = try proposal()
        let late = try approve(system, on: "2025-05-10")
        #expect(late.code == 64 && late.error.contains("2025-05-10"), "\(late.report)")
        #expect(try system.scratch.files(in: "released") == nil)
        #expect(try system.run("withdraw", "1", "--by", "Ada", "--on", "2025-05-11").code == 0)
        #expect(try approve(system).code == 64)
        try system.audit(from: "2025-02-01", to: "2025-04-01", output: "anew")
        #expect(try system.rows("recovery-charges.csv", of: "anew").count == 2)
        try system.expectSound()
    }

    @Test func anApprovalNeedsANameAndARun() throws {
        let system = try proposal()
        for by in ["", " ", "a\nb", String(repeating: "x", count: 201)] {
            #expect(try system.run("withdraw", "1", "--by", by).code == 64, "\(by)")
        }
        #expect(try system.run("withdraw", "7", "--by", "Ada").code == 64)
        #expect(try system.run("confirm", "1", "--by", "Ada").code == 64)
        #expect(try system.audit(from: "2025-02-01", to: "2025-04-01", output: "x", "--no-such").code == 64)
        #expect(try Rinnovo.command(Sample.audit(output: nil, "--proposed")).run().code == 64)
    }
}
