import BillingFiles
import TestSupport
import Testing
import XMLStream

@testable import FileValidation

/// A document in parts, on any number of threads, has the findings of one parser: to the byte, in the same order.
@Suite("Validation in parts")
struct PartsAgreeTests {
    /// A schema whose records are in a namespace, with two names for it in the documents.
    static let namespaced = """
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:bills" xmlns="urn:bills"
            elementFormDefault="unqualified">
          <xs:element name="charges"><xs:complexType><xs:sequence>
            <xs:element ref="charge" maxOccurs="unbounded"/>
          </xs:sequence><xs:attribute name="run" type="xs:date"/></xs:complexType></xs:element>
          <xs:element name="charge"><xs:complexType><xs:sequence>
            <xs:element name="charge_id" type="xs:NMTOKEN"/>
            <xs:any processContents="lax" minOccurs="0" maxOccurs="unbounded"/>
          </xs:sequence><xs:attribute name="id" type="xs:int"/></xs:complexType></xs:element>
        </xs:schema>
        """

    static let names: [(root: String, record: String, attributes: String)] = [
        ("charges", "charge", ""),
        ("charges", "charge", " xmlns:p=\"urn:p\"\n  "),
        ("b:charges", "b:charge", " xmlns:b=\"urn:bills\""),
        ("b:charges", "b:charge", " run=\"never\" xmlns:b=\"urn:bills\" xmlns:x=\"urn:x\""),
        (
            "charges", "charge",
            " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:noNamespaceSchemaLocation=\"charges.xsd\""
        ),
        (
            "charges", "charge",
            " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"other\""
        ),
    ]

    @Test("Random documents, sound and damaged, have the findings of one parser", arguments: names.indices)
    func randomDocuments(kind: Int) throws {
        let names = Self.names[kind]
        let schema = try #require(
            names.root == "charges"
                ? try XMLSchema.native(root: "charges")
                : try XMLSchema.compiled(text: Self.namespaced, name: "bills.xsd"))
        let seed = testSeed &+ UInt64(kind)
        var document = RandomDocument(
            random: SplitMix64(seed: seed), root: names.root, record: names.record, rootAttributes: names.attributes)
        var verdicts: [ValidationVerdict: Int] = [:]
        var cut = 0
        for round in 0..<120 {
            let bytes = document.bytes(
                records: document.random.below(document.random.once(in: 40) ? 300 : 12),
                damages: document.random.pick([0, 0, 1, 1, 2, 5]))
            let single = try ValidatedDocument(bytes, schema: schema, cutsDocuments: false)
            verdicts[single.verdict, default: 0] += 1
            let blockSize = document.random.pick([16, 300, 700, 1500, 5000, 40_000])
            for threads in 1...3 {
                let parts = try ValidatedDocument(bytes, schema: schema, threads: threads, blockSize: blockSize)
                if parts != single {
                    Issue.record(
                        """
                        seed \(testSeed), round \(round), blocks of \(blockSize) bytes, \(threads) threads
                        one parser:
                        \(single.report)
                        in parts:
                        \(parts.report)
                        document:
                        \(String(decoding: bytes.prefix(6000), as: UTF8.self))
                        """)
                    return
                }
            }
            if blockSize >= 700, single.verdict != .undecided { cut += 1 }
        }
        #expect(cut > 20)
        #expect(verdicts[.valid, default: 0] > (kind == 3 || kind == 5 ? -1 : 5), "seed \(testSeed): \(verdicts)")
        #expect(verdicts[.invalid, default: 0] > 20, "seed \(testSeed): \(verdicts)")
    }

    @Test("One parser says of a document what it says of the same bytes without blocks")
    func agreesWithTheParser() throws {
        var document = RandomDocument(
            random: SplitMix64(seed: testSeed), root: "charges", record: "charge", rootAttributes: "")
        let schema = try #require(try XMLSchema.native(root: "charges"))
        for round in 0..<120 {
            let bytes = document.bytes(records: document.random.below(12), damages: document.random.pick([0, 1, 2]))
            let parser = XMLPushParser(schema: schema)
            parser.feed(bytes.span)
            var faults = parser.faults
            parser.finish()
            faults += parser.faults
            let validated = try ValidatedDocument(bytes, schema: schema, threads: 2, blockSize: 700)
            #expect(
                (validated.verdict == .valid) == (parser.verdict == .accepted), "seed \(testSeed), round \(round)")
            #expect(
                validated.findings.map(\.place.byteOffset) == faults.map(\.offset), "seed \(testSeed), round \(round)")
        }
    }
}
