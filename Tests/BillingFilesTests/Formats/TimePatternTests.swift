import BillingValues
import Testing

@testable import BillingFiles

@Suite struct TimePatternTests {
    @Test(arguments: [
        ("YYYY-MM-DD hh:mm:ss", "2023-07-26 01:51:50", "2023-07-26T01:51:50"),
        ("YYYY/MM/DD hh.mm.ss", "2014/11/05 08.28.54", "2014-11-05T08:28:54"),
        ("DD.MM.YYYY hh:mm:ss", "04.07.2016 18:58:55", "2016-07-04T18:58:55"),
        ("YYYYMMDDhhmmss.f", "20160419210005.247", "2016-04-19T21:00:05"),
        ("YYYY-MM-DD hh:mm:ss Z 'UTC'", "2013-11-07 08:42:25 +0000 UTC", "2013-11-07T08:42:25Z"),
        ("YYYY-MM-DDThh:mm:ssZ", "2025-03-01T12:00:00+01:30", "2025-03-01T12:00:00+01:30"),
        ("D MON YY h:mm", "2 jun 11 9:05", "2011-06-02T09:05:00"),
        ("MONTH D, YYYY hh:mm", "September 30, 2011 23:59", "2011-09-30T23:59:00"),
        ("epoch", "1744993941", "2025-04-18T16:32:21Z"),
        ("epoch-ms", "1744993941999", "2025-04-18T16:32:21Z"),
        ("epoch", "0", "1970-01-01T00:00:00Z"),
    ])
    func reads(pattern: String, text: String, expected: String) throws {
        let form = TimeForm(try #require(TimePattern(pattern)))
        #expect(written(form, text) == expected)
    }

    @Test(arguments: [
        ("YYYY-MM-DD hh:mm:ss", "2023-7-26 01:51:50"), ("YYYY-MM-DD hh:mm:ss", "2023-07-26 24:00:00"),
        ("YYYY-MM-DD hh:mm:ss", "2023-07-26 01:51:50 "), ("YYYY-MM-DD hh:mm:ss", "2023-07-26 01:51"),
        ("YYYY-MM-DD hh:mm:ss", "2023-02-30 01:51:50"), ("YYYY-MM-DD hh:mm", "2023-13-01 00:00"),
        ("MONTH YYYY hh:mm", "Juni 2011 00:00"), ("epoch", "-5"), ("epoch", ""), ("epoch", "1234567890123456"),
        ("YYYY-MM-DDThh:mm:ssZ", "2025-03-01T12:00:00+15:00"),
    ])
    func refuses(pattern: String, text: String) throws {
        let form = TimeForm(try #require(TimePattern(pattern)))
        #expect(written(form, text) == nil)
    }

    @Test(arguments: [
        "", "YYYY", "hh", "DD hh:mm", "YYYY-MM-DD YYYY", "YYYY-MM-DD q", "YYYY-MM-DD 'open", "yyyy-mm-dd",
    ])
    func refusesPatterns(text: String) {
        #expect(TimePattern(text) == nil)
    }

    @Test(arguments: [
        ("June 2011", TimeForm.DayOfMonth.first, 0, "2011-06-01"), ("June 2011", .last, 0, "2011-06-30"),
        ("June 2011", .first, 1, "2011-07-01"), ("December 2011", .last, 1, "2012-01-31"),
        ("February 2012", .last, 0, "2012-02-29"),
    ])
    func monthsHaveTheirDays(text: String, day: TimeForm.DayOfMonth, later: Int, expected: String) throws {
        let form = TimeForm(try #require(TimePattern("MONTH YYYY")), dayOfMonth: day, monthsLater: later)
        let read = form.pattern.read(Array(text.utf8).span)
        let time = try #require(read)
        #expect(form.day(of: time)?.description == expected)
    }

    private func written(_ form: TimeForm, _ text: String) -> String? {
        let value = Array(text.utf8)
        var row = RowText(reusing: [])
        var isRounded = false
        let conversion = PlannedConversion.time(PlannedTime(form))
        guard conversion.append(value.span, value.span, [], to: &row, isRounded: &isRounded) else { return nil }
        let (bytes, count) = row.finish()
        return String(decoding: bytes[..<count], as: UTF8.self)
    }
}
