import BillingRecords
import BillingValues
import Testing

@Suite("MonthLength and BatchDate")
struct MonthLengthTests {
    @Test("agree with CivilDate on every day of the years 1600 to 2400")
    func everyDay() throws {
        let first = try #require(CivilDate("1600-01-01"))
        let last = try #require(CivilDate("2400-12-31"))
        var wrong: [CivilDate] = []
        var days = 0
        for number in first.dayNumber...last.dayNumber {
            guard let date = CivilDate(dayNumber: number) else { continue }
            let batch = BatchDate(date)
            let (year, month, day) = date.components
            let monthNumber = Int32(year * 12 + month - 1)
            let isRight =
                batch.dayNumber == number && batch.monthNumber == monthNumber && batch.dayOfMonth == day
                && MonthLength.days(inMonth: monthNumber) == CivilDate.daysInMonth(year: year, month: month)
                && MonthLength.firstDay(ofMonth: monthNumber) == number - Int32(day) + 1
            if !isRight { wrong.append(date) }
            days += 1
        }
        #expect(wrong.isEmpty, "\(wrong.prefix(5))")
        #expect(days == 292_560)
    }

    @Test("no date is none")
    func none() {
        #expect(!BatchDate.none.isPresent)
        #expect(BatchDate.none.date == nil)
        #expect(BatchDate(CivilDate.earliest).date == .earliest)
    }
}
