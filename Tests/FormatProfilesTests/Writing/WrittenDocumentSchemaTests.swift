import Foundation
import TestSupport
import Testing

@testable import BillingFiles
@testable import FormatProfiles

/// Documents that are written are valid against the official schemas, whatever rows they are written of.
@Suite struct WrittenDocumentSchemaTests {
    static let schemas = [
        ("sepa-camt.054", "sepa-camt.054/schema/camt.054.001.08.xsd"),
        ("sepa-pain.002", "sepa-pain.002/schema/pain.002.001.11.xsd"),
        ("cii-d16b", "cii-d16b/schema/FACTUR-X_EN16931.xsd"),
        ("fatturapa-1.2", "fatturapa/schema/FatturaPA_v1.2.2.xsd"),
        ("fatturapa-1.2", "fatturapa/schema/Schema_del_file_xml_FatturaPA_versione_1.2_cleanup.xsd"),
        ("ubl-2.1", "ubl-2.1/schema/maindoc/UBL-Invoice-2.1.xsd"),
        ("ubl-2.1", "ubl-2.1/schema/maindoc/UBL-CreditNote-2.1.xsd"),
    ]

    @Test(arguments: schemas) func isValid(name: String, schema: String) throws {
        let schema = "../shared/formats/samples/" + schema
        guard FileManager.default.fileExists(atPath: schema) else {
            Issue.record("\(schema) is absent: the schemas are needed beside the repository")
            return
        }
        let profile = try #require(try ShippedProfiles.profile(named: name))
        var random = SplitMix64(seed: testSeed)
        let columns = profile.kind.columns + profile.kind.optionalColumns
        var rows = (0..<1500).map { _ in RandomRecord.values(columns, of: profile, &random) }
        // Thousands of the largest amounts have a sum that no document can state.
        rows.removeAll { $0.contains("90000000000000.99") }
        let trip = try FormatRoundTrip(profile, columns: columns, rows: rows)
        #expect(trip.order.count >= 10)
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("schema-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        // An Invoice is none of the schema of a CreditNote.
        let root = schema.contains("UBL-") ? (schema.contains("Invoice") ? "<Invoice" : "<CreditNote") : ""
        let files = trip.files.filter { root.isEmpty || String(decoding: $0, as: UTF8.self).contains(root) }
        #expect(!files.isEmpty)
        let paths = try files.enumerated().map { number, bytes in
            let path = folder.appendingPathComponent("\(number).xml")
            try Data(bytes).write(to: path)
            return path.path
        }
        for start in stride(from: 0, to: paths.count, by: 100) {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/xmllint")
            process.arguments =
                ["--noout", "--nonet", "--schema", schema] + paths[start..<min(start + 100, paths.count)]
            let output = Pipe()
            process.standardError = output
            try process.run()
            let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            process.waitUntilExit()
            let wrong = text.split(separator: "\n").filter { !$0.hasSuffix(" validates") }
            #expect(process.terminationStatus == 0, "seed \(testSeed): \(wrong.prefix(5).joined(separator: "\n"))")
        }
    }
}
