import TestSupport
import Testing

@testable import BillingFiles

@Suite("Plain records are read without a parser, and as a parser reads them")
struct PlainRecordScannerTests {
    private static let shape = XMLRecordShape(.charges)

    private static func reader(root: String = "<charges>") throws -> XMLBlockReader {
        let header = try #require(try XMLFileHeader.parse(Array(root.utf8), isWhole: true).get())
        return XMLBlockReader(header: header, shape: shape)
    }

    private static func scanner() -> PlainRecordScanner {
        PlainRecordScanner(shape: shape, rootEnd: Array("</charges>".utf8), isUTF8: true)
    }

    /// Pieces that make a block something else than it was.
    private static let pieces = [
        " ", "\n", "\t", "\r", "\r\n", "<", ">", "&", "/", "]", "]]>", "\"", ",", "'", "\0", "\u{7F}", "\u{1}", "é",
        "&amp;", "&lt;", "&gt;", "&quot;", "&apos;", "&amp", "&nbsp;", "a,b", "\"q\"", "naïve €", "\u{FFFD}",
        "<note>x, y</note>",
        "<column>x</column>", "<a-1.b>é</a-1.b>", "<n:x>1</n:x>", "<1x>1</1x>", "<charge>1</charge>", "<note></note>",
        "&#65;", "&#13;", "<![CDATA[", "<!-- x -->", "<?p?>", "<charge>", "</charge>", "<amount>", "</amount>",
        "<amount/>",
        "<charge_id>", "</charges>", "<x/>", "<amount a=\"1\">", "x",
    ]

    private static func damage(_ block: [UInt8], _ random: inout SplitMix64) -> [UInt8] {
        var block = block
        for _ in 0...random.below(2) where !block.isEmpty {
            let place = random.below(block.count)
            switch random.below(5) {
            case 0: block.remove(at: place)
            case 1: block[place] = UInt8(truncatingIfNeeded: random.next())
            case 2: block.removeLast(block.count - place)
            case 3: block.removeSubrange(place..<min(block.count, place + random.below(40)))
            default: block.insert(contentsOf: Array(random.pick(pieces).utf8), at: place)
            }
        }
        return block
    }

    @Test("Whatever the scanner takes, libxml2 reads the same rows from")
    func agreement() throws {
        var xml = RandomXML(seed: testSeed)
        var reader = try Self.reader()
        var scanner = Self.scanner()
        var (plain, refused) = (0, 0)
        for round in 0..<4000 {
            let style = xml.random.once(in: 3) ? RandomXML.Style.random(&xml.random) : .canonical
            let count = xml.random.below(6)
            var bytes = xml.block(count, style)
            let isLast = xml.random.once(in: 2)
            if isLast {
                bytes += Array(xml.random.pick(["</charges>", "\n</charges>\n", "</charges>\n<!-- -->"]).utf8)
            }
            if xml.random.once(in: 2) { bytes = Self.damage(bytes, &xml.random) }
            let block = Block(bytes, isLast: isLast)
            var (rows, expected) = (RecordRows(), RecordRows())
            guard scanner.scan(block, into: &rows) else {
                refused += 1
                continue
            }
            plain += 1
            let isSound = reader.parse(block, into: &expected)
            let isSame =
                rows.bytes[..<rows.count] == expected.bytes[..<expected.count]
                && rows.recordOffsets == expected.recordOffsets && rows.remains == expected.remains
            guard isSound, isSame else {
                Issue.record("seed \(testSeed), round \(round): \(String(decoding: bytes, as: UTF8.self))")
                return
            }
        }
        #expect(plain > 700 && refused > 700, "\(plain) plain, \(refused) not")
        // The reader that the program uses takes what either takes.
        var rows = RecordRows()
        let sound = Block(xml.block(3, .canonical), isLast: false)
        #expect(reader.read(sound, into: &rows) && rows.recordOffsets.count == 3)
    }

    @Test("Canonical records are plain: the fast road is taken")
    func canonical() throws {
        let record = Array("  <charge><charge_id>C1</charge_id>\n <status>posted</status></charge>\n".utf8)
        var rows = RecordRows()
        var scanner = Self.scanner()
        #expect(scanner.scan(Block(record + record, isLast: false), into: &rows))
        #expect(String(decoding: rows.bytes[..<rows.count], as: UTF8.self) == "C1,,,,,,,,posted\nC1,,,,,,,,posted\n")
        #expect(rows.recordOffsets == [2, UInt32(record.count + 2)])
    }

    @Test("Escapes, commas, accents and unknown elements are plain")
    func everyday() throws {
        let record = Array(
            "<charge><charge_id>A&amp;B, \"x\"</charge_id><note>naïve</note><status>perché</status></charge>".utf8)
        var rows = RecordRows()
        var scanner = Self.scanner()
        #expect(scanner.scan(Block(record, isLast: false), into: &rows))
        #expect(String(decoding: rows.bytes[..<rows.count], as: UTF8.self) == "\"A&B, \"\"x\"\"\",,,,,,,,perché\n")
        #expect(rows.remains.furtherColumns == ["note": 1])
    }

    @Test(
        "What only a parser can tell is not plain",
        arguments: [
            "<charge_id>&#65;</charge_id>", "<charge_id> A</charge_id>", "<charge_id>A\n</charge_id>",
            "<charge_id a=\"1\">A</charge_id>", "<charge_id>A]]></charge_id>", "<charge_id/>", "<n:x>1</n:x>",
            "<column>1</column>", "<charge>1</charge>", "<charge_id>\u{FFFF}</charge_id>", "<!-- x -->",
        ])
    func notPlain(content: String) {
        var rows = RecordRows()
        var scanner = Self.scanner()
        #expect(!scanner.scan(Block(Array("<charge>\(content)</charge>".utf8), isLast: false), into: &rows))
    }

    /// What stands behind a block belongs to an older one, and may look like the rest of a value that the block cuts.
    @Test("A value that the file cuts is not read on behind the block")
    func cutValue() throws {
        let record = NativeColumns.charges.map { "<\($0)>1</\($0)>" }.joined()
        let whole = Array("<charge>\(record)</charge>".utf8)
        let cut = whole + Array("<charge><charge_id>".utf8)
        let storage = cut + [UInt8](repeating: UInt8(ascii: "9"), count: 64 << 20)
        let block = Block(ordinal: 0, file: 0, fileOffset: 0, storage: storage, count: cut.count, isLast: true)
        var rows = RecordRows()
        var scanner = Self.scanner()
        #expect(!scanner.scan(block, into: &rows))
        #expect(rows.bytes.count < 4096)
    }
}
