import TestSupport
import Testing

@testable import BillingFiles

/// The fast writers against texts written in the plainest way, over random tables and cuts.
@Suite struct RecordConverterTests {
    /// A CSV text converted block by block, and what was lost by column.
    private func convert(
        _ csv: String, to target: NativeFormat, blockSize: Int
    ) throws -> (text: String, losses: [String: Int], findings: [BlockFinding]) {
        let scratch = try ScratchDirectory()
        let path = try scratch.write(Array(csv.utf8), to: "in.csv")
        let sequence = BlockSequence(
            sources: [try InputSource(path: path)], format: .csv, blockSize: blockSize)
        let header = try sequence.readHeader().get()
        let layout = try ConversionLayout.make(header: header, file: "in.csv", target: .native(target)).get()
        var converter = RecordConverter(layout: layout, header: header)
        var bytes = layout.prologue
        var losses: [String: Int] = [:]
        var findings: [BlockFinding] = []
        var storage: [UInt8] = []
        while let outcome = try sequence.nextBlock(reusing: storage) {
            let block = try outcome.get()
            let converted = converter.work(on: block)
            #expect(converted.written == converted.read.records || !converted.read.findings.isEmpty)
            converted.records.withBytes { span in for index in span.indices { bytes.append(span[index]) } }
            for (column, count) in zip(layout.columns, converted.losses) where count > 0 {
                losses[column, default: 0] += count
            }
            findings += converted.read.findings
            converter.giveBack(converted)
            storage = block.storage
        }
        return (String(decoding: bytes + (layout.epilogue() ?? []), as: UTF8.self), losses, findings)
    }

    @Test(arguments: 0..<60)
    func randomTables(number: Int) throws {
        var random = SplitMix64(seed: testSeed &+ UInt64(number))
        let table = RandomTable(&random, count: 200, isLossy: number % 3 == 0)
        let csv = table.csv(&random, lineEnd: random.pick(["\n", "\r\n"]))
        let blockSize = random.pick([64, 500, 4096, 1 << 18])
        let xml = try convert(csv, to: .xml, blockSize: blockSize)
        #expect(xml.findings.isEmpty)
        #expect(xml.text == table.canonicalXML, "seed \(testSeed)")
        #expect(xml.losses == table.losses, "seed \(testSeed)")
        let rewritten = try convert(csv, to: .csv, blockSize: blockSize)
        #expect(rewritten.text == table.canonicalCSV, "seed \(testSeed)")
        #expect(rewritten.losses.isEmpty)
    }

    @Test func aValueNearTheLimitOfARecord() throws {
        let header = NativeColumns.events.joined(separator: ",") + "\n"
        for piece in ["a", "&", "\"\""] {
            let value = String(repeating: piece, count: 1_000_000 / piece.utf8.count)
            let csv = header + "S1,ended,2025-01-01,,\"\(value)\"\nS2,ended,2025-01-01,,\n"
            let text = try convert(csv, to: .xml, blockSize: 1 << 18).text
            #expect(text.contains(">\(value.replacing("\"\"", with: "\"").replacing("&", with: "&amp;"))</value>"))
            #expect(text.hasSuffix("<value></value>\n  </event>\n</events>\n"))
        }
    }

    @Test(
        arguments: [
            ("a", ["truncated-last-row"]), ("EUR", []), ("EU", ["truncated-last-row"]), ("\"a\"", []),
        ] as [(String, [String])])
    func aLastRowWithoutALineEnd(last: String, rules: [String]) throws {
        let csv = NativeColumns.usage.joined(separator: ",") + "\nU1,39,2025,call,1,2,3,4," + last
        #expect(try convert(csv, to: .xml, blockSize: 1 << 18).findings.map(\.rule.identifier) == rules)
    }

    @Test func blocksAreSmallerWhereNamesAreLong() {
        let names = (0..<20).map { String(repeating: "n", count: 900) + "\($0)" }
        let layout = ConversionLayout(kind: .events, columns: NativeColumns.events + names, target: .xml)
        for count in [1, 6, 68] {
            let blockSize = layout.blockSize(forBlocksAtOnce: count)
            let grown = blockSize / layout.columns.count * (layout.tags?.length ?? 0)
            #expect(grown <= 24 << 20 / count || blockSize == 1 << 11)
        }
        let charges = ConversionLayout(kind: .charges, columns: NativeColumns.charges, target: .xml)
        #expect(charges.blockSize(forBlocksAtOnce: 6) > 1 << 16)
        #expect(charges.blockSize(forBlocksAtOnce: 1) == 1 << 18)
    }
}
