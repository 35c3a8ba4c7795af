import Foundation
import Testing

@testable import BillingFiles
@testable import FormatProfiles

/// Events become calls wherever their halves stand.
@Suite struct EventPairsTests {
    /// The rows of files that are read one after the other in blocks of some size.
    private func rows(_ texts: [String], blockSize: Int) throws -> (rows: [String], skipped: [String: Int]) {
        let profile = try #require(try ShippedProfiles.profile(named: "opensips-acc-flatstore"))
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("pairs-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let paths = try texts.enumerated().map { index, text in
            let url = folder.appendingPathComponent("acc\(index).log")
            try Data(text.utf8).write(to: url)
            return url.path
        }
        let sources = try paths.map { try InputSource(path: $0, hashing: false) }
        let files = try texts.map { text in
            try ForeignFile.open(profile, beginning: Array(text.utf8), isWhole: true).get()
        }
        let sequence = BlockSequence(sources: sources, foreign: files, blockSize: blockSize)
        var made = ForeignRows(files[0])
        var (rows, skipped): ([String], [String: Int]) = ([], [:])
        repeat {
            _ = try sequence.readHeader().get()
            while let block = try sequence.nextBlock(reusing: [])?.get() {
                let decoded = made.read(block)
                skipped.merge(decoded.remains.skipped, uniquingKeysWith: +)
                let text = made.rows
                rows += String(decoding: text.storage[..<text.count], as: UTF8.self).split(separator: "\n")
                    .map(String.init)
            }
        } while sequence.advance()
        return (rows, skipped)
    }

    private func event(_ method: String, _ call: String, _ time: Int, code: Int = 200) -> String {
        let site = method == "BYE" ? "|||" : "*prepaid|1001|1002|"
        return "\(method)|f|t|\(call)|\(code)|OK|\(time)|\(site)|d:\(call)\n"
    }

    @Test(arguments: [64, 100, 4096])
    func halvesMeetAcrossBlocksAndFiles(blockSize: Int) throws {
        let first = event("BYE", "b", 1_436_454_460) + event("INVITE", "a", 1_436_454_400) + event("ACK", "a", 1)
        let second =
            event("INVITE", "b", 1_436_454_450) + event("INVITE", "c", 1_436_454_500) + event("BYE", "a", 1_436_454_430)
            + event("INVITE", "d", 1_436_454_600, code: 486) + event("BYE", "e", 1_436_454_700)
        let (rows, skipped) = try rows([first, second], blockSize: blockSize)
        #expect(
            rows.sorted() == [
                "a,1001,2015-07-09T15:06:40Z,voice,30,,1002,,", "b,1001,2015-07-09T15:07:30Z,voice,10,,1002,,",
                "c,1001,2015-07-09T15:08:20Z,voice,,,1002,,",
            ])
        #expect(
            skipped == [
                "end of a call": 2, "no beginning or end of a call": 1, "not answered": 1, "end without a beginning": 1,
            ])
    }
}
