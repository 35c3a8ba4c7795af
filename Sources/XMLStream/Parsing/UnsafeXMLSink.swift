// Unsafe code: what libxml2's callbacks hand over, copied before they return.

import CLibXML2

/// Takes what libxml2 meets and keeps it as events and faults; the callbacks' user data.
@safe struct XMLSink {
    typealias Text = UnsafePointer<xmlChar>

    let limits: XMLLimits
    /// White space alone is dropped where fewer elements than this are open.
    let blankTextDepth: Int
    /// Whether what is met is kept as events; else it is only counted and held to the limits.
    let keepsEvents: Bool
    /// Whether a DOCTYPE without declarations is passed over.
    let allowsDoctype: Bool
    /// Where the parser that reports here stands.
    var places = XMLParserPlaces()
    var events = XMLEvents()
    var faults: [XMLFault] = []
    var names = XMLNameTable()
    var open = OpenElements()
    /// Whether our own handlers ended the parse: libxml2 then still calls the document well-formed.
    var hasStopped = false
    /// Whether libxml2 met an error of its own.
    var hasInternalError = false
    var hasSchemaFault = false
    /// Where something could not be decided last: the children of the root until then, and how deep it stood.
    private var lastUndecided: (children: Int, depth: Int)?
    var rootIsKnown = false

    init(limits: XMLLimits, blankTextDepth: Int, keepsEvents: Bool, allowsDoctype: Bool) {
        self.limits = limits
        self.allowsDoctype = allowsDoctype
        self.blankTextDepth = blankTextDepth
        self.keepsEvents = keepsEvents
    }

    /// The parser that reports here.
    private var parser: xmlParserCtxtPtr? { unsafe places.parser }

    /// How many bytes of the document the parser has consumed, in the document's own encoding.
    var consumedBytes: UInt64 { places.consumedBytes }

    // MARK: Elements

    mutating func startElement(
        _ local: Text, _ prefix: Text?, _ uri: Text?, namespaceCount: Int, attributeCount: Int,
        attributes: UnsafeMutablePointer<Text?>?
    ) {
        open.settle()
        let name = unsafe names.number(local, prefix, uri)
        if !rootIsKnown { checkEncoding() }
        // A parser that was stopped has let go of its input, and with it of all places.
        guard !hasStopped else { return }
        let nameLength = names.writtenLength(name)
        let (offset, tagLength) = places.tagPlace(nameLength: nameLength)
        let depth = open.depth
        if keepsEvents {
            events.list.append(
                XMLEvents.Event(
                    offset: offset, name: name, textStart: 0, textLength: 0, tagLength: tagLength,
                    depth: UInt16(truncatingIfNeeded: depth), kind: .startElement))
        }
        open.push(name, offset: offset)
        if depth >= limits.depth { return stop(.limit, "elements nested deeper than \(limits.depth)", at: offset) }
        if attributeCount > limits.attributes {
            return stop(.limit, "an element with more than \(limits.attributes) attributes", at: offset)
        }
        if namespaceCount > limits.namespaces {
            return stop(.limit, "an element with more than \(limits.namespaces) namespaces", at: offset)
        }
        if keepsEvents, attributeCount > 0, let attributes = unsafe attributes {
            unsafe appendAttributes(attributes, count: attributeCount, offset: offset, depth: depth)
        }
    }

    mutating func endElement() {
        open.settle()
        let name = open.close()
        guard keepsEvents else { return }
        let offset = places.consumedBytes
        events.list.append(
            XMLEvents.Event(
                offset: offset, name: name, textStart: 0, textLength: 0, tagLength: 0,
                depth: UInt16(truncatingIfNeeded: open.depth - 1), kind: .endElement))
    }

    private mutating func appendAttributes(
        _ attributes: UnsafeMutablePointer<Text?>, count: Int, offset: UInt64, depth: Int
    ) {
        for index in 0..<count {
            let entry = unsafe attributes + index * 5
            guard let local = unsafe entry[0], let start = unsafe entry[3], let end = unsafe entry[4] else { continue }
            let name = unsafe names.number(local, entry[1], entry[2])
            let textStart = events.text.count
            unsafe events.text.append(contentsOf: UnsafeBufferPointer(start: start, count: end - start))
            // Without entity substitution libxml2 leaves each ampersand of an attribute as this reference.
            Self.replaceAmpersands(in: &events.text, from: textStart)
            events.list.append(
                XMLEvents.Event(
                    offset: offset, name: name, textStart: UInt32(truncatingIfNeeded: textStart),
                    textLength: UInt32(truncatingIfNeeded: events.text.count - textStart), tagLength: 0,
                    depth: UInt16(truncatingIfNeeded: depth + 1), kind: .attribute))
        }
    }

    private static func replaceAmpersands(in text: inout [UInt8], from start: Int) {
        let reference: [UInt8] = Array("&#38;".utf8)
        var (read, write) = (start, start)
        while read < text.count {
            text[write] = text[read]
            read += text[read] == UInt8(ascii: "&") && text[read...].starts(with: reference) ? reference.count : 1
            write += 1
        }
        text.removeLast(text.count - write)
    }

    // MARK: Text, comments and processing instructions

    mutating func text(_ start: Text, _ length: Int) {
        open.settle()
        let bytes = unsafe UnsafeBufferPointer(start: start, count: length)
        if open.depth < blankTextDepth, unsafe Self.isBlank(bytes) { return }
        open.textBytes += length
        if keepsEvents { unsafe append(bytes) }
        if open.textBytes > limits.textBytes {
            stop(.limit, "an element with more than \(limits.textBytes) bytes of text", at: consumedBytes)
        }
    }

    private mutating func append(_ bytes: UnsafeBufferPointer<xmlChar>) {
        let textStart = events.text.count
        unsafe events.text.append(contentsOf: bytes)
        let last = events.list.count - 1
        if last >= 0, events.list[last].kind == .text {
            // Texts stand one behind the other, so that a piece continues the one before.
            events.list[last].textLength += UInt32(truncatingIfNeeded: bytes.count)
        } else {
            events.list.append(
                XMLEvents.Event(
                    offset: 0, name: 0, textStart: UInt32(truncatingIfNeeded: textStart),
                    textLength: UInt32(truncatingIfNeeded: bytes.count), tagLength: 0,
                    depth: UInt16(truncatingIfNeeded: open.depth), kind: .text))
        }
    }

    mutating func annotation(_ kind: XMLEvents.Event.Kind, name: Text?, content: Text?) {
        open.settle()
        guard keepsEvents else { return }
        let textStart = events.text.count
        if let content = unsafe content {
            let bytes = unsafe UnsafeBufferPointer(start: content, count: Int(xmlStrlen(content)))
            unsafe events.text.append(contentsOf: bytes)
        }
        var number: UInt32 = 0
        if let name = unsafe name { number = unsafe names.number(name, nil, nil) }
        events.list.append(
            XMLEvents.Event(
                offset: consumedBytes, name: number, textStart: UInt32(truncatingIfNeeded: textStart),
                textLength: UInt32(truncatingIfNeeded: events.text.count - textStart), tagLength: 0,
                depth: UInt16(truncatingIfNeeded: open.depth), kind: kind))
    }

    private static func isBlank(_ bytes: UnsafeBufferPointer<xmlChar>) -> Bool {
        for index in bytes.indices {
            switch unsafe bytes[index] {
            case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"): continue
            default: return false
            }
        }
        return true
    }

    // MARK: Document types

    /// Meets a DOCTYPE, up to the declarations in it.
    mutating func documentType() {
        // Declarations of its own would stand in square brackets; what it names elsewhere is never loaded.
        let next = unsafe parser?.pointee.input?.pointee.cur?.pointee
        guard !allowsDoctype || next != UInt8(ascii: ">") else { return }
        stop(.documentType, allowsDoctype ? "a DOCTYPE with declarations" : "a DOCTYPE", at: places.documentTypeOffset)
    }

    /// Meets an entity that only a DOCTYPE could declare: its text is nowhere to be had.
    mutating func entityReference() {
        stop(.documentType, "an entity that is declared nowhere", at: consumedBytes)
    }

    // MARK: Faults

    /// Ends the parse for a reason of our own.
    mutating func stop(_ kind: XMLFault.Kind, _ message: String, at offset: UInt64) {
        guard !hasStopped else { return }
        open.settle()
        hasStopped = true
        faults.append(
            XMLFault(
                kind: kind, code: 0, message: message, path: open.path(names), offset: offset,
                depth: max(0, open.depth - 1), children: open.childCount))
        guard let parser = unsafe parser else { return }
        // Stopping frees the bytes that are being parsed, and behind us validation still looks at this tag or text: only
        // at a DOCTYPE it does not. Elsewhere nothing more is called, and what is left of the piece is passed over.
        if kind == .documentType { unsafe xmlStopParser(parser) } else { unsafe parser.pointee.disableSAX = 1 }
    }

    /// Takes a fault of well-formedness, of which only the first tells the cause.
    mutating func parserError(code: Int, level: xmlErrorLevel, message: String) {
        guard level != XML_ERR_WARNING, !hasStopped else { return }
        if code == Int(XML_ERR_INTERNAL_ERROR.rawValue) || code == Int(XML_ERR_NO_MEMORY.rawValue) {
            hasInternalError = true
        }
        // An undeclared prefix does not stop libxml2; what it would tell behind it depends on the pieces it is fed.
        if let parser = unsafe parser { unsafe parser.pointee.disableSAX = 1 }
        guard !faults.contains(where: { $0.kind == .notWellFormed }) else { return }
        // In an encoding without ASCII's letters libxml2 stumbles over the declaration that names it, and calls one
        // that it does not know unsupported.
        if !rootIsKnown, let name = refusedEncoding { return stop(.encoding, "the encoding \(name)", at: 0) }
        open.settle()
        faults.append(
            XMLFault(
                kind: code == Int(XML_ERR_UNSUPPORTED_ENCODING.rawValue) ? .encoding : .notWellFormed, code: code,
                message: Self.withoutLine(message), path: open.path(names), offset: consumedBytes,
                depth: max(0, open.depth - 1), children: open.childCount))
    }

    /// A message about two tags names the line of the first, which is wrong past 65,535 and in a part of a document.
    private static func withoutLine(_ message: String) -> String {
        message.replacing(/\ line [0-9]+/, with: "")
    }

    /// Says of a document that ends too early what has no end yet; libxml2 has many words for that.
    mutating func tellWhatIsOpen() {
        guard let index = faults.firstIndex(where: { $0.kind == .notWellFormed }), open.depth > 0 else { return }
        let element = faults[index].path.split(separator: "/").last ?? ""
        faults[index].message = "the end of the document in <\(element.prefix { $0 != "[" })>"
    }

    /// Takes a fault of validity; the element meant is the innermost open one, or the one that has just been closed.
    mutating func schemaError(code: Int, level: xmlErrorLevel, message: String) {
        guard level != XML_ERR_WARNING, !hasStopped else { return }
        // Internal errors, and a facet or automaton that libxml2 gave up on.
        let isUndecided =
            code == Int(XML_SCHEMAV_INTERNAL.rawValue) || code == Int(XML_ERR_INTERNAL_ERROR.rawValue)
            || code == Int(XML_ERR_NO_MEMORY.rawValue) || message.hasPrefix("Internal error")
        if isUndecided {
            hasInternalError = true
            // libxml2 says it again of the same element, and of those around it.
            let isRepeated = lastUndecided.map { $0.children == open.childCount && $0.depth >= open.depth } ?? false
            lastUndecided = (open.childCount, open.depth)
            if isRepeated { return }
        } else {
            hasSchemaFault = true
        }
        faults.append(
            XMLFault(
                kind: isUndecided ? .undecided : .schema, code: code, message: message, path: open.path(names),
                offset: open.innermostOffset, depth: max(0, open.depth - 1), children: open.childCount))
    }

    /// What the declaration says is known when the root element comes.
    private mutating func checkEncoding() {
        rootIsKnown = true
        unsafe places.isConverted = parser?.pointee.input?.pointee.buf?.pointee.encoder != nil
        if let name = refusedEncoding { stop(.encoding, "the encoding \(name)", at: 0) }
    }

    /// The encoding that the document declares, if it is none that is read.
    private var refusedEncoding: String? {
        let ofInput = unsafe parser?.pointee.input?.pointee.encoding
        guard let declared = unsafe parser?.pointee.encoding ?? ofInput else { return nil }
        let name = unsafe String(cString: declared)
        return XMLEncoding.isRead(name) ? nil : name
    }
}
