import Foundation
import Testing

/// The built program has the verdicts of xmllint on real invoices and payments.
@Suite("Conformance of rinnovo validate")
struct ValidateConformanceTests {
    private static let folder = URL(fileURLWithPath: Command.package)
        .appendingPathComponent("../shared/formats/samples").standardizedFileURL.path

    /// Documents and the schema's documents; a folder stands for all XML files in it.
    static let samples: [(documents: String, schema: [String])] = [
        ("fatturapa", ["fatturapa/schema/FatturaPA_v1.2.2.xsd"]),
        ("cii-d16b", ["cii-d16b/schema/FACTUR-X_EN16931.xsd"]),
        ("sepa-camt.054", ["sepa-camt.054/schema/camt.054.001.02.xsd"]),
        ("sepa-camt.054", ["sepa-camt.054/schema/camt.054.001.08.xsd"]),
        ("sepa-pain.008", ["sepa-pain.008/schema/sepa_king/pain.008.003.02.xsd"]),
        (
            "ubl-2.1",
            [
                "ubl-2.1/schema/maindoc/UBL-Invoice-2.1.xsd",
                "ubl-2.1/schema/common/UBL-CommonAggregateComponents-2.1.xsd",
            ]
        ),
    ]

    @Test("The exit code agrees with xmllint's", arguments: samples.indices)
    func agreesWithXMLLint(index: Int) throws {
        let sample = Self.samples[index]
        try #require(
            FileManager.default.fileExists(atPath: Self.folder), "\(Self.folder) is not there: nothing was tested")
        try #require(Command.exists("xmllint"), "xmllint is not there: nothing was compared")
        let schemas = sample.schema.map { "\(Self.folder)/\($0)" }
        let names =
            FileManager.default.enumerator(atPath: "\(Self.folder)/\(sample.documents)")?
            .compactMap { $0 as? String }.filter { $0.hasSuffix(".xml") } ?? []
        #expect(!names.isEmpty)
        var valid = 0
        for name in names.sorted() {
            let document = "\(Self.folder)/\(sample.documents)/\(name)"
            let lint = try Command(
                program: "xmllint", arguments: ["--nonet", "--noout", "--schema", schemas[0], document]
            ).run()
            let outcome = try Rinnovo.command(["validate", document] + schemas.flatMap { ["--schema", $0] }).run()
            switch lint.code {
            case 0:
                #expect(outcome.code == 0, "\(name): \(outcome.report)")
                valid += 1
            case 3, 4: #expect(outcome.code == 1, "\(name): \(outcome.report)")
            // xmllint compiles no schema that leads to the network; not well-formed is 1.
            case 5: #expect([0, 1, 65].contains(outcome.code), "\(name): \(outcome.report)")
            default: #expect(outcome.code == 65, "\(name): \(outcome.report)")
            }
        }
        print("\(sample.documents): \(names.count) documents, \(valid) valid")
    }

    /// What is known of these invoices, whatever xmllint says.
    @Test("Invoices of FatturaPA 1.2.2")
    func invoices() throws {
        try #require(
            FileManager.default.fileExists(atPath: Self.folder), "\(Self.folder) is not there: nothing was tested")
        let schema = "\(Self.folder)/fatturapa/schema/FatturaPA_v1.2.2.xsd"
        for (name, code) in [
            ("gobl/invoice-simple.xml", 0), ("italia-testsdi/IT01234567890_FPR01.xml", 0),
            ("italia-testsdi/missing_CedentePrestatore.xml", 1), ("gobl/invoice-windows1252.xml", 1),
        ] as [(String, Int32)] {
            let outcome = try Rinnovo.run("validate", "--schema", schema, "\(Self.folder)/fatturapa/\(name)")
            #expect(outcome.code == code, "\(name): \(outcome.report)")
            #expect(outcome.output.contains("xs:ID are unique is not enforced"))
        }
    }
}
