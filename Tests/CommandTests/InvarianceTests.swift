import Foundation
import Testing

/// The built program on the sample: where rows stand and how they are spread over files changes no verdict.
@Suite struct InvarianceTests {
    /// The charges of the sample as rows, and how they are given.
    private static let ways: [(String, @Sendable ([String]) -> [[String]])] = [
        ("reversed", { [Array($0.reversed())] }),
        ("in two files", { [Array($0.prefix(1000)), Array($0.dropFirst(1000))] }),
        ("in two files, the later one first", { [Array($0.dropFirst(1000)), Array($0.prefix(1000))] }),
        (
            "every other row",
            { rows in
                (0..<2).map { odd in rows.enumerated().filter { $0.offset % 2 == odd }.map(\.element) }
            }
        ),
    ]

    /// The discrepancies without the evidence, whose places are those of the files.
    private func verdicts(_ scratch: TemporaryDirectory, _ folder: String) throws -> [[String: String]] {
        try CSVTable(scratch.bytes(of: "\(folder)/discrepancies.csv")).rows.map { row in
            var row = row
            row["evidence"] = nil
            row["charge_ids"] = row["charge_ids"].map { $0.split(separator: " ").sorted().joined(separator: " ") }
            return row
        }
    }

    @Test func theOrderOfRowsAndFilesChangesNoVerdict() throws {
        let sample = try Sample.audited.get()
        let expected = try verdicts(sample, "out")
        #expect(expected.count > 100)
        var lines = try Sample.chargeText().split(separator: "\n").map(String.init)
        let header = lines.removeFirst()
        var subscriptions = try Sample.subscriptionText().split(separator: "\n").map(String.init)
        let columns = subscriptions.removeFirst()
        for (name, spread) in Self.ways {
            let scratch = try TemporaryDirectory()
            let charges = try spread(lines).enumerated().map { index, rows in
                try scratch.write(SmallAudit.table(header, rows), to: "charges\(index).csv")
            }
            let turned = try scratch.write(
                SmallAudit.table(columns, subscriptions.reversed()), to: "subscriptions.csv")
            let outcome = try Rinnovo.command(
                Rinnovo.audit(turned, charges, output: scratch.path("out"))
            ).run()
            #expect(outcome.code == 1, "\(name): \(outcome.report)")
            #expect(try verdicts(scratch, "out") == expected, "\(name)")
            for file in ["incidents.csv", "recovery-charges.csv", "reversal-charges.csv", "recovery-plan.csv"] {
                #expect(try scratch.bytes(of: "out/\(file)") == sample.bytes(of: "out/\(file)"), "\(name): \(file)")
            }
        }
    }
}
