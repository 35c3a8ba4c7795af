// This file holds unsafe code: the callbacks of libxml2's parser.

import CLibXML2

/// Reads the tags of a schema document and nothing else of it.
///
/// The document must be well-formed and without a DOCTYPE, for libxml2 will read it again with settings that cannot
/// be changed and that follow what a DOCTYPE declares.
@safe final class SchemaTagReader {
    private let limits: SchemaLimits
    private let file: String
    private var outline: SchemaOutline
    private var parser: xmlParserCtxtPtr?
    private var namespaces: [[String: String]] = [["xml": XMLName.xmlNamespace]]
    private var fault: SchemaFault?

    private init(file: String, limits: SchemaLimits) {
        self.file = file
        self.limits = limits
        outline = SchemaOutline(file: file)
    }

    /// The outline of a document, or why there is none.
    static func outline(
        of bytes: [UInt8], file: String, limits: SchemaLimits
    ) -> Result<SchemaOutline, SchemaRefusal> {
        LibXML2.initialise()
        let reader = SchemaTagReader(file: file, limits: limits)
        reader.parse(bytes)
        if let fault = reader.fault { return .failure(SchemaRefusal(faults: [fault])) }
        return .success(reader.outline)
    }

    private func parse(_ bytes: [UInt8]) {
        var handler = unsafe xmlSAXHandler()
        unsafe handler.initialized = UInt32(XML_SAX2_MAGIC)
        unsafe handler.internalSubset = { context, _, _, _ in
            unsafe SchemaTagReader.of(context)?.stop(.documentType, "a DOCTYPE, which schemas must not have")
        }
        unsafe handler.startElementNs = { context, local, _, uri, count, namespaces, attributeCount, _, attributes in
            unsafe SchemaTagReader.of(context)?.start(
                SchemaTag(name: name(local, uri)),
                namespaces: declarations(namespaces, count: Int(count)),
                attributes: values(attributes, count: Int(attributeCount)))
        }
        unsafe handler.endElementNs = { context, _, _, _ in unsafe SchemaTagReader.of(context)?.end() }
        unsafe handler.serror = { context, error in
            guard let error = unsafe error, let reader = unsafe SchemaTagReader.of(context),
                unsafe error.pointee.level.rawValue >= XML_ERR_ERROR.rawValue,
                // Any text names a namespace, also one that is no URI.
                unsafe error.pointee.code != Int32(XML_WAR_NS_URI.rawValue)
            else { return }
            unsafe reader.refuse(
                .notWellFormed, text(error.pointee.message), line: Int(error.pointee.line),
                column: Int(error.pointee.int2))
        }
        let reader = unsafe Unmanaged.passUnretained(self).toOpaque()
        guard let parser = unsafe xmlCreatePushParserCtxt(&handler, reader, nil, 0, nil) else {
            return refuse(.limit, "no memory for a parser")
        }
        unsafe self.parser = unsafe parser
        unsafe xmlCtxtUseOptions(parser, Int32(XML_PARSE_NONET.rawValue))
        unsafe feed(bytes, to: parser)
        unsafe self.parser = nil
        unsafe xmlFreeParserCtxt(parser)
    }

    private func feed(_ bytes: [UInt8], to parser: xmlParserCtxtPtr) {
        let chunk = 1 << 16
        var start = 0
        while start < bytes.count, fault == nil {
            let end = min(start + chunk, bytes.count)
            let isSound = unsafe bytes.withUnsafeBytes { bytes in
                unsafe xmlParseChunk(
                    parser, bytes.baseAddress?.advanced(by: start).assumingMemoryBound(to: CChar.self),
                    Int32(end - start), 0) == 0
            }
            if !isSound { refuse(.notWellFormed, "not well-formed") }
            start = end
            if let input = unsafe parser.pointee.input,
                unsafe input.pointee.end - input.pointee.cur > limits.markupBytes
            {
                stop(.limit, "more than \(limits.markupBytes) bytes between two tags")
            }
        }
        guard fault == nil else { return }
        if unsafe xmlParseChunk(parser, nil, 0, 1) != 0 || parser.pointee.wellFormed != 1 {
            refuse(.notWellFormed, "not well-formed")
        }
    }

    private func start(_ tag: SchemaTag, namespaces new: [String: String], attributes: [XMLName: String]) {
        guard fault == nil, let parser = unsafe parser else { return }
        var tag = tag
        let outer = namespaces[namespaces.count - 1]
        tag.namespaces = new.isEmpty ? outer : outer.merging(new) { $1 }
        namespaces.append(tag.namespaces)
        tag.attributes = attributes
        tag.line = unsafe Int(xmlSAX2GetLineNumber(parser))
        tag.column = unsafe Int(xmlSAX2GetColumnNumber(parser))
        if namespaces.count - 1 > limits.depth {
            return stop(.limit, "elements nested more than \(limits.depth) deep")
        }
        if attributes.count + new.count > limits.attributes {
            return stop(.limit, "more than \(limits.attributes) attributes of one element")
        }
        outline.start(tag)
        if outline.elements > limits.elements { stop(.limit, "more than \(limits.elements) elements") }
    }

    private func end() {
        guard fault == nil, namespaces.count > 1 else { return }
        namespaces.removeLast()
        outline.end()
    }

    private func stop(_ kind: SchemaFault.Kind, _ message: String) {
        guard let parser = unsafe parser else { return }
        unsafe refuse(
            kind, message, line: Int(xmlSAX2GetLineNumber(parser)), column: Int(xmlSAX2GetColumnNumber(parser)))
        unsafe xmlStopParser(parser)
    }

    private func refuse(_ kind: SchemaFault.Kind, _ message: String, line: Int? = nil, column: Int? = nil) {
        if fault == nil { fault = SchemaFault(kind, file: file, line: line, column: column, message) }
    }

    private static func of(_ context: UnsafeMutableRawPointer?) -> SchemaTagReader? {
        guard let context = unsafe context else { return nil }
        return unsafe Unmanaged<SchemaTagReader>.fromOpaque(context).takeUnretainedValue()
    }
}

/// A C string of libxml2 without white space at its ends.
func text(_ pointer: UnsafePointer<CChar>?) -> String {
    guard let pointer = unsafe pointer else { return "" }
    let text = unsafe String(cString: pointer)
    return String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
}

private func string(_ pointer: UnsafePointer<xmlChar>?) -> String {
    guard let pointer = unsafe pointer else { return "" }
    return unsafe String(cString: pointer)
}

private func name(_ local: UnsafePointer<xmlChar>?, _ uri: UnsafePointer<xmlChar>?) -> XMLName {
    unsafe XMLName(string(local), in: string(uri))
}

private typealias Words = UnsafeMutablePointer<UnsafePointer<xmlChar>?>

private func declarations(_ words: Words?, count: Int) -> [String: String] {
    guard let words = unsafe words else { return [:] }
    var namespaces: [String: String] = [:]
    for index in 0..<count { unsafe namespaces[string(words[2 * index])] = unsafe string(words[2 * index + 1]) }
    return namespaces
}

private func values(_ words: Words?, count: Int) -> [XMLName: String] {
    guard let words = unsafe words else { return [:] }
    var attributes: [XMLName: String] = [:]
    for index in 0..<count {
        let place = 5 * index
        guard let start = unsafe words[place + 3], let end = unsafe words[place + 4] else { continue }
        let value = unsafe String(decoding: UnsafeBufferPointer(start: start, count: end - start), as: UTF8.self)
        unsafe attributes[name(words[place], words[place + 2])] = value.restoringAmpersands
    }
    return attributes
}

extension String {
    /// libxml2 hands out `&amp;` in attribute values as `&#38;`.
    fileprivate var restoringAmpersands: String {
        var pieces: [Substring] = []
        var rest = self[...]
        while let found = rest.firstRange(of: "&#38;") {
            pieces.append(rest[..<found.lowerBound])
            rest = rest[found.upperBound...]
        }
        return (pieces + [rest]).joined(separator: "&")
    }
}
