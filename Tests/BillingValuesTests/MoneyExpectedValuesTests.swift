import BillingValues
import TestSupport
import Testing

@Suite("Money against decimal arithmetic")
struct MoneyExpectedValuesTests {
    @Test("reads, writes and calculates as the committed table says")
    func committedOperations() throws {
        expectOperations(try ExpectedValues.committed("money.tsv"), count: 2_000)
    }

    @Test("reads, writes and calculates 200,000 fresh cases", .enabled(if: ExpectedValues.canRunScript))
    func freshOperations() throws {
        expectOperations(try ExpectedValues.fresh(["money", "\(testSeed)", "200000"]), count: 200_000)
    }

    @Test("splits as the committed table says")
    func committedSplits() throws {
        expectSplits(try ExpectedValues.committed("splits.tsv"), count: 300)
    }

    @Test("splits 20,000 fresh cases", .enabled(if: ExpectedValues.canRunScript))
    func freshSplits() throws {
        expectSplits(try ExpectedValues.fresh(["splits", "\(testSeed)", "20000"]), count: 20_000)
    }

    private func expectOperations(_ expected: ExpectedValues, count: Int) {
        #expect(expected.records.count == count)
        var mismatches = Mismatches()
        for record in expected.records {
            let result = outcome(of: record)
            mismatches.check(result == record.last, "\(record) gave \(result)")
        }
        #expect(mismatches.shown == [], "\(mismatches.count) of \(count), seed \(testSeed)")
    }

    private func expectSplits(_ expected: ExpectedValues, count: Int) {
        #expect(expected.records.count == count)
        var mismatches = Mismatches()
        for record in expected.records {
            let result = parts(of: record)
            mismatches.check(result == record.last, "\(record) gave \(result)")
        }
        #expect(mismatches.shown == [], "\(mismatches.count) of \(count), seed \(testSeed)")
    }

    /// What the library makes of a record of operations, in the words of the table.
    private func outcome(of record: [String]) -> String {
        func number(_ field: Int) -> Int64 { Int64(record[field]) ?? 0 }
        func amount(_ field: Int) -> Money { Money(minorUnits: number(field), currency: .eur) }
        do {
            switch record[0] {
            case "read":
                let text = Array(record[2].utf8)
                return String(try Money.minorUnits(in: text.span, exponent: Int(number(1))))
            case "write":
                var bytes: [UInt8] = []
                Money.writeAmount(minorUnits: number(2), exponent: Int(number(1)), to: &bytes)
                return String(decoding: bytes, as: UTF8.self)
            case "add": return String(try amount(1).adding(amount(2)).minorUnits)
            case "subtract": return String(try amount(1).subtracting(amount(2)).minorUnits)
            case "negate": return String(try amount(1).negated().minorUnits)
            case "times": return String(try amount(1).multiplied(by: number(2)).minorUnits)
            case "ratio":
                guard let rounding = RoundingRule(rawValue: record[1]) else { return "no such rounding rule" }
                return String(
                    try amount(2).multiplied(by: number(3), over: number(4), rounding: rounding).minorUnits)
            default: return "no such operation"
            }
        } catch {
            return "\(error)"
        }
    }

    /// What the library makes of a record of splits, in the words of the table.
    private func parts(of record: [String]) -> String {
        let amount = Money(minorUnits: Int64(record[1]) ?? 0, currency: .eur)
        do {
            let parts =
                if record[0] == "equal" {
                    try amount.split(into: Int(record[2]) ?? 0)
                } else {
                    try amount.split(byWeights: record[2].split(separator: ",").compactMap { Int64($0) })
                }
            return parts.map { String($0.minorUnits) }.joined(separator: ",")
        } catch {
            return "\(error)"
        }
    }
}
