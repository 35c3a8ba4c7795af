import Foundation
import TestSupport
import Testing

@testable import BillingFiles
@testable import FormatProfiles

/// Native rows as a file of a format, and the rows that are read from it again.
struct FormatRoundTrip {
    let plan: WritingPlan
    /// The file, or the first of several.
    let bytes: [UInt8]
    /// All files: one, or one a document.
    let files: [[UInt8]]
    /// The numbers of the rows that were written, in the order of their records in the files.
    let order: [Int]
    let converted: ConvertedBlock
    /// The numbers of the rows that were not written.
    let refused: Set<Int>

    /// Writes rows with these columns.
    init(_ profile: FormatProfile, columns: [String], rows: [[String]]) throws {
        let profile = WrittenFacts.give(profile)
        plan = try WritingPlan.make(profile).get()
        let layout = ConversionLayout(kind: profile.kind, columns: columns, target: .foreign(plan))
        var converter = RecordConverter(layout: layout)
        var text = Array(rows.map(Self.csv).joined().utf8)
        let count = text.count
        text += Array(repeating: 0, count: Block.padding)
        converted = converter.work(
            on: Block(ordinal: 0, file: 0, fileOffset: 0, storage: text, count: count, isLast: true))
        var bytes = layout.prologue
        let separator = plan.separatorLength
        converted.records.withBytes { records in
            for index in records.indices.dropFirst(separator) { bytes.append(records[index]) }
        }
        bytes += try #require(layout.epilogue(converted.totals))
        let refused = Set(converted.read.findings.map(\.record))
        self.refused = refused
        guard var assembler = DocumentAssembler(plan) else {
            (self.bytes, files) = (bytes, [bytes])
            order = rows.indices.filter { !refused.contains($0) }
            return
        }
        assembler.add(converted.parts)
        let documents = try (0..<assembler.count).map { try #require(assembler.bytes(of: $0)) }
        files = documents
        self.bytes = documents.first ?? []
        order = Self.order(converted.parts)
    }

    /// Records come document by document, group by group, each of them where its first record came.
    private static func order(_ parts: [WrittenPart]) -> [Int] {
        var documents: [[UInt8]] = []
        var groups: [[UInt8]: [[UInt8]]] = [:]
        var records: [[UInt8]: [Int]] = [:]
        for part in parts {
            let document = [UInt8(part.template)] + part.document
            let group = document + [0x1E] + part.group
            if !documents.contains(document) { documents.append(document) }
            if !groups[document, default: []].contains(group) { groups[document, default: []].append(group) }
            records[group, default: []].append(part.record)
        }
        return documents.flatMap { groups[$0] ?? [] }.flatMap { records[$0] ?? [] }
    }

    /// A row of CSV.
    static func csv(_ fields: [String]) -> String {
        fields.map { field in
            field.utf8.contains { ",\"\n\r".utf8.contains($0) }
                ? "\"" + field.replacing("\"", with: "\"\"") + "\"" : field
        }.joined(separator: ",") + "\n"
    }

    /// The format that the content of the file tells, if one is sure.
    func detected() throws -> String? {
        let profiles = try ShippedProfiles.all()
        let names = files.map { bytes in
            FormatDetection(profiles, beginning: bytes, isWhole: true).certain?.profile.name
        }
        return names.allSatisfy { $0 == names.first } ? names.first ?? nil : nil
    }

    /// The rows that the format reads in the file, with the names of their columns, and what it finds wrong.
    func readBack() throws -> (columns: [String], rows: [[String]], findings: [String]) {
        var all = try Self.read(bytes, plan.profile)
        for file in files.dropFirst() {
            let next = try Self.read(file, plan.profile)
            #expect(next.columns == all.columns)
            all.rows += next.rows
            all.findings += next.findings
        }
        return all
    }

    /// The numbers of written rows in the order in which they are read: of pairs those without an end come last, and
    /// records of documents come document by document.
    func inReadingOrder(_ written: [Int], of rows: [[String]], _ columns: [String]) -> [Int] {
        if plan.makesDocuments { return order }
        guard plan.form.isPaired, let place = columns.firstIndex(of: "duration_s") else { return written }
        return written.filter { !rows[$0][place].isEmpty } + written.filter { rows[$0][place].isEmpty }
    }

    /// The rows that a format reads in a file.
    static func read(
        _ bytes: [UInt8], _ profile: FormatProfile
    ) throws -> (columns: [String], rows: [[String]], findings: [String]) {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("written-\(UUID())").path
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        let file = try ForeignFile.open(
            profile, beginning: Array(bytes.prefix(ForeignFile.beginningLength)),
            isWhole: bytes.count < ForeignFile.beginningLength
        ).get()
        let sequence = BlockSequence(sources: [try InputSource(path: path, hashing: false)], foreign: [file])
        sequence.makesCopies = true
        _ = try sequence.readHeader().get()
        var made = ForeignRows(file)
        var totals = TotalsAccount(file)
        var (rows, findings) = ([[String]](), [String]())
        while let block = try sequence.nextBlock(reusing: [])?.get() {
            let decoded = made.read(block)
            totals.add(decoded.totals, line: 1, offset: 0)
            findings += (decoded.findings + made.meaninglessValues()).map { "\($0.rule) \($0.found)" }
            let text = made.rows
            rows += Self.rows(Array(text.storage[..<text.count]))
        }
        findings += totals.findings(file: "written").map { "\($0.rule) \($0.found) for \($0.expected)" }
        return (file.rowColumns, rows, findings)
    }

    /// The fields of rows of CSV.
    static func rows(_ text: [UInt8]) -> [[String]] {
        var (rows, fields, field) = ([[String]](), [String](), [UInt8]())
        var isQuoted = false
        for (index, byte) in text.enumerated() {
            if byte == UInt8(ascii: "\"") {
                if !isQuoted, index > 0, text[index - 1] == byte { field.append(byte) }
                isQuoted.toggle()
            } else if !isQuoted, byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\n") {
                fields.append(String(decoding: field, as: UTF8.self))
                field = []
                if byte == UInt8(ascii: "\n") {
                    rows.append(fields)
                    fields = []
                }
            } else {
                field.append(byte)
            }
        }
        return rows
    }
}
