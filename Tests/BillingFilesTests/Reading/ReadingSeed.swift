import Foundation

/// The seed of the property tests: that of the environment variable `RINNOVO_TEST_SEED`, or a fixed one.
///
/// Failing tests print it, so that a run can be repeated with the same numbers.
let readingSeed: UInt64 = ProcessInfo.processInfo.environment["RINNOVO_TEST_SEED"].flatMap(UInt64.init) ?? 20_250_331

extension FixtureRandom {
    /// A number from 0 to `bound - 1`.
    mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

    /// One of some elements, which must not be none.
    mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }

    /// True once in `rarity` times.
    mutating func rarely(_ rarity: Int) -> Bool { below(rarity) == 0 }
}
