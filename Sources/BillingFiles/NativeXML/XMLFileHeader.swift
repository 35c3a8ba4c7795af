public import XMLStream

/// What stands at the front of an XML file, up to its first record: enough to read any part of it by itself.
public struct XMLFileHeader: Sendable {
    /// The name of the root element.
    public let rootName: XMLName

    /// The name of the root element, without prefix.
    public var root: String { rootName.local }

    /// The URI of the root element's namespace; nil where it has none, as those of native files.
    var namespace: String? { rootName.namespace }

    /// The offset of the root's start tag.
    public let rootOffset: Int

    /// Whether its start tag says more about the schema than where one is: a type, or that there is no content.
    public let choosesType: Bool

    /// The bytes up to the end of the root's start tag.
    public let bytes: [UInt8]

    /// The declaration and the root's start tag: put before some whole records, and `partEnd` behind them, they make
    /// a document of their own.
    public let partStart: [UInt8]

    /// The root's end tag.
    public let partEnd: [UInt8]

    /// What stands before the root element and is no part of any record.
    public let lost: ConversionLosses

    /// How characters are written in bytes.
    public let encoding: XMLEncoding

    /// Whether the file is UTF-8, so that any character can be written in it as it is.
    let isUTF8: Bool

    /// Whether the file can be cut between records: its tags can be told by their bytes, and the root has content.
    let canBeCut: Bool

    private static let schemaInstance = "http://www.w3.org/2001/XMLSchema-instance"

    /// Reads the header at the beginning of a file.
    ///
    /// Gives nil when `bytes` end before the root's start tag does; a fault when there can be none.
    static func parse(_ bytes: [UInt8], isWhole: Bool) -> Result<XMLFileHeader?, XMLFaultList> {
        let parser = XMLPushParser()
        let step = 512
        var lost = ConversionLosses()
        for start in stride(from: 0, to: bytes.count, by: step) {
            parser.feed(bytes.span.extracting(start..<min(start + step, bytes.count)))
            let tag = parser.events.list.first { $0.kind == .startElement }
            // What is wrong behind the root's start tag is for whoever reads the records.
            let end = tag.map { $0.offset &+ UInt64($0.tagLength) } ?? .max
            if let fault = parser.faults.first, fault.offset < end {
                return .failure(XMLFaultList(faults: [fault]))
            }
            for event in parser.events.list {
                switch event.kind {
                case .comment: lost.add(.comment, field: "")
                case .processingInstruction: lost.add(.processingInstruction, field: "")
                case .startElement: return .success(XMLFileHeader(bytes, parser, tag: event, lost: lost))
                case .attribute, .endElement, .text: break
                }
            }
        }
        guard isWhole else { return .success(nil) }
        parser.finish()
        return .failure(XMLFaultList(faults: parser.faults))
    }

    private init(_ file: [UInt8], _ parser: XMLPushParser, tag: XMLEvents.Event, lost: ConversionLosses) {
        self.lost = lost
        let name = parser.name(tag.name)
        let (start, end) = (Int(clamping: tag.offset), Int(clamping: tag.offset &+ UInt64(tag.tagLength)))
        let startTag = file[min(start, file.count)..<min(max(start, end), file.count)]
        rootName = name
        rootOffset = startTag.startIndex
        choosesType = parser.events.list.contains { event in
            guard event.kind == .attribute, event.depth == 1, event.offset == tag.offset else { return false }
            let attribute = parser.name(event.name)
            return attribute.namespace == Self.schemaInstance
                && !["schemaLocation", "noNamespaceSchemaLocation"].contains(attribute.local)
        }
        encoding = XMLEncoding(firstBytes: file.span)
        bytes = Array(file[..<startTag.endIndex])
        partStart = Array(Self.declaration(file) + startTag)
        partEnd = Array("</\(name.written)>".utf8)
        isUTF8 = encoding == .asciiCompatible && ["UTF-8", "UTF8", nil].contains(parser.declaredEncoding?.uppercased())
        canBeCut = encoding == .asciiCompatible && !startTag.dropLast().ends(with: UInt8(ascii: "/"))
    }

    /// The byte order mark and the XML declaration, as far as there are any.
    private static func declaration(_ file: [UInt8]) -> ArraySlice<UInt8> {
        let mark = ByteOrderMark(file)?.length ?? 0
        let encoding = XMLEncoding(firstBytes: file.span)
        let (unit, low) = (encoding == .asciiCompatible ? 1 : 2, encoding == .utf16BigEndian ? 1 : 0)
        let open = Array("<?xml".utf8)
        for (index, start) in stride(from: mark, through: file.count - unit, by: unit).enumerated() {
            let character = file[start + low]
            guard unit == 1 || file[start + 1 - low] == 0 else { break }
            if index < open.count {
                guard character == open[index] else { break }
            } else if index == open.count {
                // `<?xml-stylesheet` and the like are no declaration.
                guard
                    [UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t")].contains(character)
                else { break }
            } else if character == UInt8(ascii: ">") {
                return file[..<(start + unit)]
            }
        }
        return file[..<mark]
    }
}

extension XMLFileHeader {
    /// What is wrong with the root element of a file that should have another.
    func wrongRoot(file: String, expected: String) -> InputFinding {
        let place = XMLBlockPlaces(bytes.span, encoding: encoding).place(of: rootOffset)
        let found = "<\(VisibleText.of(root.utf8))>" + (namespace.map { " of \(VisibleText.of($0.utf8))" } ?? "")
        return InputFinding(
            rule: .wrongRootElement,
            place: Place(
                file: file, line: place.line + 1, record: 0, column: place.column, field: nil,
                byteOffset: UInt64(rootOffset)),
            found: found, expected: expected)
    }
}

/// Why a file is no XML that can be read.
struct XMLFaultList: Error {
    let faults: [XMLFault]
}

extension ArraySlice where Element: Equatable {
    fileprivate func ends(with element: Element) -> Bool { last == element }
}
