import BillingFiles
import BillingValues
import FileValidation
import Foundation

/// What validation says of a delimited file.
struct ValidatedTable {
    let verdict: ValidationVerdict
    let findings: [InputFinding]
    let counts: [InputRule: Int]
    let records: Int
    let guess: String?

    /// The day that tests take for today.
    static let today = CivilDate(year: 2025, month: 6, day: 30)

    /// The settings of tests: native files, and a day that is today.
    static var settings: DelimitedSettings { DelimitedSettings(today: today) }

    /// Validates bytes, which are put into a file for it.
    init(_ bytes: [UInt8], _ settings: DelimitedSettings = Self.settings, rows: RowFiles? = nil) throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "table-\(UUID().uuidString).csv").path
        try Data(bytes).write(to: URL(filePath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        var findings: [InputFinding] = []
        let outcome = try DelimitedValidation(settings).run(InputSource(path: path), rows: rows) { finding in
            var finding = finding
            finding.place.file = "table"
            findings.append(finding)
        }
        (verdict, counts, records, guess) = (outcome.verdict, outcome.counts, outcome.records, outcome.guess)
        self.findings = findings
    }

    init(_ text: String, _ settings: DelimitedSettings = Self.settings) throws {
        try self.init(Array(text.utf8), settings)
    }

    /// A charges file with these rows.
    static func charges(_ rows: String...) throws -> ValidatedTable {
        try ValidatedTable(chargesHeader + "\n" + rows.map { $0 + "\n" }.joined())
    }

    /// A file with these rows, validated with a table schema.
    static func schema(
        _ schema: String, _ text: String, _ change: (inout DelimitedSettings) -> Void = { _ in }
    ) throws -> ValidatedTable {
        var settings = settings
        settings.definition = .schema(try TableSchema.read(Array(schema.utf8), file: "schema.json"))
        change(&settings)
        return try ValidatedTable(text, settings)
    }

    /// The header of a charges file.
    static let chargesHeader =
        "charge_id,subscription_id,kind,charged_on,period_start,period_end,amount,currency,status"

    /// A subscriptions file with these rows.
    static func subscriptions(_ rows: String...) throws -> ValidatedTable {
        let header =
            "subscription_id,msisdn,offer,activated_on,ended_on,cycle,price,currency,payment_method"
        return try ValidatedTable(header + "\n" + rows.map { $0 + "\n" }.joined())
    }

    /// An events file with these rows.
    static func events(_ rows: String...) throws -> ValidatedTable {
        try ValidatedTable("subscription_id,event,effective_on,until,value\n" + rows.map { $0 + "\n" }.joined())
    }

    /// The findings: the line, the rule and the field, a text each.
    var summary: [String] {
        findings.map { "\($0.place.line) \($0.rule.identifier) \($0.place.field ?? "-")" }
    }

    /// The findings, a line each.
    var report: String {
        findings.map { finding in
            let place = finding.place
            return "\(place.line):\(place.column) record \(place.record) byte \(place.byteOffset)+\(finding.extent) "
                + "[\(finding.rule.identifier)] \(place.field ?? "-"): \(finding.found) / \(finding.expected)"
        }.joined(separator: "\n")
    }
}
