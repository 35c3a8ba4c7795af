import BillingRecords
import Testing

@testable import BillingFiles

@Suite("Places of blocks in their files")
struct BlockDirectoryTests {
    private func block(_ ordinal: UInt32, file: Int, at offset: UInt64) -> Block {
        Block(ordinal: ordinal, file: file, fileOffset: offset, storage: [], count: 0, isLast: false)
    }

    private func decoded(records: Int, lines: Int, rejected: Int = 0, findings: [BlockFinding] = []) -> DecodedBlock {
        DecodedBlock(
            records: records, lines: lines, rejected: rejected, findings: findings,
            hasMultilineRecords: lines != records)
    }

    private let finding = BlockFinding(
        rule: .invalidDate, record: 2, line: 4, column: 7, byteOffset: 30, field: "charged_on", found: "x",
        expected: "y")

    @Test("Findings and positions count on from block to block, each file for itself")
    func countsOn() throws {
        var directory = BlockDirectory(files: ["a.csv", "b.csv"])
        directory.beginFile(0, headerLines: 1)
        #expect(directory.add(block(0, file: 0, at: 10), decoded(records: 5, lines: 5, rejected: 1)).isEmpty)
        let second = directory.add(block(1, file: 0, at: 110), decoded(records: 3, lines: 8, findings: [finding]))
        #expect(
            second.map(\.place)
                == [Place(file: "a.csv", line: 11, record: 8, column: 7, field: "charged_on", byteOffset: 140)])
        #expect(second.map(\.found) == ["x"] && second.map(\.expected) == ["y"])
        directory.beginFile(1, headerLines: 3)
        let third = directory.add(
            block(2, file: 1, at: 25), decoded(records: 9, lines: 9, rejected: 2, findings: [finding]))
        #expect(
            third.map(\.place)
                == [Place(file: "b.csv", line: 8, record: 3, column: 7, field: "charged_on", byteOffset: 55)])
        #expect(directory.records == [8, 9])
        #expect(directory.rejected == [1, 2])
        directory.reject(file: 1)
        #expect(directory.rejected == [1, 3])
        #expect(directory.entries.map(\.firstLine) == [2, 7, 4])
        #expect(directory.entries.map(\.firstRecord) == [1, 6, 1])

        func place(_ block: UInt32, _ offset: UInt32, _ record: UInt32) -> Place {
            directory.place(
                of: RecordPosition(block: block, byteOffset: offset, record: record), field: "subscription_id")
        }
        #expect(
            place(0, 40, 3)
                == Place(file: "a.csv", line: 5, record: 4, column: 1, field: "subscription_id", byteOffset: 50))
        // The block has rows of several lines: the line is the block's first.
        #expect(
            place(1, 40, 2)
                == Place(file: "a.csv", line: 7, record: 8, column: 1, field: "subscription_id", byteOffset: 150))
        #expect(
            place(2, 0, 0)
                == Place(file: "b.csv", line: 4, record: 1, column: 1, field: "subscription_id", byteOffset: 25))
    }

    @Test("What stopped the reading stands behind the blocks of its file")
    func rejection() {
        var directory = BlockDirectory(files: ["a.csv"])
        directory.beginFile(0, headerLines: 2)
        _ = directory.add(block(0, file: 0, at: 10), decoded(records: 5, lines: 6))
        let place = Place(file: "a.csv", line: 1, record: 0, column: 3, field: nil, byteOffset: 99)
        let relative = InputRejection(.unclosedQuote, at: place, found: "", expected: "", isRelativeToBlock: true)
        #expect(
            directory.place(relative, file: 0).place
                == Place(file: "a.csv", line: 10, record: 6, column: 3, field: nil, byteOffset: 99))
        let absolute = InputRejection(.unclosedQuote, at: place, found: "", expected: "")
        #expect(directory.place(absolute, file: 0).place == place)
    }
}
