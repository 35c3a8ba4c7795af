import Foundation
import Testing

/// `rinnovo policy` and what a policy does to an audit.
@Suite struct PolicyTests {
    @Test func theDefaultIsTheSeedsPolicy() throws {
        let shown = try Rinnovo.run("policy", "show")
        #expect(shown.code == 0)
        let seed = try String(contentsOfFile: "\(Command.package)/samples/policies/seed.yaml", encoding: .utf8)
        let settings = seed.split(separator: "\n").filter { !$0.hasPrefix("#") }.joined(separator: "\n") + "\n"
        #expect(shown.output == settings)
    }

    @Test(arguments: ["seed", "august-2022", "australia", "new-york"])
    func whatIsShownMeansTheSamePolicy(name: String) throws {
        let scratch = try TemporaryDirectory()
        let shown = try Rinnovo.run("policy", "show", "--policy", "\(Command.package)/samples/policies/\(name).yaml")
        #expect(shown.code == 0)
        try scratch.write(shown.output, to: "shown.yaml")
        let again = try Rinnovo.run("policy", "show", "--policy", scratch.path("shown.yaml"))
        #expect(again.output == shown.output)
    }

    @Test func aFaultHasItsPlaceAndCode64() throws {
        let scratch = try TemporaryDirectory()
        try scratch.write("recovery:\n  at_a_tme: 3\n", to: "wrong.yaml")
        let run = try Rinnovo.run("policy", "show", "--policy", scratch.path("wrong.yaml"))
        #expect(run.code == 64)
        #expect(run.report.contains("wrong.yaml:2:3: recovery.at_a_tme:"))
        #expect(run.report.contains("did you mean 'at_a_time'?"))
        #expect(try Rinnovo.run("policy", "show", "--policy", scratch.path("none.yaml")).code == 66)
    }

    @Test func theSeedsPolicyChangesNoFile() throws {
        let scratch = try TemporaryDirectory()
        let seed = "\(Command.package)/samples/policies/seed.yaml"
        let run = try Rinnovo.command(Sample.audit(output: scratch.path("out"), "--policy", seed)).run()
        #expect(run.code == 1)
        let plain = try Sample.audited.get()
        for name in Sample.outputs where name != "manifest.json" {
            #expect(try scratch.bytes(of: "out/\(name)") == plain.bytes(of: "out/\(name)"), "\(name)")
        }
    }

    @Test func eachRowOfTheArrearsBalances() throws {
        let scratch = try TemporaryDirectory()
        try scratch.write(
            "recovery:\n  discount: {percent: 7.5}\n  cap_per_month: 9.50 EUR\n  on_cancellation: waive\n", to: "p.yaml"
        )
        let run = try Rinnovo.command(Sample.audit(output: scratch.path("out"), "--policy", scratch.path("p.yaml")))
            .run()
        #expect(run.code == 1)
        let rows = CSVTable(try scratch.bytes(of: "out/arrears.csv")).rows
        #expect(rows.count == 282)
        func cents(_ row: [String: String], _ column: String) -> Int {
            Int((row[column] ?? "").filter { $0 != "." }) ?? -1
        }
        for row in rows {
            let parts = ["collected", "discount", "written_off", "uncollected"].map { cents(row, $0) }
            #expect(parts.reduce(0, +) == cents(row, "amount"), "\(row)")
        }
        #expect(Set(rows.compactMap { $0["outcome"] }) == ["collected", "above-cap", "waived"])
        let planned = CSVTable(try scratch.bytes(of: "out/recovery-plan.csv")).rows
        #expect(planned.count == rows.count { $0["outcome"] == "collected" })
    }

    @Test func aNameThatNobodyHasIsAWarning() throws {
        let scratch = try TemporaryDirectory()
        try scratch.write("recovery: {leave_out_offers: [Esay Pay], leave_out_customers: [S0002]}\n", to: "p.yaml")
        let run = try Rinnovo.command(Sample.audit(output: scratch.path("out"), "--policy", scratch.path("p.yaml")))
            .run()
        #expect(run.report.contains("the policy names the offer 'Esay Pay', which no subscription has"))
        #expect(!run.report.contains("S0002"))
        let arrears = CSVTable(try scratch.bytes(of: "out/arrears.csv")).rows
        #expect(arrears.count { $0["outcome"] == "left-out" } == 3)
    }
}
