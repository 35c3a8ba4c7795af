import TestSupport

/// Random documents of charges, sound ones and such as are damaged in every way.
struct RandomDocument {
    var random: SplitMix64
    /// The names of the root and of the records, as they are written.
    let root: String
    let record: String
    /// What the root's start tag has besides its name.
    let rootAttributes: String

    /// How a document begins.
    private static let declarations = [
        "", "<?xml version=\"1.0\"?>", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n",
        "<?xml version='1.0' encoding='ISO-8859-1'?>\n<!-- two\nlines -->", "\u{FEFF}<?xml version=\"1.0\"?>\r\n",
        "<?xml-stylesheet href=\"a>b\"?>\n",
    ]

    /// What is put where it does not belong, or does.
    private static let fragments = [
        "<!-- a comment -->", "<?target content?>", "<![CDATA[a </charge> b]]>", "]]>", "</charge>", "<charge>",
        "<charge/>", "<charge></charge>", "<foo/>", "<foo>text</foo>", "text", "&amp;", "&#233;", "&unknown;", "&",
        "<", ">", "\u{0}", "\u{1}", "\u{E9}", "</charges>", "<charges>", "</charges><charges>", " \n\n ", "\r\n",
        " attribute=\"value\"", "<amount>1,00</amount>", "<charge xmlns=\"urn:other\"></charge>",
        "<x:charge xmlns:x=\"urn:bills\"><charge></charge></x:charge>", "<p:charge></p:charge>",
        "<b:charge></b:charge>",
        "<extra><charge><charge_id>1</charge_id></charge></extra>", "<column name=\"a b\">c</column>",
        "<column>c</column>", "<!DOCTYPE charges>", "xsi:nil=\"true\"", "\u{FFFE}",
    ]

    /// The bytes of a document with some records.
    mutating func bytes(records: Int, damages: Int) -> [UInt8] {
        var text = random.pick(Self.declarations) + "<\(root)\(rootAttributes)>"
        for number in 0..<records { text += record(number) }
        text += random.pick(["", "\n", " \t"]) + "</\(root)>" + random.pick(["", "\n", "\n<!-- end -->", "\n\n"])
        var bytes = Array(text.utf8)
        for _ in 0..<damages { damage(&bytes) }
        return bytes
    }

    private mutating func record(_ number: Int) -> String {
        let line = random.pick(["\n", "\r\n", "", "\n    "])
        var values = [
            ("charge_id", "C\(number)"), ("subscription_id", random.pick(["S1", "S\(number)", "\u{E9}&amp;"])),
            ("kind", random.pick(["renewal", "activation", "refund"])), ("charged_on", "2025-03-0\(number % 9 + 1)"),
            ("period_start", random.pick(["2025-03-01", ""])), ("period_end", random.pick(["2025-03-31", ""])),
            ("amount", random.pick(["9.99", "-1.00", "0"])), ("currency", "EUR"), ("status", "posted"),
        ]
        if random.once(in: 12) { values.swapAt(random.below(values.count), random.below(values.count)) }
        if random.once(in: 12) { values.remove(at: random.below(values.count)) }
        if random.once(in: 8) {
            values[random.below(values.count)].1 = random.pick(["wrong", "2025-02-30", "1,00", "", "two\nlines", " x "])
        }
        if random.once(in: 20) { values.append(("further", random.pick(["", "free text", "<deep>er</deep>"]))) }
        let elements = values.map { "\(line)<\($0.0)>\($0.1)</\($0.0)>" }.joined()
        let attribute = random.once(in: 25) ? " id=\"\(number)\"" : ""
        return "\(line)<\(record)\(attribute)>\(elements)\(line)</\(record)>"
    }

    private mutating func damage(_ bytes: inout [UInt8]) {
        guard !bytes.isEmpty else { return }
        let place = random.below(bytes.count)
        switch random.below(8) {
        case 0: bytes[place] = UInt8(truncatingIfNeeded: random.next())
        case 1: bytes.remove(at: place)
        case 2: bytes.removeSubrange(place..<min(place + random.below(200), bytes.count))
        case 3: bytes.removeLast(min(bytes.count, random.below(random.once(in: 2) ? 30 : bytes.count)))
        case 4: bytes += Array(random.pick(Self.fragments).utf8)
        default:
            // Most often right behind a tag, where more is possible.
            let end = random.once(in: 4) ? place : (bytes[place...].firstIndex(of: UInt8(ascii: ">")) ?? place) + 1
            bytes.insert(contentsOf: Array(random.pick(Self.fragments).utf8), at: min(end, bytes.count))
        }
    }
}
