import TestSupport
import Testing

@testable import BillingFiles

@Suite("XML files of charges")
struct XMLReadingTests {
    private static let blockSizes = [64, 450, 1000, 3000, 1 << 20]

    /// What is read of an XML document, as it must be by what the test knows of it.
    private static func expect(
        _ read: ChargesReadAll, _ document: RandomXML.Document, _ csv: ChargesReadAll, _ label: String
    ) {
        var expected = csv.charges
        for index in expected.indices {
            expected[index].byteOffset = UInt64(document.recordOffsets[expected[index].record - 1])
        }
        #expect(read.charges == expected, "\(label)")
        var unreadable = csv.unreadable
        for index in unreadable.indices {
            unreadable[index].byteOffset = UInt64(document.recordOffsets[unreadable[index].record - 1])
        }
        #expect(read.unreadable == unreadable, "\(label)")
        #expect(read.records == csv.records && read.rejected == csv.rejected && read.read == csv.read, "\(label)")
        let findings = csv.findings.map { finding in
            var finding = finding
            let record = finding.place.record - 1
            let offset = document.fieldOffsets[record][finding.place.field ?? ""] ?? document.recordOffsets[record]
            let place = EncodedXML.place(of: offset, in: document.bytes, document.encoding)
            (finding.place.line, finding.place.column) = (place.line, place.column)
            finding.place.byteOffset = UInt64(offset)
            finding.place.file = "c.xml"
            return finding
        }
        #expect(sorted(read.findings) == sorted(findings), "\(label)")
    }

    /// In the order of the rules and fields: elements may come in another order than columns.
    private static func sorted(_ findings: [InputFinding]) -> [InputFinding] {
        func key(_ finding: InputFinding) -> (Int, String, String) {
            (finding.place.record, finding.place.field ?? "", finding.rule.rawValue)
        }
        return findings.sorted { key($0) < key($1) }
    }

    @Test(
        "give the charges, rejections and tallies of the same records in CSV", arguments: EncodedXML.Encoding.allCases)
    func sameAsCSV(encoding: EncodedXML.Encoding) throws {
        let scratch = try ScratchDirectory()
        var xml = RandomXML(seed: testSeed ^ UInt64(encoding.hashValueOfCase))
        var (charges, findings) = (0, 0)
        for round in 0..<25 {
            let style = xml.random.once(in: 3) ? .canonical : RandomXML.Style.random(&xml.random)
            let document = xml.document(1 + xml.random.below(20), encoding, style)
            let csv = try ChargesReadAll(paths: [scratch.write(document.csv, to: "c.csv")], blockSize: 1 << 20)
            let path = try scratch.write(document.bytes, to: "c.xml")
            for blockSize in Self.blockSizes {
                let read = try ChargesReadAll(paths: [path], blockSize: blockSize)
                Self.expect(
                    read, document, csv, "seed \(testSeed), \(encoding), round \(round), blocks of \(blockSize)")
                charges += read.charges.count
                findings += read.findings.count
            }
        }
        #expect(charges > 300 && findings > 50)
    }

    @Test("of both formats can be read one after the other")
    func bothFormats() throws {
        let scratch = try ScratchDirectory()
        var xml = RandomXML(seed: testSeed)
        let document = xml.document(30, .utf8, .canonical)
        let paths = [
            try scratch.write(document.csv, to: "a.csv"), try scratch.write(document.bytes, to: "b.xml"),
            try scratch.write(document.csv, to: "c.csv"),
        ]
        for blockSize in Self.blockSizes {
            let read = try ChargesReadAll(paths: paths, blockSize: blockSize)
            #expect(read.records == [30, 30, 30])
            let texts = (0..<3).map { file in
                read.charges.filter { $0.file == file }.map { "\($0.record) \($0.subscription) \($0.amount)" }
            }
            #expect(texts[0] == texts[1] && texts[1] == texts[2] && !texts[0].isEmpty)
        }
    }
}

extension EncodedXML.Encoding {
    /// A number of the case that is the same in every run.
    fileprivate var hashValueOfCase: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
