import BillingFiles
import FileValidation
import Foundation
import TestSupport
import Testing

@Suite("Accepted and rejected rows") struct RowFilesTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "rows-\(UUID().uuidString)").path

    init() throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    private func split(_ bytes: [UInt8], _ settings: DelimitedSettings) throws -> (ValidatedTable, [[UInt8]], RowFiles)
    {
        let paths = ["good", "bad"].map { "\(folder)/\($0).csv" }
        let rows = try RowFiles(accepted: paths[0], rejected: paths[1], replacing: true, inputs: [])
        let table = try ValidatedTable(bytes, settings, rows: rows)
        guard rows.isBalanced else { return (table, [], rows) }
        try rows.publish()
        let files = try (paths + [RowFiles.reasonsPath(paths[1])]).map {
            Array(try Data(contentsOf: URL(filePath: $0)))
        }
        return (table, files, rows)
    }

    @Test func everyRowIsInOneFile() throws {
        let header = ValidatedTable.chargesHeader
        let good = "C1,S1,renewal,2025-01-01,,,9.99,EUR,posted\r\n"
        let bad = "C2,S1,renewal,2025-01-32,,,9,EUR,pasted\nC3\n"
        let (table, files, rows) = try split(Array("\(header)\n\(good)\(bad)\(good)".utf8), ValidatedTable.settings)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        #expect(table.records == 4)
        #expect((rows.acceptedRecords, rows.rejectedRecords) == (1, 3))
        #expect(String(decoding: files[0], as: UTF8.self) == "\(header)\n\(good)")
        #expect(String(decoding: files[1], as: UTF8.self) == "\(header)\n\(bad)\(good)")
        let reasons = String(decoding: files[2], as: UTF8.self).split(separator: "\n").map {
            $0.split(separator: ",")[0...5].joined(separator: ",")
        }
        #expect(
            reasons == [
                "row,record,line,column,field,rule", "1,2,3,15,charged_on,invalid-date",
                "1,2,3,34,status,unknown-status",
                "2,3,4,3,subscription_id,wrong-field-count", "3,4,5,1,charge_id,duplicate-id",
            ])
    }

    /// Over random damage: the two files hold every byte behind the header once, what is quoted stands where the finding
    /// says, and neither blocks nor threads change anything.
    @Test func randomDamage() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var random = SplitMix64(seed: testSeed)
        for round in 0..<150 {
            let bytes = Self.damaged(&random)
            var settings = ValidatedTable.settings
            (settings.blockSize, settings.threads) = (random.pick([64, 100, 1000]), 3)
            let (table, files, _) = try split(bytes, settings)
            let whole = try ValidatedTable(bytes)
            #expect(table.findings == whole.findings, "seed \(testSeed), round \(round)")
            for finding in whole.findings where finding.extent > 0 && finding.place.line > 0 {
                let start = Int(finding.place.byteOffset)
                let raw = String(decoding: bytes[start..<(start + finding.extent)], as: UTF8.self)
                guard !finding.found.contains("\\u{"), !raw.contains("\""), finding.found.hasPrefix(raw) == false else {
                    continue
                }
                let isDescribed = [
                    "a quote", "a line", "two columns", "a second", "column ", "an empty", "the columns",
                ].contains { finding.found.hasPrefix($0) }
                #expect(
                    isDescribed || finding.found.hasSuffix("..."),
                    "seed \(testSeed), round \(round): \(raw) is not \(finding.found)")
            }
            guard !files.isEmpty else { continue }
            let header = bytes.firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? bytes.count
            let joined = files[0].dropFirst(header) + files[1].dropFirst(header)
            #expect(joined.sorted() == bytes.dropFirst(header).sorted(), "seed \(testSeed), round \(round)")
        }
    }

    private static func damaged(_ random: inout SplitMix64) -> [UInt8] {
        var text = ValidatedTable.chargesHeader + "\n"
        for number in 0..<random.number(1...40) {
            text +=
                "C\(random.once(in: 10) ? 1 : number),S1,\(random.pick(["renewal", "refund", "x", "\"renewal\""])),"
                + "\(random.pick(["2025-01-01", "2025-02-30", "2026-01-01", ""])),,\(random.pick(["", "2025-01-31"])),"
                + "\(random.pick(["9.99", "-1", "1,0", "1.999"])),EUR,posted\(random.pick(["\n", "\n", "\r\n"]))"
        }
        var bytes = Array(text.utf8)
        for _ in 0..<random.below(4) {
            let place =
                ValidatedTable.chargesHeader.utf8.count + 1
                + random.below(max(1, bytes.count - ValidatedTable.chargesHeader.utf8.count - 1))
            guard place < bytes.count else { continue }
            switch random.below(5) {
            case 0: bytes.remove(at: place)
            case 1: bytes[place] = UInt8(truncatingIfNeeded: random.next())
            case 2: bytes.insert(contentsOf: Array(random.pick(["\"", ",", "\n", "\u{0}", "\r", "é"]).utf8), at: place)
            case 3: bytes.removeSubrange(place..<min(bytes.count, place + random.below(60)))
            default: bytes.removeLast(random.below(20))
            }
        }
        return bytes
    }
}
