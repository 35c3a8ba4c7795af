import BillingRecords
import BillingValues
import TestSupport
import Testing

@testable import BillingFiles

@Suite("Usage records are read from native files")
struct NativeUsageDecoderTests {
    /// A usage text decoded as one block.
    private struct Decoded {
        let block: Block
        var batch = UsageBatch()
        let decoded: DecodedBlock
        let findings: [InputFinding]

        init(_ text: [UInt8], zone: TimeZoneRules? = nil) throws {
            let scratch = try ScratchDirectory()
            let sequence = BlockSequence(sources: [try InputSource(path: scratch.write(text, to: "usage.csv"))])
            let header = try sequence.readHeader().get()
            var decoder = try NativeFiles.usageDecoder(header: header, file: "usage.csv", zone: zone).get()
            block = try #require(try sequence.nextBlock(reusing: [])?.get())
            decoded = decoder.decode(block, into: &batch)
            var directory = BlockDirectory(files: ["usage.csv"])
            directory.beginFile(0, headerLines: header.lines)
            findings = directory.add(block, decoded)
        }

        var records: [String] {
            batch.records.map { record in
                let span = block.storage.span.extracting(0..<block.count)
                let number = record.msisdn.bytes(block: span, unescaped: batch.unescapedTexts)
                let day = CivilDate(dayNumber: record.day).map { "\($0)" } ?? "?"
                return "\(String(decoding: number, as: UTF8.self)) \(day)"
            }
        }
    }

    private static let header = NativeColumns.usage.joined(separator: ",") + "\n"

    @Test(
        "a record has its number and its day as written",
        arguments: [
            ("U1,393331234567,2025-03-30T00:30:00,voice,60,,39,0.10,EUR", "393331234567 2025-03-30"),
            ("U1,393331234567,2025-03-30T23:30:00Z,,,,,,", "393331234567 2025-03-30"),
            ("U1,393331234567,2025-03-30 23:30:00,,,,,,", "393331234567 2025-03-30"),
            ("U1,393331234567,2025-03-30T23:30:00.25-05:00,,,,,,", "393331234567 2025-03-30"),
            ("U1,\"39\"\"3\",\"2025-03-30T23:30:00Z\",data,0,9223372036854775807,,,", "39\"3 2025-03-30"),
            ("U1,+39,0001-01-01T00:00:00,data,000000000000000000000001,,,12.3456,", "+39 0001-01-01"),
            ("U1,+39,9999-12-31T23:59:59,data,,,,-1,JPY", "+39 9999-12-31"),
        ])
    func sound(row: String, expected: String) throws {
        let decoded = try Decoded(Array((Self.header + row + "\n").utf8))
        #expect(decoded.findings.isEmpty, "\(decoded.findings)")
        #expect(decoded.records == [expected])
    }

    @Test("timestamps with an offset that differ in one byte from a right one are read as the definition has it")
    func offsets() throws {
        let timestamps = ["2025-03-30T23:30:59+01:00", "2025-03-30T00:00:00-13:59", "2025-03-30T09:59:00+14:00"]
        let bytes = Array("0123456789:.;/+-TZ aA".utf8)
        var rows: [[UInt8]] = []
        for timestamp in timestamps {
            for place in 0..<timestamp.utf8.count {
                for byte in bytes {
                    var row = Array(timestamp.utf8)
                    row[place] = byte
                    rows.append(row)
                }
            }
        }
        var text = Array(Self.header.utf8)
        for (number, row) in rows.enumerated() {
            text += Array("U\(number),\(number),".utf8) + row + Array(",,,,,,\n".utf8)
        }
        let expected = rows.enumerated().compactMap { number, row in
            CivilTimestamp.parse(row).map { "\(number) \($0.day)" }
        }
        #expect(try Decoded(text).records == expected)
        #expect(expected.count > timestamps.count * 25 && expected.count < rows.count / 2)
    }

    @Test(
        "with a time zone, a timestamp with an offset has the day of the zone",
        arguments: [
            ("2025-03-30T21:59:59Z", "2025-03-30"), ("2025-03-30T22:00:00Z", "2025-03-31"),
            ("2025-03-30T23:59:59+02:00", "2025-03-30"), ("2025-03-30T18:00:00-05:00", "2025-03-31"),
            ("2025-03-30T23:59:59", "2025-03-30"), ("2025-03-29T23:00:00.9Z", "2025-03-30"),
        ])
    func zone(timestamp: String, expected: String) throws {
        let rome = try TimeZoneFile.rules(named: "Europe/Rome")
        let decoded = try Decoded(Array((Self.header + "U1,39,\(timestamp),,,,,,\n").utf8), zone: rome)
        #expect(decoded.records == ["39 \(expected)"])
    }

    /// Rows behind the header row; each mark names the rule and the field.
    static let rows = [
        "⟨missing-value record_id⟩,39,2025-03-30T00:30:00,,,,,,", "U1,⟨missing-value msisdn⟩,2025-03-30T00:30:00,,,,,,",
        "U1,39,⟨missing-value started_at⟩,,,,,,", "U1,39,⟨invalid-time started_at⟩2025-03-30,,,,,,",
        "U1,39,⟨invalid-time started_at⟩2025-02-30T00:00:00,,,,,,",
        "U1,39,⟨invalid-time started_at⟩2025-02-20T24:00:00Z,,,,,,",
        "U1,39,2025-03-30T00:30:00,,⟨invalid-number duration_s⟩-1,⟨invalid-number volume_bytes⟩1.5,,,",
        "U1,39,2025-03-30T00:30:00,,,⟨invalid-number volume_bytes⟩9223372036854775808,,,",
        "U1,39,2025-03-30T00:30:00,,,,,⟨invalid-amount amount⟩\"0,10\",EUR",
        "U1,39,2025-03-30T00:30:00,,,,,⟨invalid-amount amount⟩0.123,EUR",
        "U1,39,2025-03-30T00:30:00,,,,,0.12,⟨unknown-currency currency⟩eur",
    ]

    @Test("faults are found at their place, and the line of the record is told", arguments: rows)
    func faults(row: String) throws {
        let sound = "U0,39,2025-03-30T00:30:00,,,,,,\n"
        let marked = MarkedText(Self.header + sound + row + "\n" + sound)
        let decoded = try Decoded(marked.bytes)
        let expected = marked.marks.map { mark in
            let words = mark.name.split(separator: " ").map(String.init)
            return "\(words[0]) \(marked.place(mark, file: "usage.csv", field: words[1]))"
        }
        #expect(decoded.findings.map { "\($0.rule.identifier) \($0.place)" } == expected)
        #expect(decoded.decoded.rejected == 1)
        #expect(decoded.batch.records.count == 2)
        #expect(decoded.batch.rejected.count == (row.contains("msisdn") ? 0 : 1))
    }

    @Test("the fast and the careful reading take the same timestamps")
    func agreement() throws {
        var random = SplitMix64(seed: testSeed &+ 19)
        var rows: [String] = []
        for _ in 0..<4000 {
            let plain = ["2025-03-30T00:30:00", "2024-02-29T23:59:59Z", "1999-12-31T12:34:56", "2025-11-05T09:05:07Z"]
            var text = Array(random.pick(plain).utf8)
            for _ in 0..<random.below(3) {
                text[random.below(text.count)] = random.pick(Array("0123456789:-TZ. +".utf8))
            }
            rows.append(String(decoding: text, as: UTF8.self))
        }
        let text = Self.header + rows.map { "U,39,\($0),,,,,," }.joined(separator: "\n") + "\n"
        let expected = rows.compactMap { CivilTimestamp.parse(Array($0.utf8))?.day.description }
        let decoded = try Decoded(Array(text.utf8))
        #expect(decoded.records == expected.map { "39 \($0)" }, "seed \(testSeed)")
        #expect(decoded.findings.count == rows.count - expected.count, "seed \(testSeed)")
        #expect(expected.count > 500)
    }
}
