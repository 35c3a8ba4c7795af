import BillingRecords
import TestSupport
import Testing

@Suite("RecordPosition")
struct RecordPositionTests {
    @Test(
        "keeps its parts, to the largest",
        arguments: [
            (0, 0, 0), (1, 2, 3), (0x7FF_FFFF, 0xF_FFFE, 0xFFFF), (0x7FF_FFFF, 0, 0), (0, 0xF_FFFE, 0), (0, 0, 0xFFFF),
        ] as [(UInt32, UInt32, UInt32)])
    func parts(block: UInt32, offset: UInt32, record: UInt32) {
        let position = RecordPosition(block: block, byteOffset: offset, record: record)
        #expect(position.block == Int(block))
        #expect(position.byteOffset == Int(offset))
        #expect(position.record == Int(record))
        #expect(position == RecordPosition(block: block, byteOffset: offset, record: record))
    }

    @Test("clamps parts that do not fit instead of spoiling the others")
    func clamps() {
        let position = RecordPosition(block: .max, byteOffset: .max, record: .max)
        let limits = RecordPosition.limits
        #expect(position.block == limits.blocks - 1)
        #expect(position.byteOffset == nil)
        #expect(position.record == limits.records - 1)
        #expect(RecordPosition(block: 0, byteOffset: 0, record: 1 << 16).byteOffset == 0)
        #expect(RecordPosition(block: 0, byteOffset: 1 << 20, record: 0).block == 0)
    }

    @Test("may know no byte offset, and orders all the same")
    func unknownOffset() {
        let unknown = RecordPosition(block: 3, byteOffset: nil, record: 7)
        #expect(unknown.byteOffset == nil)
        #expect(unknown.block == 3)
        #expect(unknown.record == 7)
        #expect(RecordPosition(block: 3, byteOffset: 900, record: 6) < unknown)
        #expect(unknown < RecordPosition(block: 3, byteOffset: 0, record: 8))
    }

    @Test("orders by block, record and byte")
    func order() {
        var random = SplitMix64(seed: testSeed)
        var mismatches = Mismatches()
        for _ in 0..<2_000 {
            let parts = (0..<2).map { _ in
                (UInt32(random.number(0...2)), UInt32(random.number(0...2)), UInt32(random.number(0...2)))
            }
            let positions = parts.map { RecordPosition(block: $0.0, byteOffset: $0.2, record: $0.1) }
            mismatches.check((positions[0] < positions[1]) == (parts[0] < parts[1]), "\(parts)")
        }
        #expect(mismatches.count == 0, "seed \(testSeed): \(mismatches.shown)")
    }
}
