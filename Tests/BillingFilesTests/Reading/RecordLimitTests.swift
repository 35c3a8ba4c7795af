import BillingFiles
import Testing

@Suite("A record without an end")
struct RecordLimitTests {
    private static let limit = 500
    private static let filler = String(repeating: "filler,\n", count: 200)

    /// The finding that stops the reading of a marked file, placed in the file.
    private func stop(_ marked: MarkedText) throws -> InputFinding {
        let scratch = try ScratchDirectory()
        let path = try scratch.write(marked.bytes, to: "charges.csv")
        let sequence = BlockSequence(
            sources: [try InputSource(path: path)], maximumRecordBytes: Self.limit, blockSize: 64)
        let header = try sequence.readHeader().get()
        var directory = BlockDirectory(files: ["charges.csv"])
        directory.beginFile(0, headerLines: header.lines)
        var decoder = try NativeFiles.chargeDecoder(header: header, file: "charges.csv").get()
        return try PlacedReading.firstRejection(of: sequence, &decoder, &directory)
    }

    @Test("An open quote is found where it was opened", arguments: [0, 1, 7])
    func openQuote(rowsAhead: Int) throws {
        let ahead = (0..<rowsAhead).map { "\"C\($0)\nx\",S1,renewal,2025-01-01,,,1.00,EUR,posted\n" }.joined()
        let marked = MarkedText(ChargeText.header + ahead + "C9,⟨1⟩\"S2,renewal\n" + Self.filler)
        let finding = try stop(marked)
        #expect(finding.rule == .unclosedQuote)
        #expect(finding.place == marked.place(marked.marks[0], file: "charges.csv", field: nil))
    }

    @Test("A quote opened on a later line of its record is found there")
    func openQuoteOnLaterLine() throws {
        let marked = MarkedText(ChargeText.header + "\"C\n\n1\",⟨1⟩\"S2,renewal\n" + Self.filler)
        let finding = try stop(marked)
        #expect(finding.rule == .unclosedQuote)
        #expect(finding.place == marked.place(marked.marks[0], file: "charges.csv", field: nil))
    }

    @Test("A row that is merely too long is found at its beginning")
    func tooLong() throws {
        let marked = MarkedText(
            ChargeText.header + "C1,S1,renewal,2025-01-01,,,1.00,EUR,posted\n⟨1⟩C2,"
                + String(repeating: "x", count: 600) + "\nC3\n")
        let finding = try stop(marked)
        #expect(finding.rule == .recordTooLong)
        #expect(finding.place == marked.place(marked.marks[0], file: "charges.csv", field: nil))
    }

    @Test("A header row without an end is too long, and nothing is called cut off")
    func endlessHeader() throws {
        let scratch = try ScratchDirectory()
        let path = try scratch.write([UInt8](repeating: UInt8(ascii: "x"), count: 2000), to: "blob.csv")
        let reading = try BlockReading(paths: [path], blockSize: 64, maximumRecordBytes: Self.limit)
        #expect(reading.rejections.map(\.rejection.finding.rule) == [.recordTooLong])
    }

    @Test("An open quote in a header row is found where it was opened")
    func openQuoteInHeader() throws {
        let scratch = try ScratchDirectory()
        let marked = MarkedText("a,⟨1⟩\"b\n" + Self.filler)
        let path = try scratch.write(marked.bytes, to: "blob.csv")
        let reading = try BlockReading(paths: [path], blockSize: 64, maximumRecordBytes: Self.limit)
        #expect(reading.rejections.map(\.rejection.finding.rule) == [.unclosedQuote])
        #expect(
            reading.rejections.first?.rejection.finding.place
                == marked.place(marked.marks[0], file: "blob.csv", field: nil))
    }

    @Test("A record at the limit is read")
    func atTheLimit() throws {
        let scratch = try ScratchDirectory()
        let row = String(repeating: "x", count: Self.limit - 1) + "\n"
        let path = try scratch.write(Array(("h\n" + row + "y\n").utf8), to: "long.csv")
        let reading = try BlockReading(paths: [path], blockSize: 64, maximumRecordBytes: Self.limit)
        #expect(reading.rejections.isEmpty)
        #expect(String(decoding: reading.bytes(file: 0), as: UTF8.self) == row + "y\n")
    }
}
