import TestSupport
import Testing

@testable import BillingFiles

@Suite("Damaged XML files")
struct DamagedXMLTests {
    /// What does not depend on how far values were decoded before the damage was met.
    private struct Outcome: Equatable {
        var findings: [InputFinding]
        var records: [Int]
        var charges: [ChargesReadAll.Charge]

        init(_ read: ChargesReadAll) {
            let isTrusted = !read.findings.contains { $0.rule.breaksTrust }
            let told = isTrusted ? read.findings : read.findings.filter { Self.structure.contains($0.rule) }
            findings = told.map(DamagedXMLTests.plain)
            records = read.records
            charges = isTrusted ? read.charges : []
        }

        static let structure: Set<InputRule> = [
            .notWellFormed, .documentType, .xmlLimit, .unexpectedElement, .duplicateElement, .wrongRootElement,
            .unknownEncoding,
        ]
    }

    /// A finding without libxml2's words, which depend on how much it has seen.
    private static func plain(_ finding: InputFinding) -> InputFinding {
        var plain = finding
        if finding.rule == .notWellFormed { plain.found = "" }
        return plain
    }

    /// In other encodings than UTF-8 the place of what is not well-formed depends on how much was converted ahead.
    private static func isExact(_ encoding: EncodedXML.Encoding, _ findings: [InputFinding]) -> Bool {
        encoding == .utf8 || encoding == .utf8WithMark || !findings.contains { $0.rule == .notWellFormed }
    }

    /// What is put into documents.
    private static let pieces = [
        "<!-- </charge> -->", "<?p </charge> ?>", "<![CDATA[</charge>]]>", "<![CDATA[x]]>", "text", "&amp;", "&nbsp;",
        "<charge>", "</charge>", "<charge/>", "<amount>1</amount>", "<amount/>", "<other>x</other>", "<charges>",
        "</charges>", "<charges/>", "<!DOCTYPE charges>", "<!", "<?", "<", ">", "]]>", "\0", "\u{1}", "é", "&#0;",
        "&#65;",
        "<x:charge xmlns:x=\"u\"></x:charge>", "<charge xmlns=\"u\"></charge>", "<y:a/>", "<a b=\"1\" b=\"2\"/>",
        "\u{FFFE}",
        "<charge><charge_id>C</charge_id></charge>", String(repeating: " ", count: 200) + "t",
        String(repeating: "t", count: 700),
    ]

    /// A document with something wrong, most of the time.
    static func damage(_ bytes: [UInt8], _ random: inout SplitMix64) -> [UInt8] {
        var bytes = bytes
        let place = random.below(bytes.count)
        switch random.below(8) {
        case 0: bytes.removeLast(bytes.count - place)
        case 1: bytes[place] = UInt8(truncatingIfNeeded: random.next())
        case 2:
            let other = random.below(bytes.count)
            bytes.swapAt(place, other)
        case 3: bytes.removeSubrange(place..<min(bytes.count, place + random.below(300)))
        case 4:
            // Some stretch a second time: records in records, elements twice, two roots.
            let stretch = Array(bytes[place..<min(bytes.count, place + random.below(600))])
            bytes.insert(contentsOf: stretch, at: random.below(bytes.count))
        default:
            // Where a tag begins, most of the time: there more is allowed.
            let tag = bytes[place...].firstIndex(of: UInt8(ascii: "<")) ?? place
            bytes.insert(contentsOf: Array(random.pick(pieces).utf8), at: random.once(in: 4) ? place : tag)
        }
        return bytes
    }

    private struct Serial: Equatable {
        var findings: [InputFinding] = []
        var recordOffsets: [UInt64] = []
    }

    /// One reader from front to back, fed in pieces; the findings with their offsets in the file.
    private static func serial(_ bytes: [UInt8], piece: Int) throws -> Serial? {
        guard case .success(let header?) = XMLFileHeader.parse(bytes, isWhole: true), header.root == "charges",
            header.namespace == nil
        else { return nil }
        let start = header.bytes.count
        let reader = XMLSerialReader(header: header, shape: XMLRecordShape(.charges), offset: UInt64(start))
        var parts: [XMLSerialReader.Part] = []
        for from in stride(from: start, to: bytes.count, by: piece) {
            parts.append(reader.feed(bytes.span.extracting(from..<min(from + piece, bytes.count))))
        }
        parts.append(reader.finish())
        #expect(parts.flatMap(\.bytes) == Array(bytes[start...]))
        var read = Serial()
        for part in parts {
            read.findings += part.findings.map { finding in
                let place = Place(
                    file: "", line: 0, record: read.recordOffsets.count + finding.record, column: 0,
                    field: finding.field, byteOffset: part.fileOffset + UInt64(finding.byteOffset))
                return plain(
                    InputFinding(
                        rule: finding.rule, place: place, found: finding.found, expected: finding.expected))
            }
            read.recordOffsets += part.rows.recordOffsets.map { part.fileOffset + UInt64($0) }
        }
        return read
    }

    @Test(
        "are judged alike whatever the blocks",
        arguments: [EncodedXML.Encoding.utf8, .utf8WithMark, .latin1, .utf16LittleEndian])
    func blocks(encoding: EncodedXML.Encoding) throws {
        let scratch = try ScratchDirectory()
        var xml = RandomXML(seed: testSeed &+ 7)
        var rules: [InputRule: Int] = [:]
        var (sound, differences) = (0, 0)
        for round in 0..<120 {
            let style = xml.random.once(in: 3) ? RandomXML.Style.random(&xml.random) : .canonical
            let bytes = Self.damage(xml.document(1 + xml.random.below(12), encoding, style).bytes, &xml.random)
            guard !bytes.isEmpty, XMLCutting.isXML(bytes) else { continue }
            let path = try scratch.write(bytes, to: "c.xml")
            var outcomes: [Outcome] = []
            for blockSize in [1 << 20, 64, 500, 1200, 3000] {
                let read: ChargesReadAll
                do {
                    read = try ChargesReadAll(paths: [path], blockSize: blockSize)
                } catch is InputFindingList {
                    // The root is no root of charges, which is told before anything is read.
                    continue
                }
                outcomes.append(Outcome(read))
                for place in read.findings.map(\.place) where place.line > 0 {
                    let expected = EncodedXML.place(of: Int(place.byteOffset), in: bytes, encoding)
                    #expect(
                        expected == (place.line, place.column),
                        "seed \(testSeed), round \(round), \(blockSize), \(place): \(read.findings)")
                }
                guard let last = outcomes.last, Self.isExact(encoding, last.findings) || last.findings.isEmpty else {
                    continue
                }
                if last != outcomes[0] {
                    Issue.record(
                        """
                        seed \(testSeed), \(encoding), round \(round), blocks of \(blockSize):
                        \(outcomes[0])
                        \(last)
                        \(String(decoding: bytes, as: UTF8.self))
                        """)
                    differences += 1
                    if differences == 5 { return }
                }
            }
            guard let outcome = outcomes.first else { continue }
            if !outcome.findings.contains(where: { $0.rule.breaksTrust }) { sound += 1 }
            for finding in outcome.findings { rules[finding.rule, default: 0] += 1 }
        }
        #expect(sound > 3)
        for rule in [InputRule.notWellFormed, .unexpectedElement] {
            #expect(rules[rule, default: 0] > 3, "\(rule): \(rules)")
        }
    }

    @Test("are judged alike whatever the pieces", arguments: [EncodedXML.Encoding.utf8, .utf16BigEndian, .windows1252])
    func pieces(encoding: EncodedXML.Encoding) throws {
        var xml = RandomXML(seed: testSeed &+ 9)
        var differences = 0
        for round in 0..<80 {
            let style = xml.random.once(in: 3) ? RandomXML.Style.random(&xml.random) : .canonical
            let bytes = Self.damage(xml.document(1 + xml.random.below(6), encoding, style).bytes, &xml.random)
            guard !bytes.isEmpty, let whole = try Self.serial(bytes, piece: 4096) else { continue }
            for piece in [1, 7, 64] {
                let told = try Self.serial(bytes, piece: piece)
                let isSame =
                    Self.isExact(encoding, whole.findings)
                    ? told == whole : told?.findings.last?.rule == whole.findings.last?.rule
                if !isSame {
                    Issue.record(
                        """
                        seed \(testSeed), \(encoding), round \(round), pieces of \(piece):
                        \(whole)
                        \(told ?? Serial())
                        \(String(decoding: bytes, as: UTF8.self))
                        """)
                    differences += 1
                    if differences == 5 { return }
                }
            }
        }
    }
}
