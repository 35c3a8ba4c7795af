import Testing

@testable import RenewalAudit

@Suite("RegularClaim")
struct RegularClaimTests {
    @Test(
        "survives its word",
        arguments: [
            (0, 0, nil), (1, 0, nil), (0, 1, nil), (32_766, 65_535, nil), (0, 0, 0), (0, 0, -5), (0, 0, 10),
            (16_383, 8_191, 10), (16_383, 0, -5), (7, 8_191, 3),
        ] as [(UInt32, UInt32, Int32?)])
    func packing(block: UInt32, record: UInt32, days: Int32?) {
        let claim = RegularClaim(block: block, record: record, daysAfterDue: days)
        #expect(claim.word != 0)
        #expect(RegularClaim(word: claim.word) == claim)
    }

    @Test(
        "has no word beyond its limits",
        arguments: [
            (32_767, 0, nil), (0, 65_536, nil), (16_384, 0, 0), (0, 8_192, 0), (0, 0, -6), (0, 0, 11),
        ] as [(UInt32, UInt32, Int32?)])
    func limits(block: UInt32, record: UInt32, days: Int32?) {
        #expect(RegularClaim(block: block, record: record, daysAfterDue: days).word == 0)
    }

    @Test("no word stands for two claims")
    func different() {
        var words: Set<UInt32> = []
        for block in [0, 1, 2, 16_383] as [UInt32] {
            for record in [0, 1, 2, 8_191] as [UInt32] {
                for days in [nil, -5, 0, 1, 10] as [Int32?] {
                    let word = RegularClaim(block: block, record: record, daysAfterDue: days).word
                    #expect(words.insert(word).inserted)
                }
            }
        }
        #expect(!words.contains(0) && RegularClaim(word: 0) == nil)
    }
}
