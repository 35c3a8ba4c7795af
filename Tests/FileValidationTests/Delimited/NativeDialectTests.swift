import BillingFiles
import BillingValues
import DelimitedText
import Testing

@testable import FileValidation

@Suite("Native files in another dialect") struct NativeDialectTests {
    private static let header =
        "charge_id;subscription_id;kind;charged_on;period_start;period_end;amount;currency;status"

    /// Charges with these days and amounts.
    private static func charges(_ rows: [(day: String, amount: String)], delimiter: String = ";") -> [UInt8] {
        let rows = rows.enumerated().map { number, row in
            "C\(number);S1;renewal;\(row.day);\(row.day);\(row.day);\(row.amount);EUR;posted"
        }
        return Array(([header] + rows).joined(separator: "\n").replacing(";", with: delimiter).utf8) + [0x0A]
    }

    private func validate(
        _ bytes: [UInt8], _ change: (inout DelimitedSettings) -> Void = { _ in }
    ) throws -> ValidatedTable {
        var settings = DelimitedSettings(definition: .native(nil), today: CivilDate("2026-06-30"))
        change(&settings)
        return try ValidatedTable(bytes, settings)
    }

    @Test func semicolonsDecimalCommasAndDaysFirst() throws {
        let table = try validate(
            Self.charges([("31/12/2025", "9,99"), ("01/02/2025", "-1.234,50"), ("1/2/2025", "10")]))
        #expect(table.summary == ["3 invalid-amount amount"])
        #expect(table.findings[0].found == "-1.234,50")
        #expect(table.findings[0].expected == "an amount like 1234,50")
        let guess = try #require(table.guess)
        #expect(
            guess.contains("read as UTF-8 with ';': the header row then has 9 of 9 names of native charges"), "\(guess)"
        )
        #expect(guess.contains("amounts with a decimal comma, proved by 2 of 3 in the first 3 records"), "\(guess)")
        #expect(guess.contains("dates as DD/MM/YYYY, proved by 3 of 9"), "\(guess)")
    }

    /// Day, amount, and the findings of a file with nothing else.
    @Test(arguments: [
        ("03/04/2025", "9,99", "ambiguous-date-order"), ("05/05/2025", "9,99", "ambiguous-date-order"),
        ("2025-04-03", "1,234", "ambiguous-decimal"), ("2025-04-03", "1.234", "ambiguous-decimal"),
        ("2025-04-03", "9,99", ""), ("2025-04-03", "9.99", ""), ("2025-04-03", "9", ""), ("2025/04/03", "9.99", ""),
        ("2025.04.31", "9.99", "invalid-date"), ("31.12.2025", ",99", "invalid-amount"), ("12/31/2025", "9.9", ""),
        ("2025-04-03", "1,234,567", "invalid-amount"), ("2025-04-03", "1.234,567", "invalid-amount"),
        ("31-12-25", "1", "invalid-date"), ("1/31/2025", "1", ""), ("2025-1-3", "1", "invalid-date"),
    ])
    func whatOneValueProves(day: String, amount: String, rule: String) throws {
        let table = try validate(Self.charges([(day, amount)]))
        #expect(Set(table.findings.map(\.rule.identifier)) == (rule.isEmpty ? [] : [rule]), "\(table.report)")
        if rule.hasPrefix("ambiguous") {
            #expect(table.counts.keys.allSatisfy { rule in rule.breaksTrust })
            #expect(table.records == 0)
        }
    }

    @Test func contradictionsAreAsked() throws {
        let days = try validate(Self.charges([("31/12/2025", "1"), ("12/31/2025", "1")]))
        #expect(days.summary == ["0 ambiguous-date-order -"])
        #expect(days.findings[0].found == "31/12/2025 as DD/MM/YYYY and 12/31/2025 as MM/DD/YYYY")
        let amounts = try validate(Self.charges([("2025-12-31", "1,5"), ("2025-12-31", "1.5")]))
        #expect(amounts.summary == ["0 ambiguous-decimal -"])
        let mixed = try validate(Self.charges([("2025-12-31", "1"), ("01/02/2025", "1")]))
        #expect(mixed.summary == ["0 ambiguous-date-order -"])
    }

    @Test func whatIsDeclaredIsNotGuessed() throws {
        let bytes = Self.charges([("03/04/2025", "1,234")])
        for (order, day) in [(DateOrder.dayMonthYear, "2025-04-03"), (.monthDayYear, "2025-03-04")] {
            let table = try validate(bytes) {
                ($0.decimal, $0.dateOrder) = (UInt8(ascii: ","), order)
                $0.today = CivilDate(day)?.adding(days: -1)
            }
            #expect(table.summary == ["2 charge-in-future charged_on", "2 invalid-amount amount"], "\(table.report)")
            #expect(table.findings[1].expected == "an amount with at most 2 decimals (EUR)")
            let sound = try validate(bytes) {
                ($0.decimal, $0.dateOrder, $0.today) = (UInt8(ascii: ","), order, CivilDate(day))
            }
            #expect(sound.summary == ["2 invalid-amount amount"])
        }
    }

    /// With commas a native file is what its definition says, unless somebody says otherwise.
    @Test func commasMeanNativeValues() throws {
        let bytes = Self.charges([("31/12/2025", "\"9,99\"")], delimiter: ",")
        #expect(try validate(bytes).counts == [.invalidDate: 3, .invalidAmount: 1])
        let declared = try validate(bytes) { ($0.decimal, $0.dateOrder) = (UInt8(ascii: ","), .dayMonthYear) }
        #expect(declared.summary.isEmpty, "\(declared.report)")
        #expect(declared.guess == nil)
    }

    @Test func recordRulesReadTheForms() throws {
        let text = """
            subscription_id|msisdn|offer|activated_on|ended_on|cycle|price|currency|payment_method
            S1|1|A|31/01/2025|30/01/2025|P1M|9,99|EUR|card
            S2|1|A|31/01/2025|01/02/2025|P1M|-9,99|EUR|card

            """
        let table = try validate(Array(text.utf8))
        #expect(table.summary == ["2 ended-before-activation ended_on", "3 negative-price price"], "\(table.report)")
        #expect(table.findings[0].expected == "31/01/2025 or later")
        let events = """
            subscription_id;event;effective_on;until;value
            S1;suspended;2/1/2025;13/1/2025;
            S1;suspended;13/1/2025;2/1/2025;
            S1;price_changed;13/1/2025;;9,50
            S1;price_changed;13/1/2025;;9.50

            """
        let changes = try validate(Array(events.utf8)) { $0.decimal = UInt8(ascii: ",") }
        #expect(changes.summary == ["3 invalid-until until", "5 invalid-amount value"], "\(changes.report)")
        let usage = """
            record_id\tmsisdn\tstarted_at\tkind\tduration_s\tvolume_bytes\tpeer\tamount\tcurrency
            1\t39\t31.12.2025 23:59:59\tvoice\t1\t\t\t0,10\tEUR
            2\t39\t1.2.2025T00:00:00Z\tvoice\t1\t\t\t0,10\tEUR
            3\t39\t31.12.2025 24:00:00\tvoice\t1\t\t\t0,10\tEUR

            """
        let records = try validate(Array(usage.utf8))
        #expect(records.summary == ["4 invalid-time started_at"], "\(records.report)")
    }

    @Test func linesAreKnownInAnyDialect() throws {
        #expect(FormGuess.isTable(Self.charges([("x", "y")]), .native(nil)))
        #expect(FormGuess.isTable(Array("a report\n\n".utf8) + Self.charges([("x", "y")]), .native(.charges)))
        #expect(!FormGuess.isTable(Array("hello world\n".utf8), .native(nil)))
        #expect(!FormGuess.isTable([], .native(nil)))
    }
}
