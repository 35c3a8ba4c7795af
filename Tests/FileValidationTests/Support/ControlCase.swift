import BillingFiles
import BillingRecords
import BillingValues
import FileValidation
import Foundation

/// A control file against files that were read.
struct ControlCase {
    /// The findings as `line rule field`.
    let summary: [String]
    let findings: [InputFinding]
    let unconfirmed: [String]

    /// Control files that are written for it, one a text.
    init(_ texts: [String], received: [ReceivedFile] = Self.received) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "control-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let controls = try texts.enumerated().map { index, text in
            let path = folder.appending(path: "control\(index).csv").path
            try Data(text.utf8).write(to: URL(filePath: path))
            return try ControlFile(InputSource(path: path))
        }
        let totals = ControlTotals(controls, received: received)
        findings = totals.findings
        unconfirmed = totals.unconfirmed
        summary = findings.map { "\($0.place.line) \($0.rule.identifier) \($0.place.field ?? "-")" }
    }

    /// A control file of these rows.
    init(_ rows: String..., received: [ReceivedFile] = Self.received) throws {
        try self.init([([Self.columns] + rows).map { $0 + "\n" }.joined()], received: received)
    }

    static let columns = "file,stream,sequence,records,currency,amount,sha256"

    static let hash = String(repeating: "0a", count: 32)

    /// Two charges files, of which the second has two currencies, and the others.
    static let received = [
        file(.subscriptions, "subscriptions.csv", records: 2, money: nil),
        file(.events, "events.csv", records: 0, money: nil),
        file(.charges, "a.csv", records: 3, money: [(999, "EUR"), (999, "EUR"), (-500, "EUR")]),
        file(.charges, "b.csv", records: 3, money: [(999, "EUR"), (100, "JPY"), (1, "EUR")]),
        file(.charges, "c.csv", records: 2, money: [(999, "EUR"), nil]),
    ]

    /// A file with these amounts; nil is one that cannot be read.
    static func file(
        _ role: ReceivedFile.Role, _ name: String, records: Int, money: [(Int64, String)?]?
    ) -> ReceivedFile {
        let tally = money.map { money in
            money.reduce(into: MoneyTally()) { tally, entry in
                guard let entry, let currency = Currency(code: entry.1) else { return tally.addUnreadable() }
                tally.add(amount: entry.0, currency: currency.packedCode)
            }
        }
        return ReceivedFile(role: role, name: name, content: .init(records: records, money: tally, sha256: hash))
    }
}
