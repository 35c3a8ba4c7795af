import Foundation

/// The seed of the property tests: that of the environment variable `RINNOVO_TEST_SEED`, or a fixed one.
///
/// Failing tests print it, so that a run can be repeated with the same numbers.
public let testSeed: UInt64 =
    ProcessInfo.processInfo.environment["RINNOVO_TEST_SEED"].flatMap(UInt64.init) ?? 20_250_331
