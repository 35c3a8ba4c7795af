import BillingValues
import TestSupport
import Testing

@Suite("Money splitting")
struct MoneySplittingTests {
    @Test(
        "splits into equal parts, the larger first",
        arguments: [
            (1_000, 3, [334, 333, 333]), (-1_000, 3, [-334, -333, -333]), (2, 4, [1, 1, 0, 0]), (0, 2, [0, 0]),
            (7, 1, [7]), (.min, 1, [.min]), (.min, 2, [.min / 2, .min / 2]), (.max, 2, [.max / 2 + 1, .max / 2]),
        ] as [(Int64, Int, [Int64])])
    func equalParts(units: Int64, parts: Int, expected: [Int64]) throws {
        let amount = Money(minorUnits: units, currency: .eur)
        #expect(try amount.split(into: parts) == expected.map { Money(minorUnits: $0, currency: .eur) })
    }

    @Test("refuses numbers of parts that make no sense", arguments: [0, -1, .min, Money.maximumParts + 1, .max])
    func invalidParts(parts: Int) {
        let amount = Money(minorUnits: 1_000, currency: .eur)
        #expect(throws: MoneyError.invalidParts) { try amount.split(into: parts) }
    }

    @Test(
        "splits by weights, what is left over going to the largest remainders",
        arguments: [
            (100, [1, 1, 1], [34, 33, 33]), (-100, [1, 1, 1], [-34, -33, -33]), (100, [3, 0, 3], [50, 0, 50]),
            (10, [1, 2, 4], [1, 3, 6]), (1, [1, 1, 1], [1, 0, 0]), (0, [1, 2], [0, 0]), (5, [9], [5]),
            (.min, [1], [.min]), (.min, [.max, .max], [.min / 2, .min / 2]), (.max, [0, .max], [0, .max]),
        ] as [(Int64, [Int64], [Int64])])
    func weightedParts(units: Int64, weights: [Int64], expected: [Int64]) throws {
        let amount = Money(minorUnits: units, currency: .jpy)
        #expect(try amount.split(byWeights: weights) == expected.map { Money(minorUnits: $0, currency: .jpy) })
    }

    @Test("refuses weights that make no sense", arguments: [[], [0], [0, 0], [1, -1], [.min]] as [[Int64]])
    func invalidWeights(weights: [Int64]) {
        let amount = Money(minorUnits: 1_000, currency: .eur)
        #expect(throws: MoneyError.invalidParts) { try amount.split(byWeights: weights) }
    }

    @Test("refuses more weights than the largest number of parts")
    func tooManyWeights() {
        let weights = [Int64](repeating: 1, count: Money.maximumParts + 1)
        #expect(throws: MoneyError.invalidParts) { try Money(minorUnits: 1, currency: .eur).split(byWeights: weights) }
    }

    @Test("conserves every amount, treats signs alike, and splits equally by equal weights")
    func properties() throws {
        var random = SplitMix64(seed: testSeed)
        var mismatches = Mismatches()
        for _ in 0..<3_000 {
            let units = random.minorUnits()
            let parts = Int.random(in: 1...40, using: &random)
            let amount = Money(minorUnits: units, currency: .eur)
            let equal = try amount.split(into: parts).map(\.minorUnits)
            let sum = equal.reduce(Int128(0)) { $0 + Int128($1) }
            let sizes = equal.map(\.magnitude)
            let isLevel = sizes == sizes.sorted(by: >) && (sizes.first ?? 0) - (sizes.last ?? 0) <= 1
            mismatches.check(sum == Int128(units) && equal.count == parts, "\(units) into \(parts) sums to \(sum)")
            mismatches.check(isLevel, "\(units) into \(parts): \(equal)")
            let weighted = try amount.split(byWeights: Array(repeating: 7, count: parts)).map(\.minorUnits)
            mismatches.check(weighted == equal, "\(units) into \(parts) by equal weights: \(weighted)")
            if units != .min {
                let opposite = try amount.negated().split(into: parts).map { -$0.minorUnits }
                mismatches.check(opposite == equal, "\(units) into \(parts) and its opposite: \(opposite)")
            }
        }
        #expect(mismatches.shown == [], "\(mismatches.count) wrong, seed \(testSeed)")
    }
}
