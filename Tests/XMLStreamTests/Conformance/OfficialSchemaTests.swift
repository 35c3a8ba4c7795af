import Foundation
import Testing
import XMLStream

/// The schemas that the publishers of invoice and payment formats give out, and real documents for them.
@Suite("Official schemas")
struct OfficialSchemaTests {
    /// A document, its schema, and whether it is valid.
    struct Sample: CustomTestStringConvertible {
        let document: String
        let schema: [String]
        let isValid: Bool
        var testDescription: String { document }
    }

    static let fattura = ["fatturapa/schema/FatturaPA_v1.2.2.xsd"]
    static let invoice = [
        "ubl-2.1/schema/maindoc/UBL-Invoice-2.1.xsd",
        "ubl-2.1/schema/common/UBL-CommonAggregateComponents-2.1.xsd",
    ]
    static let creditNote = ["ubl-2.1/schema/maindoc/UBL-CreditNote-2.1.xsd", invoice[1]]
    static let camt = "sepa-camt.054/schema/camt.054.001"
    static let pain = "sepa-pain.008/schema/sepa_king/pain.008"

    static let samples: [Sample] =
        [
            ("fatturapa/gobl/invoice-reverse-charge.xml", fattura, true),
            ("fatturapa/gobl/invoice-services-period.xml", fattura, true),
            ("fatturapa/gobl/invoice-simple.xml", fattura, true),
            ("fatturapa/gobl/invoice-windows1252.xml", fattura, false),
            ("fatturapa/italia-testsdi/IT01234567890_FPR01.xml", fattura, true),
            ("fatturapa/italia-testsdi/IT01234567890_FPR03.xml", fattura, true),
            ("fatturapa/italia-testsdi/missing_CedentePrestatore.xml", fattura, false),
            (
                "fatturapa/gobl/invoice-simple.xml",
                ["fatturapa/schema/Schema_del_file_xml_FatturaPA_versione_1.2_cleanup.xsd"], false
            ),
            ("cii-d16b/CII_business_example_01.xml", ["cii-d16b/schema/FACTUR-X_EN16931.xsd"], true),
            ("cii-d16b/CII_example1.xml", ["cii-d16b/schema/FACTUR-X_EN16931.xsd"], true),
            ("cii-d16b/CII_example3.xml", ["cii-d16b/schema/FACTUR-X_EN16931.xsd"], true),
            ("sepa-camt.054/genkgo/camt054.v2.xml", [camt + ".02.xsd"], true),
            ("sepa-camt.054/genkgo/camt054.v8.xml", [camt + ".08.xsd"], true),
            ("sepa-camt.054/oca/test-sepa-camt-unpaid.xml", [camt + ".02.xsd"], true),
            ("sepa-pain.008/pain.008.002.02.xml", [pain + ".002.02.xsd"], true),
            ("sepa-pain.008/pain.008.003.02.xml", [pain + ".003.02.xsd"], true),
            ("ubl-2.1/BIS_Billing_30-Telefoni.xml", invoice, true),
            ("ubl-2.1/ubl-tc434-creditnote1.xml", creditNote, true),
            ("ubl-2.1/ubl-tc434-example1.xml", invoice, true),
            // Schemas of other documents find a wrong outermost element.
            ("nrtrde-xml/nrt_2_1.xml", fattura, false),
            ("sepa-pain.002/test-sepa-pain-unpaid.xml", ["sepa-pain.002/schema/pain.002.001.11.xsd"], false),
        ].map { Sample(document: $0.0, schema: $0.1, isValid: $0.2) }

    @Test("Every official schema compiles")
    func compiles() throws {
        let names = SharedSamples.names(endingWith: ".xsd")
        try #require(names.count >= 35, "\(SharedSamples.folder.path) is not there: nothing was tested")
        for name in names {
            let paths = [name, Self.invoice[1]].map { SharedSamples.folder.appending(path: $0).path }
            do {
                let schema = try XMLSchema.compiled(naming: paths)
                #expect(schema.files.first == paths[0])
            } catch {
                Issue.record("\(name): \(error.faults.prefix(3))")
            }
        }
    }

    @Test("A sample has the verdict that is known for it", arguments: samples)
    func verdict(_ sample: Sample) throws {
        let paths = try sample.schema.map(SharedSamples.path)
        let document = try SharedSamples.path(sample.document)
        let schema = try XMLSchema.compiled(naming: paths)
        let validation = try Validation(of: [UInt8](Data(contentsOf: URL(filePath: document))), schema: schema)
        #expect(validation.verdict == (sample.isValid ? .accepted : .refused), "\(validation.faults.prefix(3))")
        #expect(validation.faults.isEmpty == sample.isValid)
    }

    @Test("Every sample under every schema has the verdict of xmllint")
    func agreesWithXMLLint() throws {
        let documents = SharedSamples.names(endingWith: ".xml")
        try #require(documents.count >= 20, "\(SharedSamples.folder.path) is not there: nothing was tested")
        var compared = 0
        for name in Set(Self.samples.map(\.schema) + [["fatturapa/schema/SVFSM10.xsd"], [Self.camt + ".04.xsd"]]) {
            let paths = try name.map(SharedSamples.path)
            let schema = try XMLSchema.compiled(naming: paths)
            for document in documents {
                let path = try SharedSamples.path(document)
                let lint = try XMLLint.run(schema: paths[0], document: path)
                // Without the network it cannot compile what imports from there.
                if lint.code == 5 { continue }
                let validation = try Validation(of: [UInt8](Data(contentsOf: URL(filePath: path))), schema: schema)
                compared += 1
                #expect(
                    (validation.verdict == .accepted) == (lint.code == 0), "\(document) under \(name[0]): \(lint)")
                // xmllint reads what has a DOCTYPE; we stop there.
                if validation.faults.contains(where: { $0.kind == .documentType }) { continue }
                let messages = lint.messages.split(separator: "\n").count { $0.contains("Schemas validity error") }
                #expect(
                    validation.faults.count { $0.kind == .schema } == messages, "\(document) under \(name[0])")
            }
        }
        #expect(compared > 150, "\(compared) comparisons")
    }

    @Test("The types that are not enforced are told with their places")
    func notes() throws {
        let fattura = try XMLSchema.compiled(naming: Self.fattura.map(SharedSamples.path))
        let notes = fattura.notEnforced
        #expect(notes.map(\.type) == ["ID"])
        let note = try #require(notes.first)
        #expect(note.file.hasSuffix("/xmldsig-core.xsd"))
        #expect(note.uses > 5)
        let text = try String(contentsOfFile: note.file, encoding: .utf8)
        let line = text.split(separator: "\n", omittingEmptySubsequences: false)[note.line - 1]
        #expect(line.contains("type=\"ID\""), "line \(note.line) is \(line)")
        let camt = try XMLSchema.compiled(naming: [SharedSamples.path(Self.camt + ".08.xsd")])
        #expect(camt.notEnforced.isEmpty)
    }
}
