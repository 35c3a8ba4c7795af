import Foundation
import Testing

/// `notices.csv`, `pre-notifications.csv` and `rinnovo notices lint`.
@Suite struct NoticesTests {
    @Test func everyCustomerWithInstalmentsHasOneMessage() throws {
        let scratch = try Sample.audited.get()
        let notices = CSVTable(try scratch.bytes(of: "out/notices.csv")).rows
        let plan = CSVTable(try scratch.bytes(of: "out/recovery-plan.csv")).rows
        #expect(
            notices.filter { $0["channel"] == "sms" }.compactMap { $0["subscription_id"] }.sorted()
                == Set(plan.compactMap { $0["subscription_id"] }).sorted())
        #expect(notices.allSatisfy { $0["language"] == "it" && $0["encoding"] == "GSM-7" && $0["segments"] == "1" })
    }

    @Test func thePreNotificationsAreThoseOfThePlan() throws {
        let scratch = try TemporaryDirectory()
        try scratch.write("recovery: {pre_notification_days: 14, at_a_time: 2}\n", to: "p.yaml")
        let run = try Rinnovo.command(Sample.audit(output: scratch.path("out"), "--policy", scratch.path("p.yaml")))
            .run()
        #expect(run.code == 1)
        let table = CSVTable(try scratch.bytes(of: "out/pre-notifications.csv"))
        #expect(
            table.values("subscription_id", "notify_by", "collect_on", "instalments", "amount").filter {
                $0[0] == "S0255"
            }
                == [
                    ["S0255", "2026-01-17", "2026-01-31", "2", "19.98"],
                    ["S0255", "2026-02-16", "2026-03-02", "1", "9.99"],
                ])
        #expect(table.rows.allSatisfy { ($0["notify_by"] ?? "") >= Sample.to })
    }

    @Test func maskedNoticesHideTheNumbersInTheTextsToo() throws {
        let scratch = try TemporaryDirectory()
        try scratch.write("notices: {templates: {sms: 'line {{msisdn}}'}}\n", to: "p.yaml")
        let policy = ["--policy", scratch.path("p.yaml")]
        let run = try Rinnovo.command(Sample.audit(output: scratch.path("out"), "--masked") + policy).run()
        #expect(run.code == 1)
        for name in ["notices.csv", "arrears.csv", "pre-notifications.csv"] {
            let rows = CSVTable(try scratch.bytes(of: "out/\(name)")).rows
            #expect(!rows.isEmpty)
            #expect(rows.allSatisfy { ($0["msisdn"] ?? "").hasPrefix("***") }, "\(name)")
            #expect(rows.allSatisfy { ($0["text"] ?? "line ***").hasPrefix("line ***") }, "\(name)")
        }
    }

    @Test func theSeedsTextLacksAmountDateAndContact() throws {
        let run = try Rinnovo.run("notices", "lint", "\(Command.package)/samples/notices/seed-it.txt")
        #expect(run.code == 1)
        for rule in ["no-amount", "no-date", "no-contact"] { #expect(run.output.contains("error: [\(rule)]")) }
        #expect(run.output.contains("2 segments of GSM-7"))
    }

    @Test func lintTellsThePlaceAndTheCode() throws {
        let scratch = try TemporaryDirectory()
        try scratch.write("{{total}} {{first_date}} {{contact}}\n", to: "good.txt")
        try scratch.write("{{total}} {{first_date}} {{contact}}\nè caffÈ\n", to: "bad.txt")
        try scratch.write("{{totl}}", to: "unknown.txt")
        #expect(try Rinnovo.run("notices", "lint", scratch.path("good.txt")).code == 0)
        let bad = try Rinnovo.run("notices", "lint", scratch.path("bad.txt"), scratch.path("unknown.txt"))
        #expect(bad.code == 1)
        #expect(bad.output.contains("bad.txt:2:7: error: [not-gsm7] È (U+00C8)"))
        #expect(bad.output.contains("unknown.txt:1:1: error: [unknown-tag]"))
        #expect(try Rinnovo.run("notices", "lint", scratch.path("bad.txt"), "--channel", "letter").code == 0)
        #expect(try Rinnovo.run("notices", "lint").code == 64)
        #expect(try Rinnovo.run("notices", "lint", scratch.path("none.txt")).code == 66)
    }
}
