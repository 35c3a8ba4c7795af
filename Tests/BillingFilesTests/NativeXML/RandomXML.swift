import TestSupport

@testable import BillingFiles

/// Random native XML files of charges, and what must be read from them.
struct RandomXML {
    /// How records are laid out.
    struct Style {
        /// What stands before a record, before an element of one, and before a record's end tag.
        var gaps = ("\n  ", "\n    ", "\n  ")
        /// Whether elements may come in any order, and may be missing when empty.
        var isFree = false
        /// Whether there may be references, CDATA, blanks around values, attributes and other elements.
        var isRich = false
        /// Whether there may be comments and processing instructions.
        var isAnnotated = false

        static let canonical = Style()

        static func random(_ random: inout SplitMix64) -> Style {
            Style(
                gaps: random.pick([
                    ("\n  ", "\n    ", "\n  "), ("", "", ""), ("\n", " ", ""), ("\n\t", "\n\t\t", "\n"),
                    ("\r\n  ", "\r\n    ", "\r\n  "), ("\n\n", "", "\n"),
                ]), isFree: random.once(in: 2), isRich: random.once(in: 2), isAnnotated: random.once(in: 3))
        }
    }

    /// A document and its truth.
    struct Document {
        var bytes: [UInt8]
        var encoding: EncodedXML.Encoding
        /// The same records as CSV.
        var csv: [UInt8]
        /// Where each record's start tag begins.
        var recordOffsets: [Int] = []
        /// Where the content of each field begins; nil where the element is missing.
        var fieldOffsets: [[String: Int]] = []
    }

    var random: SplitMix64

    init(seed: UInt64) { random = SplitMix64(seed: seed) }

    /// A sound document of some records.
    mutating func document(_ count: Int, _ encoding: EncodedXML.Encoding, _ style: Style) -> Document {
        var xml = EncodedXML(encoding)
        var document = Document(bytes: [], encoding: encoding, csv: Array(ChargeText.header.utf8))
        if encoding.declared != nil, encoding.unit == 2 || encoding == .latin1 || encoding == .windows1252 {
            xml.put("<?xml version=\"1.0\" encoding=\"\(encoding.declared ?? "")\"?>")
        } else if random.once(in: 2) {
            xml.put("<?xml version=\"1.0\"?>")
        }
        xml.put(random.pick(["", "\n", "\n<!-- > ? -->\n", "\n<?style a=\"b>c\"?>"]))
        xml.put(random.pick(["<charges>", "<charges >", "<charges\n xmlns:x=\"urn:x\" x:a=\">\">"]))
        for number in 0..<count {
            let values = record(number)
            document.csv += Array(Self.csvRow(values).utf8)
            put(values, style, &xml, &document)
        }
        xml.put("\n</charges>" + random.pick(["", "\n", "\n<!-- the end -->\n", " \r\n"]))
        document.bytes = xml.bytes
        return document
    }

    /// Records alone, as they stand in a block.
    mutating func block(_ count: Int, _ style: Style) -> [UInt8] {
        var xml = EncodedXML(.utf8)
        var document = Document(bytes: [], encoding: .utf8, csv: [])
        for number in 0..<count { put(record(number), style, &xml, &document) }
        return xml.bytes
    }

    // MARK: Values

    private mutating func record(_ number: Int) -> [String] {
        var fields = [
            "C\(number)", "S\(random.below(50))", random.pick(["renewal", "refund", "one_off", "activation"]),
            "2025-0\(1 + random.below(9))-1\(random.below(10))", random.pick(["", "2025-01-05"]),
            random.pick(["", "2025-02-04"]), "\(random.below(100)).\(10 + random.below(90))",
            random.pick(["EUR", "USD", "KWD"]), random.pick(["posted", "failed", "pending"]),
        ]
        if fields[4].isEmpty { fields[5] = "" }
        if random.once(in: 6) {
            let value = random.pick([
                "", "2025-02-30", "no", "1,2", "9.999999", "a \"quote\"", "é", "<&>", "x]]y", "😀€",
            ])
            fields[[0, 2, 3, 4, 5, 6, 7, 8][random.below(8)]] = value
        }
        if random.once(in: 5) { fields[1] = random.pick(["S,1", "S \"9\"", "é1", "a&b", "<S>", "S\t1", "'", "]]>"]) }
        if random.once(in: 5) { fields[0] = random.pick(["a,b", "é€", "say \"x\"", "<", "it's"]) + "\(number)" }
        return fields
    }

    private static func csvRow(_ values: [String]) -> String {
        values.map { value in
            value.contains(where: { ",\"".contains($0) })
                ? "\"" + value.replacing("\"", with: "\"\"") + "\"" : value
        }.joined(separator: ",") + "\n"
    }

    // MARK: Markup

    private mutating func put(_ values: [String], _ style: Style, _ xml: inout EncodedXML, _ document: inout Document) {
        annotate(style, &xml)
        xml.put(style.gaps.0)
        document.recordOffsets.append(xml.bytes.count)
        document.fieldOffsets.append([:])
        xml.put(style.isRich && random.once(in: 6) ? random.pick(["<charge >", "<charge a=\"/>\">"]) : "<charge>")
        var columns = Array(NativeColumns.charges.enumerated())
        if style.isFree, random.once(in: 2) { columns.shuffle(using: &random) }
        for (index, name) in columns {
            if style.isFree, values[index].isEmpty, random.once(in: 2) { continue }
            annotate(style, &xml)
            xml.put(style.gaps.1)
            if style.isRich, random.once(in: 15) {
                xml.put(random.pick(["<note>n<b/>&amp;</note>", "<x:amount xmlns:x=\"u\">7</x:amount>", "<n a='1'/>"]))
            }
            putElement(name, values[index], style, &xml, &document)
        }
        xml.put(style.gaps.2 + (style.isRich && random.once(in: 8) ? "</charge >" : "</charge>"))
    }

    private mutating func putElement(
        _ name: String, _ value: String, _ style: Style, _ xml: inout EncodedXML, _ document: inout Document
    ) {
        let last = document.fieldOffsets.count - 1
        if style.isRich, value.isEmpty, random.once(in: 2) {
            xml.put(random.pick(["<\(name)/>", "<\(name) />"]))
            document.fieldOffsets[last][name] = xml.bytes.count
            return
        }
        xml.put(style.isRich && random.once(in: 10) ? random.pick(["<\(name) >", "<\(name) a=\"é\">"]) : "<\(name)>")
        document.fieldOffsets[last][name] = xml.bytes.count
        let blanks = style.isRich && random.once(in: 8) ? random.pick([" ", "\n", "\t", "\r\n  "]) : ""
        xml.put(blanks)
        // No reference can stand in CDATA, so that all characters must be those of every encoding.
        let canBeCDATA = !value.contains("]]>") && value.unicodeScalars.allSatisfy(\.isASCII)
        if style.isRich, random.once(in: 8), canBeCDATA {
            xml.put("<![CDATA[\(value)]]>")
        } else {
            for scalar in value.unicodeScalars { xml.put(written(scalar, style)) }
        }
        annotate(style, &xml)
        xml.put(blanks + (style.isRich && random.once(in: 10) ? "</\(name) >" : "</\(name)>"))
    }

    private mutating func written(_ scalar: Unicode.Scalar, _ style: Style) -> String {
        switch scalar {
        case "<": "&lt;"
        case "&": "&amp;"
        case ">": random.pick(["&gt;", "&#62;"])
        case let scalar where style.isRich && random.once(in: 30):
            random.pick(["&#\(scalar.value);", "&#x\(String(scalar.value, radix: 16));"])
        default: String(scalar)
        }
    }

    private mutating func annotate(_ style: Style, _ xml: inout EncodedXML) {
        guard style.isAnnotated, random.once(in: 40) else { return }
        xml.put(random.pick(["<!-- </charge> -->", "<?p </charge> ?>", "<!---->", "<?q?>"]))
    }
}
