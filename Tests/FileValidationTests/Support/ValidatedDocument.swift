import BillingFiles
import FileValidation
import Foundation
import XMLStream

/// What validation says of a document.
struct ValidatedDocument: Equatable {
    let verdict: ValidationVerdict
    let findings: [InputFinding]
    let counts: [InputRule: Int]
    let elements: Int
    let records: Int

    /// Validates bytes, which are put into a file for it.
    init(
        _ bytes: [UInt8], schema: XMLSchema? = nil, threads: Int = 1, blockSize: Int = 1 << 14,
        cutsDocuments: Bool = true
    ) throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "validated-\(UUID().uuidString).xml").path
        try Data(bytes).write(to: URL(filePath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        let validation = XMLValidation(
            schemas: ValidationSchemas(named: schema), threads: threads, blockSize: blockSize,
            cutsDocuments: cutsDocuments)
        var findings: [InputFinding] = []
        let outcome = try validation.run(InputSource(path: path)) { finding in
            var finding = finding
            finding.place.file = "document"
            findings.append(finding)
        }
        (verdict, counts) = (outcome.verdict, outcome.counts)
        (elements, records) = (outcome.elements, outcome.records)
        self.findings = findings
    }

    init(
        _ text: String, schema: XMLSchema? = nil, threads: Int = 1, blockSize: Int = 1 << 14,
        cutsDocuments: Bool = true
    ) throws {
        try self.init(
            Array(text.utf8), schema: schema, threads: threads, blockSize: blockSize, cutsDocuments: cutsDocuments)
    }

    /// The findings, a line each.
    var report: String {
        findings.map { finding in
            let place = finding.place
            return "\(place.line):\(place.column) byte \(place.byteOffset) record \(place.record) "
                + "[\(finding.rule.identifier)] \(place.field ?? "-"): found \(finding.found), "
                + "expected \(finding.expected) (\(finding.path ?? "-"))"
        }.joined(separator: "\n") + "\n\(verdict), \(elements) elements, \(records) records"
    }
}
