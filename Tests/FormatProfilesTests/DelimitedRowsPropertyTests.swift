import Foundation
import TestSupport
import Testing

@testable import BillingFiles
@testable import FormatProfiles

/// Random foreign tables, written field by field, give the rows that were meant, in blocks of any size.
@Suite struct DelimitedRowsPropertyTests {
    private static let profile = """
        name: random
        record: usage
        delimited: { delimiter: ";", header: first-row, skip-lines-beginning: { "#": comment } }
        skip:
          - { reason: no call, when: { column: type, equals: X } }
        fields:
          record_id: id
          msisdn: { column: number, trim: true }
          started_at: { column: start, date: "DD.MM.YYYY hh:mm:ss", zone: UTC }
          kind: { column: type, map: { V: voice, S: sms } }
          duration_s: { column: length, duration: "hh:mm:ss" }
          peer: peer
          amount: { column: cost, decimal: "," }
          currency: { constant: EUR }

        """

    /// A table, the rows that it means, and how many records it leaves out.
    private struct Table {
        var text = "id;number;start;type;length;peer;cost;unused\n"
        var rows: [String] = []
        var skipped = 0

        init(_ random: inout SplitMix64) {
            for number in 0..<Int.random(in: 1...40, using: &random) {
                if Int.random(in: 0..<9, using: &random) == 0 {
                    text += "# a comment; with \"quotes and all\n".replacing("\"", with: "")
                    skipped += 1
                }
                let (day, hour) = (Int.random(in: 1...28, using: &random), Int.random(in: 0...23, using: &random))
                let seconds = Int.random(in: 0...90_000, using: &random)
                let cents = Int.random(in: 0...99_999, using: &random)
                let type = ["V", "S", "X"].randomElement(using: &random) ?? "V"
                let peer = ["39347", "a,b", "say \"hi\"", "two\nlines", "", "é;ß"].randomElement(using: &random) ?? ""
                let two = { (value: Int) in value < 10 ? "0\(value)" : "\(value)" }
                let fields = [
                    "r\(number)", "  39055\(number) ", "\(two(day)).03.2025 \(two(hour)):05:09", type,
                    "\(seconds / 3600):\(two(seconds / 60 % 60)):\(two(seconds % 60))", peer,
                    "\(cents / 100),\(two(cents % 100))", "u",
                ]
                text +=
                    fields.map { field in
                        let mustQuote = field.contains { ";\"\n".contains($0) }
                        return mustQuote || Bool.random(using: &random)
                            ? "\"" + field.replacing("\"", with: "\"\"") + "\"" : field
                    }.joined(separator: ";") + "\n"
                guard type != "X" else {
                    skipped += 1
                    continue
                }
                let shown =
                    peer.contains { ",\"\n".contains($0) } ? "\"" + peer.replacing("\"", with: "\"\"") + "\"" : peer
                rows.append(
                    "r\(number),39055\(number),2025-03-\(two(day))T\(two(hour)):05:09Z,\(type == "V" ? "voice" : "sms"),"
                        + "\(seconds),,\(shown),\(cents / 100).\(two(cents % 100)),EUR\n")
            }
        }
    }

    @Test func anyBlocksGiveTheSameRows() throws {
        let profile = try ProfileFile.read(Array(Self.profile.utf8), file: "random.yaml")
        var random = SplitMix64(seed: testSeed)
        for _ in 0..<60 {
            let table = Table(&random)
            let path = FileManager.default.temporaryDirectory.appendingPathComponent("rows-\(UUID()).csv").path
            try Data(table.text.utf8).write(to: URL(fileURLWithPath: path))
            defer { try? FileManager.default.removeItem(atPath: path) }
            let file = try ForeignFile.open(profile, beginning: Array(table.text.utf8), isWhole: true).get()
            for blockSize in [64, 200, 1 << 16] {
                let sequence = BlockSequence(
                    sources: [try InputSource(path: path, hashing: false)], foreign: [file], blockSize: blockSize)
                _ = try sequence.readHeader().get()
                var made = ForeignRows(file)
                var (rows, skipped) = ("", 0)
                while let block = try sequence.nextBlock(reusing: [])?.get() {
                    let decoded = made.read(block)
                    #expect(decoded.findings.isEmpty, "seed \(testSeed): \(decoded.findings)")
                    skipped += decoded.remains.skipped.values.reduce(0, +)
                    let text = made.rows
                    rows += String(decoding: text.storage[..<text.count], as: UTF8.self)
                }
                #expect(rows == table.rows.joined(), "seed \(testSeed), blocks of \(blockSize)\n\(table.text)")
                #expect(skipped == table.skipped, "seed \(testSeed)")
            }
        }
    }
}
