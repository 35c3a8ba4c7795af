import Foundation
import Testing

/// Subscriptions and charges in XML, alone and beside CSV: the form of a file is no evidence.
@Suite struct XMLInputTests {
    private static let charges = Result { NativeXML.charges(try Sample.chargeText()) }
    private static let subscriptions = Result { NativeXML.subscriptions(try Sample.subscriptionText()) }

    private let scratch: TemporaryDirectory

    init() throws {
        scratch = try TemporaryDirectory()
        try scratch.write(Self.charges.get(), to: "charges.xml")
        try scratch.write(Self.subscriptions.get(), to: "subscriptions.xml")
    }

    /// The outputs of an audit, which must find what it finds in the sample's CSV files.
    @discardableResult
    private func expectSameFindings(
        subscriptions: String, charges: [String], input: [UInt8]? = nil, _ more: String...
    ) throws -> [String: [UInt8]] {
        let label: Comment = "\(subscriptions) \(charges) \(more)"
        var command = try Rinnovo.command(
            Rinnovo.audit(subscriptions, charges, output: scratch.path("out"), "--force") + more)
        command.input = input
        let outcome = try command.run()
        try #require(outcome.code == 1, "\(outcome.report)")
        let found = CSVTable(try scratch.bytes(of: "out/discrepancies.csv"))
        let reference = try Sample.audited.get()
        let expected = CSVTable(try reference.bytes(of: "out/discrepancies.csv"))
        #expect(!expected.rows.isEmpty)
        // The evidence names files and lines, which differ.
        #expect(found.without(["evidence"]) == expected.without(["evidence"]), label)
        for name in ["recovery-charges.csv", "reversal-charges.csv", "recovery-plan.csv"] {
            #expect(try scratch.bytes(of: "out/\(name)") == reference.bytes(of: "out/\(name)"), "\(name): \(label)")
        }
        return try #require(try scratch.files(in: "out"))
    }

    @Test func everyMixOfFormats() throws {
        for subscriptions in [Sample.subscriptions, scratch.path("subscriptions.xml")] {
            for charges in [Sample.charges, scratch.path("charges.xml")] {
                try expectSameFindings(subscriptions: subscriptions, charges: [charges])
            }
        }
    }

    @Test func compressedFiles() throws {
        for (tool, suffix) in [("gzip -c", "gz"), ("zstd -q -c", "zst")] {
            if suffix == "zst", !Command.exists("zstd") { continue }
            for name in ["charges.xml", "subscriptions.xml"] {
                _ = try Command.shell("\(tool) \(name) > \(name).\(suffix)", in: scratch.path)
            }
            try expectSameFindings(
                subscriptions: scratch.path("subscriptions.xml.\(suffix)"),
                charges: [scratch.path("charges.xml.\(suffix)")])
        }
    }

    @Test func standardInput() throws {
        try expectSameFindings(
            subscriptions: Sample.subscriptions, charges: ["-"], input: Array(Self.charges.get().utf8))
        try expectSameFindings(
            subscriptions: "-", charges: [scratch.path("charges.xml")], input: Array(Self.subscriptions.get().utf8))
    }

    @Test func severalFilesOfBothFormats() throws {
        let lines = try Sample.chargeText().split(separator: "\n")
        let parts = [lines[1..<900], lines[900..<1500], lines[1500...]].map { rows in
            ([lines[0]] + rows).joined(separator: "\n") + "\n"
        }
        let paths = [
            try scratch.write(NativeXML.charges(parts[0]), to: "one.xml"), try scratch.write(parts[1], to: "two.csv"),
            try scratch.write(NativeXML.charges(parts[2], lineEnd: "\r\n"), to: "three.xml"),
        ]
        try expectSameFindings(subscriptions: Sample.subscriptions, charges: paths)
        try expectSameFindings(subscriptions: scratch.path("subscriptions.xml"), charges: paths)
    }

    /// The evidence cites the line of the record's start tag.
    @Test func theEvidenceNamesLinesOfTheXML() throws {
        try expectSameFindings(subscriptions: scratch.path("subscriptions.xml"), charges: [scratch.path("charges.xml")])
        let lines = try Self.charges.get().split(separator: "\n", omittingEmptySubsequences: false)
        let table = CSVTable(try scratch.bytes(of: "out/discrepancies.csv"))
        var cited = 0
        for row in table.rows {
            let identifiers = (row["charge_ids"] ?? "").split(separator: " ").map(String.init)
            let places = (row["evidence"] ?? "").matches(of: /charges\.xml:(\d+)/).compactMap { Int($0.1) }
            for (identifier, line) in zip(identifiers, places) where places.count == identifiers.count {
                #expect(lines[line - 1] == "  <charge>", "line \(line)")
                #expect(lines[line] == "    <charge_id>\(identifier)</charge_id>", "line \(line)")
                cited += 1
            }
        }
        #expect(cited > 0)
    }

    /// Several blocks: the sample many times, under other ids.
    @Test func anyNumberOfThreadsGivesTheSameBytes() throws {
        let lines = try Sample.chargeText().split(separator: "\n")
        var text = lines[0] + "\n"
        for copy in 0..<4 { for row in lines.dropFirst() { text += "\(copy)-\(row)\n" } }
        let path = try scratch.write(NativeXML.charges(String(text)), to: "many.xml")
        var all: [[String: [UInt8]]] = []
        for threads in ["1", "2", "8"] {
            let outcome = try Rinnovo.command(
                Rinnovo.audit(
                    scratch.path("subscriptions.xml"), [path], output: scratch.path("out-\(threads)"), "--threads",
                    threads)
            ).run()
            #expect(outcome.code == 1, "\(outcome.report)")
            var files = try #require(try scratch.files(in: "out-\(threads)"))
            files["manifest.json"] = nil
            all.append(files)
        }
        #expect(all[0] == all[1])
        #expect(all[0] == all[2])
    }

    /// A value that is wrong in XML is rejected as in CSV.
    @Test func aRowThatIsRejected() throws {
        let csv = SmallAudit.charges(replacing: 2, with: "C3,S1,renewal,2025-02-30,,,9.99,EUR,posted")
        let subscriptions = try scratch.write(SmallAudit.subscriptions, to: "s.csv")
        var found: [[[String]]] = []
        for (name, text) in [("c.csv", csv), ("c.xml", NativeXML.charges(csv))] {
            let charges = try scratch.write(text, to: name)
            let outcome = try Rinnovo.command(
                Rinnovo.audit(
                    subscriptions, [charges], from: SmallAudit.from, to: SmallAudit.to,
                    output: scratch.path("out-\(name)"))
            ).run()
            #expect(outcome.code == 1, "\(outcome.report)")
            #expect(outcome.report.contains("[invalid-date]"), "\(outcome.report)")
            let table = CSVTable(try scratch.bytes(of: "out-\(name)/discrepancies.csv"))
            #expect(table.rows.count == 1 && table.rows.first?["rule"] == "undecided")
            found.append(table.without(["evidence"]))
        }
        #expect(found[0] == found[1])
    }
}
