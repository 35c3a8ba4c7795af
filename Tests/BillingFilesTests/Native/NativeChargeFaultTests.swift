import Testing

@testable import BillingFiles

/// Rows with marks where findings must be: ⟨invalid-date charged_on⟩ before the field.
@Suite("Faults of charge rows are found at their place")
struct NativeChargeFaultTests {
    private static let sound = "C,S,renewal,2025-01-01,,,1.00,EUR,posted\n"

    /// Rows behind the header row; each mark names the rule and the field.
    static let rows: [String] = [
        "⟨missing-value charge_id⟩,S1,renewal,2025-02-03,,,1.00,EUR,posted",
        "C1,⟨missing-subscription subscription_id⟩,renewal,2025-02-03,,,1.00,EUR,posted",
        "C1,⟨missing-subscription subscription_id⟩\"\",renewal,2025-02-03,,,1.00,EUR,posted",
        "C1,S1,⟨missing-value kind⟩,2025-02-03,,,1.00,EUR,posted",
        "C1,S1,⟨unknown-kind kind⟩Renewal,2025-02-03,,,1.00,EUR,posted",
        "C1,S1,⟨unknown-kind kind⟩\"a \"\"b\"\"\",2025-02-03,,,1.00,EUR,posted",
        "C1,S1,renewal,⟨missing-value charged_on⟩,,,1.00,EUR,posted",
        "C1,S1,renewal,⟨invalid-date charged_on⟩2025-02-30,,,1.00,EUR,posted",
        "C1,S1,renewal,⟨invalid-date charged_on⟩03.02.2025,,,1.00,EUR,posted",
        "C1,S1,renewal,⟨invalid-date charged_on⟩2025-02-03T00:00:00Z,,,1.00,EUR,posted",
        "C1,S1,renewal,2025-02-03,⟨invalid-date period_start⟩2025-2-1,,1.00,EUR,posted",
        "C1,S1,renewal,2025-02-03,,⟨invalid-date period_end⟩31/01/2025,1.00,EUR,posted",
        "C1,S1,renewal,2025-02-03,⟨invalid-period period_start⟩,2025-02-28,1.00,EUR,posted",
        "C1,S1,renewal,2025-02-03,2025-02-02,⟨invalid-period period_end⟩2025-02-01,1.00,EUR,posted",
        "C1,S1,renewal,2025-02-03,,,⟨missing-value amount⟩,EUR,posted",
        "C1,S1,renewal,2025-02-03,,,⟨invalid-amount amount⟩1.234,EUR,posted",
        "C1,S1,renewal,2025-02-03,,,⟨invalid-amount amount⟩\"1,50\",EUR,posted",
        "C1,S1,renewal,2025-02-03,,,⟨invalid-amount amount⟩1.0,JPY,posted",
        "C1,S1,renewal,2025-02-03,,,⟨invalid-amount amount⟩92233720368547758.08,EUR,posted",
        "C1,S1,renewal,2025-02-03,,,1.00,⟨missing-value currency⟩,posted",
        "C1,S1,renewal,2025-02-03,,,1.00,⟨unknown-currency currency⟩eur,posted",
        "C1,S1,renewal,2025-02-03,,,1.00,EUR,⟨missing-value status⟩",
        "C1,S1,renewal,2025-02-03,,,1.00,EUR,⟨unknown-status status⟩paid",
        "\"note\n\n1\",C1,\"S1\",⟨unknown-kind kind⟩x,⟨invalid-date charged_on⟩y,\"\",\"\",1.00,EUR,posted",
        "\"note\n\"\"1\",C1,S1,renewal,⟨invalid-date charged_on⟩x,,,1.00,EUR,posted",
        "⟨missing-value charge_id⟩,⟨missing-subscription subscription_id⟩,⟨missing-value kind⟩,⟨missing-value charged_on⟩,,,⟨missing-value amount⟩,⟨missing-value currency⟩,⟨missing-value status⟩",
        "⟨missing-value charge_id⟩,S1,⟨unknown-kind kind⟩k,⟨invalid-date charged_on⟩d,⟨invalid-date period_start⟩s,⟨invalid-date period_end⟩e,⟨invalid-amount amount⟩a,⟨unknown-currency currency⟩c,⟨unknown-status status⟩p",
    ]

    private func check(_ text: String, blockSize: Int) throws {
        let marked = MarkedText(text)
        let scratch = try ScratchDirectory()
        let path = try scratch.write(marked.bytes, to: "charges.csv")
        let read = try ChargesReadAll(paths: [path], blockSize: blockSize)
        let expected = marked.marks.map { mark in
            let words = mark.name.split(separator: " ").map(String.init)
            return "\(words[0]) \(marked.place(mark, file: "charges.csv", field: words[1]))"
        }
        #expect(read.findings.map { "\($0.rule.identifier) \($0.place)" } == expected)
        for (finding, mark) in zip(read.findings, marked.marks) {
            #expect(finding.found == Self.shown(marked.rawField(at: mark.byteOffset)))
            #expect(!finding.expected.isEmpty)
        }
    }

    private static func shown(_ raw: [UInt8]) -> String {
        var text = String(decoding: raw, as: UTF8.self)
        if text.hasPrefix("\"") { text = String(text.dropFirst().dropLast()).replacing("\"\"", with: "\"") }
        return text.isEmpty ? "an empty field" : text
    }

    @Test("In the first row, in a later block and behind rows of several lines", arguments: rows, [0, 1, 3, 50])
    func place(row: String, rowsAhead: Int) throws {
        let ahead = (0..<rowsAhead).map { number in
            let breaks = String(repeating: "\n", count: number % 5)
            return number % 3 == 1 ? "\"note\n\(breaks)\"," + Self.sound : "," + Self.sound
        }
        // Only a column that is not ours may hold line breaks; it stands first, so that columns count behind it.
        let noted = row.hasPrefix("\"note") ? row : "," + row
        let text = "note," + ChargeText.header + ahead.joined() + noted + "\n," + Self.sound
        try check(text, blockSize: 64)
        try check(text, blockSize: 1 << 18)
        try check("\u{FEFF}" + text.replacing("\n", with: "\r\n"), blockSize: 100)
    }

    @Test("Behind a header row of several lines")
    func multilineHeader() throws {
        let header = ChargeText.header.dropLast() + ",\"a\nnote\"\n"
        try check(header + "C1,S1,⟨unknown-kind kind⟩x,2025-02-03,,,1.00,EUR,posted,\n", blockSize: 64)
    }

    /// Rows with broken structure; the mark is where the finding must be.
    static let broken = [
        ("wrong-field-count status", "C1,S1,renewal,2025-02-03,,,1.00,EUR,posted,⟨1⟩x"),
        ("wrong-field-count kind", "C1,S1⟨1⟩"),
        ("quote-in-unquoted-field subscription_id", "C1,S⟨1⟩\"1,renewal,2025-02-03,,,1.00,EUR,posted"),
        ("text-after-quote subscription_id", "C1,\"S\"⟨1⟩1,renewal,2025-02-03,,,1.00,EUR,posted"),
        ("lone-carriage-return kind", "C1,S1,ren⟨1⟩\rewal,2025-02-03,,,1.00,EUR,posted"),
        ("nul-byte amount", "C1,S1,renewal,2025-02-03,,,1⟨1⟩\0.00,EUR,posted"),
        ("unclosed-quote charge_id", "⟨1⟩\"C1,S1,renewal,2025-02-03,,,1.00,EUR,posted\nx\"C2,S1,a,b,c,d,e,f,g"),
    ]

    @Test("Broken rows break the trust and are found at their place", arguments: broken, [0, 30])
    func structure(example: (String, String), rowsAhead: Int) throws {
        let text = ChargeText.header + String(repeating: Self.sound, count: rowsAhead) + example.1 + "\n" + Self.sound
        let marked = MarkedText(text)
        let scratch = try ScratchDirectory()
        let path = try scratch.write(marked.bytes, to: "charges.csv")
        for blockSize in [64, 1 << 18] {
            let read = try ChargesReadAll(paths: [path], blockSize: blockSize)
            let words = example.0.split(separator: " ").map(String.init)
            let finding = try #require(read.findings.first)
            #expect(read.findings.count == 1)
            #expect(finding.rule.identifier == words[0])
            #expect(finding.rule.breaksTrust)
            #expect(finding.place.line == marked.marks[0].line)
            #expect(finding.place.column == marked.marks[0].column)
            #expect(finding.place.record == rowsAhead + 1)
            #expect(finding.place.byteOffset == UInt64(marked.marks[0].byteOffset))
            #expect(read.charges.count == rowsAhead + 1)
        }
    }

    @Test("Bytes that are no UTF-8 are found where they stand")
    func badUTF8() throws {
        let row = Array("C1,S".utf8) + [0xE9] + Array(",renewal,2025-02-03,,,1.00,EUR,posted\n".utf8)
        let decoded = try DecodedCharges(Array((ChargeText.header + Self.sound).utf8) + row)
        let header = UInt64(ChargeText.header.utf8.count + Self.sound.utf8.count)
        #expect(decoded.findings.map(\.rule) == [.invalidUTF8])
        #expect(
            decoded.findings.first?.place
                == Place(
                    file: "charges.csv", line: 3, record: 2, column: 5, field: "subscription_id",
                    byteOffset: header + 4))
    }
}
