import Foundation
import Testing

/// Files of other systems in `audit`, `convert`, `validate` and `formats`.
@Suite struct ForeignFormatsTests {
    /// A profile of one's own.
    private static let profile = """
        name: mine
        record: usage
        delimited: { delimiter: ";", layouts: [{ columns: [id, number, start] }] }
        fields:
          record_id: id
          msisdn: number
          started_at: { column: start, date: "DD.MM.YYYY hh:mm" }
          kind: { constant: voice }

        """

    /// Rentals of two lines from January to June 2011; the one of March, which pays April, is missing for the second.
    private static let rentals: String = {
        var text = ""
        let months = ["January", "February", "March", "April", "May", "June"]
        for (index, month) in months.enumerated() {
            for line in ["01632960001", "01632960002"] where !(index == 2 && line == "01632960002") {
                text += "01/0\(index + 1)/2011,\(month) 2011,\(line),Line rental,Rental,10.5000,0.0000,1\n"
            }
        }
        return text
    }()

    private static let subscriptions = """
        subscription_id,msisdn,offer,activated_on,ended_on,cycle,price,currency,payment_method
        01632960001,01632960001,Line,2011-01-01,,P1M,10.50,GBP,dd
        01632960002,01632960002,Line,2011-01-01,,P1M,10.50,GBP,dd

        """

    /// The rental of a month is the renewal of the next one, so that exactly April is missing; what is cited leads into
    /// the foreign file, and no copy of it is written.
    @Test func auditReadsForeignCharges() throws {
        let scratch = try TemporaryDirectory()
        let charges = try scratch.write(Self.rentals, to: "rental.csv")
        let outcome = try Rinnovo.command([
            "audit", "--subscriptions", try scratch.write(Self.subscriptions, to: "subscriptions.csv"), "--charges",
            charges, "--from", "2011-02-01", "--to", "2011-07-01", "--output", scratch.path("out"),
        ]).run()
        #expect(outcome.code == 1)
        #expect(outcome.error.contains("rental.csv was read as gamma-item-rental"))
        let table = try CSVTable(scratch.bytes(of: "out/discrepancies.csv"))
        let missing = table.values("rule", "subscription_id", "period_start").filter { $0[0] == "uncharged-renewal" }
        #expect(missing == [["uncharged-renewal", "01632960002", "2011-04-01"]])
        // The id of a rental is its place in the file; the evidence names its line.
        let cited = table.values("subscription_id", "period_start", "charge_ids", "evidence")
        let february = try #require(cited.first { $0[0] == "01632960002" && $0[1] == "2011-02-01" })
        #expect(february[2] == "72")
        #expect(february[3].contains("(rental.csv:2)"))
        #expect(!FileManager.default.fileExists(atPath: scratch.path("out/corrected-charges.csv")))
        let recovery = try CSVTable(scratch.bytes(of: "out/recovery-charges.csv")).values("charge_id", "amount")
        #expect(recovery == [["R-01632960002-20110401", "10.50"]])
    }

    /// A charge that the profile has no meaning for is rejected, and its line is left undecided instead of charged again.
    @Test func whatMeansNothingIsUndecided() throws {
        let scratch = try TemporaryDirectory()
        let text = Self.rentals.replacing(
            "01/03/2011,March 2011,01632960001,Line rental,Rental,10.5000,0.0000,1",
            with: "01/03/2011,March 2011,01632960001,Line rental,Rental,10.5000,-3.0000,1")
        let outcome = try Rinnovo.command([
            "audit", "--subscriptions", try scratch.write(Self.subscriptions, to: "subscriptions.csv"), "--charges",
            try scratch.write(text, to: "rental.csv"), "--from", "2011-02-01", "--to", "2011-07-01", "--output",
            scratch.path("out"),
        ]).run()
        #expect(outcome.code == 1)
        let table = try CSVTable(scratch.bytes(of: "out/discrepancies.csv"))
        let april = table.values("rule", "subscription_id", "period_start").filter { $0[2] == "2011-04-01" }
        #expect(
            april == [["undecided", "01632960001", "2011-04-01"], ["uncharged-renewal", "01632960002", "2011-04-01"]])
    }

    @Test(arguments: [
        (["formats", "list"], Int32(0), "asterisk-cdr-csv"), (["formats", "show", "twt-cps"], 0, "called_on"),
        (["formats", "show", "twt-cps", "--profile"], 0, "name: twt-cps"),
        (["formats", "show", "twt-cp"], 64, "Did you mean twt-cps?"),
        (["formats", "detect", "rental.csv"], 0, "gamma-item-rental"),
        (["formats", "scaffold", "odd.csv"], 0, "# subscription_id: which field?"),
        (["formats", "detect", "odd.csv"], 65, "no known format fits"),
        (["formats", "check", "mine.yaml"], 0, "has no faults"),
        (["formats", "check", "bad.yaml"], 64, "bad.yaml:2:9: record: found 'sauge'"),
        (
            ["convert", "calls.csv", "-", "--to", "csv", "--from", "./mine.yaml"], 0,
            "1,39055,2025-03-01T10:00:00,voice,,,,,"
        ),
        (["convert", "calls.csv", "-", "--to", "csv", "--from", "twt-cps"], 65, "TWT CPS"),
        (["convert", "rental.csv", "-", "--to", "csv"], 1, "description: 11 values left out"),
        (["convert", "acc.csv", "-", "--to", "csv"], 1, "a,1001,2015-07-09T15:06:40Z,voice,30,,1002,,"),
        (["convert", "acc.csv", "-", "--to", "csv"], 1, "dialog: 1 value left out"),
        (["validate", "calls.csv", "--format", "./mine.yaml"], 0, "calls.csv: valid"),
        (["validate", "wrong.csv", "--format", "./mine.yaml"], 1, "wrong.csv:2:7: error: [invalid-time] started_at"),
        (
            ["validate", "wrong.csv", "--format", "./mine.yaml"], 1,
            "[duplicate-id] record_id: found 1, which record 1 has already"
        ),
    ])
    func commands(arguments: [String], status: Int32, told: String) throws {
        let scratch = try TemporaryDirectory()
        _ = try scratch.write(Self.profile, to: "mine.yaml")
        _ = try scratch.write(Self.profile.replacing("usage", with: "sauge"), to: "bad.yaml")
        _ = try scratch.write(Self.rentals, to: "rental.csv")
        _ = try scratch.write(
            "INVITE|f|t|a|200|OK|1436454400|*prepaid|1001|1002||d1\nBYE|f|t|a|200|OK|1436454430|||||d1\n",
            to: "acc.csv")
        _ = try scratch.write("1,2,3\n", to: "odd.csv")
        _ = try scratch.write("1;39055;01.03.2025 10:00\n", to: "calls.csv")
        _ = try scratch.write("1;39055;01.03.2025 10:00\n1;390;31.02.2025 10:00\n", to: "wrong.csv")
        let paths = arguments.map { argument in
            argument.hasSuffix(".csv") || argument.hasSuffix(".yaml")
                ? scratch.path(argument.replacing("./", with: "")) : argument
        }
        let outcome = try Rinnovo.command(paths).run()
        #expect(outcome.code == status)
        #expect((outcome.output + outcome.error).contains(told), "\(outcome.output)\(outcome.error)")
    }

    /// Rows are made once where no id stands twice and few findings wait for that to be known, and else twice: what is
    /// told must be the same.
    @Test(arguments: [(wrong: 3, repeats: false), (3, true), (5_000, false), (5_000, true)])
    func findingsOfOneReadingAndTwo(wrong: Int, repeats: Bool) throws {
        let scratch = try TemporaryDirectory()
        var text = (0..<6_000).map { "\($0);39055;\($0 < wrong ? 31 : 28).02.2025 10:00\n" }.joined()
        if repeats { text += "17;39055;01.03.2025 10:00\n" }
        let outcome = try Rinnovo.command([
            "validate", try scratch.write(text, to: "calls.csv"), "--format",
            try scratch.write(Self.profile, to: "mine.yaml"), "--report", "jsonl",
        ]).run()
        #expect(outcome.code == 1)
        let lines = outcome.output.split(separator: "\n")
        #expect(lines.count { $0.contains(#""invalid-time""#) } == wrong)
        let repeated = lines.filter { $0.contains(#""duplicate-id""#) }
        #expect(repeated.count == (repeats ? 1 : 0))
        #expect(repeated.allSatisfy { $0.contains("record 18 has already") })
        #expect(lines.count == wrong + repeated.count)
    }
}
