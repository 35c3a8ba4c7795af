import TestSupport
import Testing

@testable import BillingFiles

@Suite("Cited charges of XML files are looked up again")
struct CitedXMLChargeTests {
    @Test(
        "Plain and compressed files, in every encoding, of any style", arguments: EncodedXML.Encoding.allCases,
        ["xml", "xml.gz"])
    func lookUp(encoding: EncodedXML.Encoding, suffix: String) throws {
        let scratch = try ScratchDirectory()
        for (round, style) in [
            RandomXML.Style.canonical, .init(gaps: ("", "", "")), .init(gaps: ("\r\n", "\r\n ", "\r\n")),
            .init(isFree: true, isRich: true, isAnnotated: true),
        ].enumerated() {
            var xml = RandomXML(seed: testSeed &+ UInt64(round))
            let document = xml.document(60, encoding, style)
            let csv = try ChargesReadAll(paths: [scratch.write(document.csv, to: "c.csv")], blockSize: 1 << 20)
            let expected = try CitedChargeReader(directory: csv.directory, formats: csv.formats, sources: csv.sources)
                .charges(at: csv.positions)
            let identifiers = csv.positions.map { expected[$0]?.identifier }
            let lines = csv.charges.map { charge in
                EncodedXML.place(of: document.recordOffsets[charge.record - 1], in: document.bytes, encoding).line
            }
            let name = "charges.\(suffix)"
            let packed = suffix == "xml" ? document.bytes : try FileFixtures.gzip(document.bytes, in: scratch)
            let path = try scratch.write(packed, to: name)
            for blockSize in [64, 1500, 1 << 18] {
                let label: Comment = "seed \(testSeed), round \(round), blocks of \(blockSize)"
                let read = try ChargesReadAll(paths: [path], blockSize: blockSize)
                let reader = CitedChargeReader(
                    directory: read.directory, formats: read.formats, sources: read.sources)
                let cited = try reader.charges(at: Array(Set(read.positions)), threads: 2)
                #expect(read.positions.map { cited[$0]?.identifier } == identifiers, label)
                #expect(read.positions.map { cited[$0]?.line } == lines, label)
                #expect(read.positions.allSatisfy { cited[$0]?.file == name })
                #expect(!identifiers.isEmpty && !identifiers.contains(nil))
            }
        }
    }

    @Test("A record longer than one look", arguments: [1000, 9000, 70_000])
    func longRecord(length: Int) throws {
        let scratch = try ScratchDirectory()
        let note = "<note>\(String(repeating: "n", count: length))</note>"
        let text =
            "<charges>\n\n<charge>\(note)<subscription_id>S</subscription_id><kind>addon</kind><charged_on>2025-01-01"
            + "</charged_on><amount>1.00</amount><currency>EUR</currency><status>posted</status><charge_id>C1</charge_id>"
            + "</charge></charges>"
        let read = try ChargesReadAll(paths: [scratch.write(Array(text.utf8), to: "c.xml")], blockSize: 4096)
        let position = try #require(read.positions.first)
        let reader = CitedChargeReader(directory: read.directory, formats: read.formats, sources: read.sources)
        let cited = try #require(try reader.charges(at: [position])[position])
        #expect(String(decoding: cited.identifier, as: UTF8.self) == "C1")
        #expect(cited.line == 3)
    }
}
