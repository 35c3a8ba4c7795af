import BillingValues
import Testing

@Suite("Civil dates against a calendar of another language")
struct CivilDateExpectedValuesTests {
    @Test("number, write and read the days of the committed table")
    func committedDays() throws {
        expectDays(try ExpectedValues.committed("days.tsv"), count: 1_130)
    }

    @Test("number, write and read every day from 1900 to 2199", .enabled(if: ExpectedValues.canRunScript))
    func everyDay() throws {
        expectDays(try ExpectedValues.fresh(["days", "1"]), count: 109_573)
    }

    @Test("know the real days of the committed years")
    func committedValidity() throws {
        expectValidity(try ExpectedValues.committed("validity.tsv"), count: 5)
    }

    @Test("know the real days of the years 1900 to 2199", .enabled(if: ExpectedValues.canRunScript))
    func everyValidity() throws {
        expectValidity(try ExpectedValues.fresh(["validity"] + (1900...2199).map(String.init)), count: 300)
    }

    @Test("move by -24 to 24 months as the committed table says")
    func committedMonths() throws {
        expectMonths(try ExpectedValues.committed("months.tsv"), count: 82)
    }

    @Test("move by -24 to 24 months from every day of some years", .enabled(if: ExpectedValues.canRunScript))
    func everyMonths() throws {
        expectMonths(try ExpectedValues.fresh(["months", "1", "1900", "2000", "2023", "2024"]), count: 1_462)
    }

    private func expectDays(_ expected: ExpectedValues, count: Int) {
        #expect(expected.records.count == count)
        var mismatches = Mismatches()
        for record in expected.records {
            let text = record[1]
            let date = CivilDate(text)
            mismatches.check(
                date != nil && date.map { String($0.dayNumber) } == record[0]
                    && Int32(record[0]).flatMap { CivilDate(dayNumber: $0) }?.description == text,
                "\(record) gave \(String(describing: date))")
        }
        #expect(mismatches.shown == [], "\(mismatches.count) of \(count)")
    }

    /// Makes the days 0...32 of the months 0...13 from numbers and, where two digits hold them, from text.
    private func expectValidity(_ expected: ExpectedValues, count: Int) {
        #expect(expected.records.count == count)
        var mismatches = Mismatches()
        for record in expected.records {
            let year = Int(record[0]) ?? 0
            let thousands = Array(record[0].utf8)
            let flags = Array(record[1].utf8)
            var index = 0
            for month in 0...13 {
                for day in 0...32 {
                    let isReal = flags[index] == UInt8(ascii: "1")
                    index += 1
                    let date = CivilDate(year: year, month: month, day: day)
                    var text = thousands
                    for number in [month, day] {
                        text += [UInt8(ascii: "-"), 48 + UInt8(number / 10), 48 + UInt8(number % 10)]
                    }
                    let fault: CivilDateFault? = isReal ? nil : .noSuchDay
                    mismatches.check(
                        (date != nil) == isReal && CivilDate.parse(text) == date
                            && CivilDate.fault(in: text.span) == fault,
                        "\(year) \(month) \(day)")
                }
            }
        }
        #expect(mismatches.shown == [], "\(mismatches.count) wrong")
    }

    private func expectMonths(_ expected: ExpectedValues, count: Int) {
        #expect(expected.records.count == count)
        var mismatches = Mismatches()
        for record in expected.records {
            guard let date = CivilDate(record[0]) else {
                mismatches.check(false, "\(record[0]) is no date")
                continue
            }
            let anchor = date.day
            let targets = (-24...24).map { months in
                date.addingMonths(months, anchorDay: anchor).map { String($0.dayNumber) } ?? "none"
            }
            mismatches.check(targets.joined(separator: ",") == record[1], "\(date) gave \(targets)")
        }
        #expect(mismatches.shown == [], "\(mismatches.count) of \(count)")
    }
}
