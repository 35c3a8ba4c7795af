import Foundation
import Testing

/// `refers_to`: a refund that names the charge which it undoes, in every form in which charges come.
@Suite struct NamedRefundTests {
    private static let columns = SmallAudit.chargeColumns + ",refers_to"

    /// Ids that need quotes, or XML's escapes.
    private static let identifier = "C \"1\", <&>"

    private static func rows(_ reference: String) -> [String] {
        let quoted = "\"\(identifier.replacing("\"", with: "\"\""))\""
        return [
            "\(quoted),S1,renewal,2025-02-10,2025-02-10,2025-03-09,9.99,EUR,posted,",
            "C2,S2,renewal,2025-02-20,2025-02-20,2025-03-19,9.99,EUR,posted,",
            "C3,S1,renewal,2025-03-10,2025-03-10,2025-04-09,9.99,EUR,posted,",
            "C4,S2,renewal,2025-03-20,2025-03-20,2025-04-19,9.99,EUR,posted,",
            "R1,S1,refund,2025-03-31,,,-9.99,EUR,posted,\(reference == identifier ? quoted : reference)",
        ]
    }

    private func audit(_ charges: [String], _ scratch: TemporaryDirectory, _ more: [String] = []) throws -> [String] {
        let arguments = Rinnovo.audit(
            try scratch.write(SmallAudit.subscriptions, to: "s.csv"), charges, from: SmallAudit.from, to: SmallAudit.to,
            output: scratch.path("out"))
        let outcome = try Rinnovo.command(arguments + more).run()
        #expect(outcome.code == 1, "\(outcome.report)")
        return try CSVTable(scratch.bytes(of: "out/discrepancies.csv"))
            .values("rule", "subscription_id", "period_start").map { $0.joined(separator: " ") }
    }

    @Test(
        "the charge is found in every form of the files",
        arguments: ["csv", "crlf", "xml", "compact", "gz", "zst", "two", "reversed", "threads"])
    func forms(form: String) throws {
        let scratch = try TemporaryDirectory()
        let rows = Self.rows(Self.identifier)
        let text = SmallAudit.table(Self.columns, form == "reversed" ? rows.reversed() : rows)
        var charges = [try scratch.write(form == "crlf" ? text.replacing("\n", with: "\r\n") : text, to: "c.csv")]
        switch form {
        case "xml", "compact", "gz", "zst":
            let path = scratch.path(form == "gz" || form == "zst" ? "c.csv.\(form)" : "c.xml")
            let made = try Rinnovo.run("convert", charges[0], path)
            #expect(made.code == 0, "\(made.report)")
            charges = [path]
            if form == "compact" {
                // Without the element where it is empty, as most systems write it.
                let xml = String(decoding: try scratch.bytes(of: "c.xml"), as: UTF8.self)
                charges = [try scratch.write(xml.replacing("    <refers_to></refers_to>\n", with: ""), to: "c2.xml")]
            }
        case "two":
            // The refund comes in the first file, and the column is in this one alone.
            charges = [
                try scratch.write(SmallAudit.table(Self.columns, [rows[4]]), to: "c1.csv"),
                try scratch.write(
                    SmallAudit.table(SmallAudit.chargeColumns, rows[..<4].map { String($0.dropLast()) }), to: "c2.csv"),
            ]
        default: break
        }
        let found = try audit(charges, scratch, form == "threads" ? ["--threads", "7"] : [])
        #expect(found == ["refunded-renewal S1 2025-02-10"])
    }

    @Test("a name that no charge of the line has leaves open what is undone", arguments: ["C2", "C9", "R1"])
    func unknown(name: String) throws {
        let scratch = try TemporaryDirectory()
        let charges = try scratch.write(SmallAudit.table(Self.columns, Self.rows(name)), to: "c.csv")
        #expect(try audit([charges], scratch) == ["undecided S1 2025-03-10"])
        let evidence = try CSVTable(scratch.bytes(of: "out/discrepancies.csv")).values("evidence")
        #expect(evidence[0][0].contains("names a charge that is not found"))
    }

    @Test("an element in the name is a finding, and gives no verdict")
    func nested() throws {
        let scratch = try TemporaryDirectory()
        let made = try Rinnovo.run(
            "convert", scratch.write(SmallAudit.table(Self.columns, Self.rows("C3")), to: "c.csv"),
            scratch.path("c.xml"))
        #expect(made.code == 0, "\(made.report)")
        let xml = String(decoding: try scratch.bytes(of: "c.xml"), as: UTF8.self)
        let charges = try scratch.write(xml.replacing(">C3</refers_to>", with: ">C<b>3</b></refers_to>"), to: "d.xml")
        let outcome = try Rinnovo.command(
            Rinnovo.audit(
                scratch.write(SmallAudit.subscriptions, to: "s.csv"), [charges], from: SmallAudit.from,
                to: SmallAudit.to, output: scratch.path("out"))
        ).run()
        #expect(outcome.code == 65, "\(outcome.report)")
        #expect(outcome.error.contains("unexpected-element"))
    }
}
