import BillingValues
import Testing

@Suite("Billing cycles against a calendar of another language")
struct BillingCycleExpectedValuesTests {
    @Test("start on the days of the committed table")
    func committedCycles() throws {
        expectCycles(try ExpectedValues.committed("cycles.tsv"), count: 16)
    }

    @Test(
        "start from every day of the month over ten years on the days the calendar has",
        .enabled(if: ExpectedValues.canRunScript))
    func cyclesFromEveryDayOfTheMonth() throws {
        let cycles = ["P1M", "P2M", "P3M", "P6M", "P1Y", "P18M", "P30D", "P28D", "P1W"]
        let days = (1...31).map { "2024-01-" + ($0 < 10 ? "0" : "") + String($0) } + ["2024-02-29"]
        expectCycles(try ExpectedValues.fresh(["cycles"] + cycles + days), count: 9 * 32)
    }

    private func expectCycles(_ expected: ExpectedValues, count: Int) {
        #expect(expected.records.count == count)
        var mismatches = Mismatches()
        for record in expected.records {
            guard let cycle = BillingCycle(record[0]), let activation = CivilDate(record[1]) else {
                mismatches.check(false, "\(record[0]) or \(record[1]) cannot be read")
                continue
            }
            let starts = record[2].split(separator: ",").compactMap { Int32($0) }.compactMap(CivilDate.init(dayNumber:))
            mismatches.check(starts.count > 6, "\(cycle) from \(activation) has too few starts")
            for (index, start) in starts.enumerated() {
                let end = index + 1 < starts.count ? starts[index + 1].adding(days: -1) : nil
                check(&mismatches, cycle, activation, index: index, start: start, end: end)
            }
        }
        #expect(mismatches.shown == [], "\(mismatches.count) wrong")
    }

    /// Checks one cycle of the table, with the days around its first and its last.
    private func check(
        _ mismatches: inout Mismatches, _ cycle: BillingCycle, _ activation: CivilDate,
        index: Int, start: CivilDate, end: CivilDate?
    ) {
        let name = "cycle \(index) of \(cycle) from \(activation)"
        mismatches.check(cycle.start(ofCycle: index, from: activation) == start, "\(name) must start on \(start)")
        mismatches.check(cycle.index(ofCycleStarting: start, from: activation) == index, "\(name): found by its start")
        mismatches.check(cycle.index(containing: start, from: activation) == index, "\(name): contains its start")
        mismatches.check(
            cycle.firstIndex(startingOnOrAfter: start, from: activation) == index, "\(name): first on its start")
        guard let end else { return }
        mismatches.check(
            cycle.period(ofCycle: index, from: activation) == BillingPeriod(start: start, end: end),
            "\(name) must run from \(start) to \(end)")
        mismatches.check(cycle.index(containing: end, from: activation) == index, "\(name): contains its end")
        mismatches.check(
            cycle.firstIndex(startingOnOrAfter: end, from: activation) == (start == end ? index : index + 1),
            "\(name): the next is the first after its end")
        mismatches.check(
            end.days(since: start) + 1 >= cycle.shortestLengthInDays, "\(name) is shorter than the shortest")
    }
}
