import Foundation
import Testing

/// `rinnovo convert --to` of a format profile.
@Suite struct ConvertForeignTests {
    private static let header = "record_id,msisdn,started_at,kind,duration_s,volume_bytes,peer,amount,currency\n"
    private let scratch: TemporaryDirectory

    init() throws {
        scratch = try TemporaryDirectory()
    }

    private func convert(_ arguments: String..., input: [UInt8]? = nil) throws -> Command.Outcome {
        var command = try Rinnovo.command(["convert"] + arguments)
        command.directory = scratch.path
        command.input = input
        return try command.run()
    }

    /// The trailer states how many records there are, and how long they are together; so does the file when it is read.
    @Test func fixedWidthHasHeaderAndTotals() throws {
        try scratch.write(
            Self.header + "CDR0000001,31201234567,2012-07-11T08:00:01,voice,65,,0031612345678,,\n"
                + "CDR0000002,31201234567,2012-07-11T09:30:00,voice,3600,,0031612345679,,\n", to: "u.csv")
        let outcome = try convert("u.csv", "out.cdr", "--to", "carrier-fixed-width")
        #expect(outcome.code == 0, "\(outcome.report)")
        let lines = try scratch.text(of: "out.cdr").split(separator: "\n").map(String.init)
        #expect(lines.map(\.count) == [155, 223, 223, 182])
        #expect(lines[1].hasPrefix("CDR0000001    201207110800010031201234567   "))
        #expect(lines[1].dropFirst(52).prefix(15) == "0031612345678  ")
        #expect(lines[1].dropFirst(127).prefix(8) == "00010500")
        #expect(lines[3].dropFirst(141).prefix(20) == "00000002" + "000001010500")
        #expect(try convert("out.cdr", "back.csv").code == 0)
        #expect(try scratch.bytes(of: "back.csv") == scratch.bytes(of: "u.csv"))
    }

    @Test func oneForeignFormatBecomesAnother() throws {
        let calls = ["1001.1,39055,39347,10:00:05,62", "1001.2,39056,39348,23:59:59,3600"].map { call in
            let part = call.split(separator: ",").map(String.init)
            return ",\(part[1]),\(part[2]),,,,,,,2025-03-01 10:00:00,2025-03-01 \(part[3]),,70,\(part[4]),ANSWERED,3,"
                + "\(part[0]),,,,\n"
        }
        try scratch.write(calls.joined(), to: "Master.csv")
        let outcome = try convert("Master.csv", "out.csv", "--to", "cgrates-cdr-csv", "--from", "asterisk-cdr-csv")
        #expect(outcome.code == 1, "\(outcome.report)")
        #expect(outcome.error.contains("duration: 2 values left out"))
        #expect(
            try scratch.text(of: "out.csv").split(separator: "\n").dropFirst() == [
                "1001.1,,*voice,,,,,,39055,39055,39347,2025-03-01 10:00:05,2025-03-01 10:00:05,1m2s,,,,",
                "1001.2,,*voice,,,,,,39056,39056,39348,2025-03-01 23:59:59,2025-03-01 23:59:59,1h0m0s,,,,",
            ])
    }

    @Test(arguments: [
        ("u.csv", "lago-fees-csv", "'u.csv' holds usage, and lago-fees-csv is a format of charges"),
        ("u.csv", "fatturapa-sdi-notice", "fatturapa-sdi-notice cannot be written"),
        ("u.csv", "./bad.yaml", "a file of settings is wrong"),
        ("u.csv", "asterisk-cdr-cvs", "Did you mean asterisk-cdr-csv?"),
    ])
    func isRefused(input: String, format: String, text: String) throws {
        try scratch.write(Self.header + "r1,39055,2025-03-01T10:00:00,voice,1,,2,,\n", to: "u.csv")
        try scratch.write("name: bad\nrecord: usage\nfields: {}\n", to: "bad.yaml")
        let outcome = try convert(input, "out.csv", "--to", format)
        #expect(outcome.code == 64, "\(outcome.report)")
        #expect(outcome.error.contains(text), "\(outcome.error)")
        #expect(try scratch.names() == ["bad.yaml", "u.csv"])
    }

    private static let asking = """
        name: asking
        record: usage
        delimited: { delimiter: ";", header: first-row }
        fields:
          record_id: id
          msisdn: number
          started_at: { column: at, date: "YYYY-MM-DD hh:mm:ss" }
        write:
          values:
            carrier: { given: "The code of the carrier that sends the file." }
            network: { given: "The network.", form: digits, default: "22201" }
            note: { given: "A word to the reader.", optional: true }

        """

    /// What no record holds is asked for before anything is written.
    @Test(arguments: [
        ([], 64, "--set carrier=...  The code of the carrier that sends the file."),
        (["--set", "carrier=TIM", "--set", "network=x"], 64, "--set network: found 'x', expected digits"),
        (["--set", "carrier=TIM", "--set", "carrier=WIND"], 64, "--set gives 'carrier' twice"),
        (["--set", "carier=TIM"], 64, "Did you mean carrier?"), (["--set", "=TIM"], 64, "--set takes NAME=VALUE"),
        (["--set", "carrier=TIM"], 0, "r1;39055;2025-03-01 10:00:00;TIM;22201;\n"),
        (["--values", "facts.yaml"], 0, "r1;39055;2025-03-01 10:00:00;WIND;1;\n"),
        (["--values", "facts.yaml", "--set", "carrier=a=b"], 0, "r1;39055;2025-03-01 10:00:00;a=b;1;\n"),
    ])
    func factsAreGiven(arguments: [String], code: Int32, text: String) throws {
        try scratch.write(Self.header + "r1,39055,2025-03-01T10:00:00,,,,,,\n", to: "u.csv")
        try scratch.write(Self.asking, to: "asking.yaml")
        try scratch.write("carrier: WIND\nnetwork: 1\n", to: "facts.yaml")
        var command = try Rinnovo.command(["convert", "u.csv", "out.csv", "--to", "./asking.yaml"] + arguments)
        command.directory = scratch.path
        let outcome = try command.run()
        #expect(outcome.code == code, "\(outcome.report)")
        if code == 0 {
            #expect(try scratch.text(of: "out.csv") == "id;number;at;carrier;network;note\n" + text)
        } else {
            #expect(outcome.error.contains(text), "\(outcome.error)")
            #expect(try scratch.names() == ["asking.yaml", "facts.yaml", "u.csv"])
        }
    }

    /// Every record is in the output or among the rejected ones, whatever the number of threads.
    @Test func recordsAreWrittenOrRejected() throws {
        var rows: [String] = []
        for number in 0..<40_000 {
            let isHeld = number % 97 != 5
            rows.append(
                "r\(number),39\(number),2025-03-01T10:00:00,\(isHeld ? "voice" : "fax"),\(number),7,,0.10,EUR\n")
        }
        try scratch.write(Self.header + rows.joined(), to: "u.csv")
        for threads in ["1", "8"] {
            let outcome = try convert(
                "u.csv", "out\(threads).csv", "--to", "asterisk-cdr-csv", "--rejected", "rest\(threads).csv",
                "--threads", threads)
            #expect(outcome.code == 1)
            #expect(outcome.error.contains("converted 39,587 usage records"))
            #expect(outcome.error.contains("rejected: 413 records"))
            #expect(outcome.error.contains("volume_bytes: 39,587 values left out"))
            #expect(outcome.error.contains("u.csv:7:"))
        }
        #expect(try scratch.bytes(of: "out1.csv") == scratch.bytes(of: "out8.csv"))
        #expect(try scratch.bytes(of: "rest1.csv") == scratch.bytes(of: "rest8.csv"))
        let rest = try scratch.text(of: "rest1.csv")
        #expect(rest == Self.header + rows.filter { $0.contains(",fax,") }.joined())
        #expect(try convert("out1.csv", "back.csv", "--quiet").code == 1)
        let back = try scratch.text(of: "back.csv").split(separator: "\n").dropFirst()
        let kept = rows.filter { !$0.contains(",fax,") }.map { $0.replacing(",7,,0.10,EUR\n", with: ",,,,") }
        #expect(back.elementsEqual(kept) { String($0) == $1 })
    }

    @Test func nothingIsWrittenUnderStrict() throws {
        try scratch.write(Self.header + "r1,39055,2025-03-01T10:00:00,sms,,,39347,,\n", to: "u.csv")
        let outcome = try convert("u.csv", "out.csv", "--to", "asterisk-cdr-csv", "--strict", "--rejected", "rest.csv")
        #expect(outcome.code == 1)
        #expect(outcome.error.contains("nothing was written"))
        #expect(try scratch.names() == ["u.csv"])
    }

    /// XML from standard input, in a format of one's own, to standard output.
    @Test func ownProfileFromXML() throws {
        try scratch.write(
            """
            name: own-events
            record: events
            encoding: Windows-1252
            delimited: { delimiter: ";", quote: none, header: none, layouts: [{ columns: [line, what, day, text, sort] }] }
            fields:
              subscription_id: line
              event: { column: what, map: { S: suspended, E: ended } }
              effective_on: { column: day, date: "DD.MM.YYYY" }
              value: text
            write: { values: { sort: "1" }, line-end: crlf }

            """, to: "own.yaml")
        let event = { (id: String, value: String) in
            "<event><subscription_id>\(id)</subscription_id><event>ended</event><effective_on>2025-02-28</effective_on>"
                + "<until></until><value>\(value)</value></event>"
        }
        let document = "<events>\(event("S1", "für €5"))\(event("S2", "a;b"))\(event("S3", "日"))</events>\n"
        let outcome = try convert("-", "-", "--to", "./own.yaml", input: Array(document.utf8))
        #expect(outcome.code == 1)
        #expect(
            outcome.outputBytes == Array("S1;E;28.02.2025;f".utf8) + [0xFC, 0x72, 0x20, 0x80] + Array("5;1\r\n".utf8))
        #expect(outcome.error.contains("value: found a;b, expected a text without ';', which ends a field"))
        #expect(outcome.error.contains("value: found 日, expected characters of Windows-1252"))
        #expect(outcome.error.contains("name it with --from own-events"))
    }
}
