// Unsafe code: owns libxml2's parser and validation contexts.

import CLibXML2

/// Reads an XML document from pieces of bytes, and says what stands in it and whether it may be trusted.
///
/// ```swift
/// let parser = XMLPushParser()
/// parser.feed(bytes); use(parser.events)
/// parser.finish()
/// guard parser.verdict == .accepted else { ... }
/// ```
///
/// No DOCTYPE, no entity but the five of XML, no file and no network: libxml2 sees only the bytes that are fed. With a
/// schema the document is validated as it is read. Memory stays flat whatever the length of the document; what
/// is larger than `XMLLimits` ends the reading with a fault.
///
/// To be used by one thread.
@safe public final class XMLPushParser {
    private static let piece = 32 << 10
    /// In other encodings than UTF-8 telling an offset costs as much as the rest of a piece is long.
    private static let convertedPiece = 512

    private let sink: UnsafeMutablePointer<XMLSink>
    private let handler: UnsafeMutablePointer<xmlSAXHandler>
    private var parser: xmlParserCtxtPtr?
    private var validation: xmlSchemaValidCtxtPtr?
    private var plug: xmlSchemaSAXPlugPtr?
    private let schema: XMLSchema?
    private var isAccepted = true
    private var isFinished = false

    /// A parser at the start of a document.
    ///
    /// - Parameters:
    ///   - limits: what ends the reading.
    ///   - schema: what the document is validated against.
    ///   - blankTextDepth: white space alone is not told where fewer elements than this are open.
    ///   - keepsEvents: whether `events` are wanted; validation alone is faster without them.
    ///   - allowsDoctype: whether a DOCTYPE without declarations of its own is passed over, as some switches write one.
    ///     What it names is never loaded.
    public init(
        limits: XMLLimits = .standard, schema: XMLSchema? = nil, blankTextDepth: Int = 0, keepsEvents: Bool = true,
        allowsDoctype: Bool = false
    ) {
        LibXML2.initialise()
        self.schema = schema
        unsafe sink = UnsafeMutablePointer<XMLSink>.allocate(capacity: 1)
        unsafe sink.initialize(
            to: XMLSink(
                limits: limits, blankTextDepth: blankTextDepth, keepsEvents: keepsEvents, allowsDoctype: allowsDoctype))
        unsafe handler = UnsafeMutablePointer<xmlSAXHandler>.allocate(capacity: 1)
        unsafe handler.initialize(to: XMLCallbacks.handler())
        unsafe parser = xmlCreatePushParserCtxt(handler, sink, nil, 0, nil)
        unsafe sink.pointee.places.parser = parser
        if let parser = unsafe parser {
            unsafe _ = xmlCtxtUseOptions(parser, Int32(XML_PARSE_NONET.rawValue))
            if let schema { unsafe plugIn(schema, parser) }
        } else {
            fail()
        }
    }

    deinit {
        if let plug = unsafe plug { unsafe _ = xmlSchemaSAXUnplug(plug) }
        if let parser = unsafe parser { unsafe xmlFreeParserCtxt(parser) }
        if let validation = unsafe validation { unsafe xmlSchemaFreeValidCtxt(validation) }
        unsafe handler.deallocate()
        unsafe sink.deinitialize(count: 1)
        unsafe sink.deallocate()
    }

    /// What the last call met.
    public var events: XMLEvents { unsafe sink.pointee.events }

    /// Lends what the last call met to `body`, without a copy.
    public func withEvents<Result>(_ body: (borrowing XMLEvents) throws -> Result) rethrows -> Result {
        unsafe try body(sink.pointee.events)
    }

    /// What the last call found wrong, in the order of the document.
    public var faults: [XMLFault] { unsafe sink.pointee.faults }

    /// Whether reading has ended because of a fault; `feed` then does nothing.
    public var hasStopped: Bool { unsafe sink.pointee.hasStopped || !isAccepted }

    /// How many bytes of the document are done with: what follows may still be part of a tag.
    public var consumedBytes: UInt64 { unsafe sink.pointee.consumedBytes }

    /// The encoding that the document's declaration names; nil where it names none, or was not read yet.
    public var declaredEncoding: String? {
        guard let name = unsafe parser?.pointee.encoding else { return nil }
        return unsafe String(cString: name)
    }

    /// How many elements there were so far.
    public var elementCount: Int { unsafe sink.pointee.open.count }

    /// How many children of the root element there were so far.
    public var childCount: Int { unsafe sink.pointee.open.childCount }

    /// Where the tags of the open elements begin, outermost first.
    public var openOffsets: [UInt64] { unsafe sink.pointee.open.offsets }

    /// The name with the number that an event carries.
    public func name(_ number: UInt32) -> XMLName { unsafe sink.pointee.names[number] }

    /// How many names the document has used so far; their numbers are `0..<nameCount`.
    public var nameCount: Int { unsafe sink.pointee.names.count }

    /// What may be said of the document: `undecided` until `finish` was called.
    ///
    /// After a stop libxml2 still calls a document well-formed and valid, so each sign must be good.
    public var verdict: XMLVerdict {
        let (hasInternalError, hasSchemaFault) = unsafe (sink.pointee.hasInternalError, sink.pointee.hasSchemaFault)
        if hasSchemaFault || !isWellFormed || (hasStopped && !hasInternalError) { return .refused }
        if !isFinished || hasInternalError { return .undecided }
        if let validation = unsafe validation, unsafe xmlSchemaIsValid(validation) != 1 { return .undecided }
        if schema != nil, unsafe plug == nil { return .undecided }
        return .accepted
    }

    /// What libxml2 itself says so far.
    private var isWellFormed: Bool {
        guard let parser = unsafe parser else { return false }
        return unsafe parser.pointee.wellFormed == 1 && parser.pointee.nsWellFormed == 1
    }

    /// Parses the next bytes of the document; `events` and `faults` are then those of these bytes.
    ///
    /// Never fails: what is wrong is among `faults`.
    ///
    /// - Complexity: O(n)
    public func feed(_ bytes: Span<UInt8>) {
        clear()
        unsafe bytes.withUnsafeBytes { raw in
            var start = 0
            while start < raw.count, !hasStopped {
                let isConverted = unsafe parser?.pointee.input?.pointee.buf?.pointee.encoder != nil
                // The first bytes tell the encoding, so they come alone.
                let isFirst = unsafe parser?.pointee.instate == XML_PARSER_START
                let count = min(isConverted || isFirst ? Self.convertedPiece : Self.piece, raw.count - start)
                unsafe parse(UnsafeRawBufferPointer(rebasing: raw[start..<(start + count)]), isLast: false)
                start += count
            }
        }
    }

    /// Ends the document.
    ///
    /// What is missing at its end is among `faults`; after this the verdict stands.
    public func finish() {
        clear()
        if !hasStopped {
            unsafe parse(UnsafeRawBufferPointer(start: nil, count: 0), isLast: true)
            unsafe sink.pointee.tellWhatIsOpen()
        }
        isFinished = true
    }

    private func parse(_ bytes: UnsafeRawBufferPointer, isLast: Bool) {
        guard let parser = unsafe parser else { return }
        // The handler of the thread is borrowed: while a schema is plugged in the parser has none of its own.
        unsafe xmlSetStructuredErrorFunc(sink, XMLCallbacks.parserError)
        let code = unsafe xmlParseChunk(
            parser, bytes.bindMemory(to: CChar.self).baseAddress, Int32(truncatingIfNeeded: bytes.count),
            isLast ? 1 : 0)
        unsafe xmlSetStructuredErrorFunc(nil, LibXML2.silent)
        // A character that cannot be converted is told before the code that goes with it, and once is enough.
        let isFaulty = unsafe sink.pointee.faults.contains { $0.kind == .notWellFormed || $0.kind == .encoding }
        if code != 0 || isFaulty {
            isAccepted = false
            if unsafe sink.pointee.faults.isEmpty && !sink.pointee.hasStopped {
                unsafe sink.pointee.parserError(
                    code: Int(code), level: XML_ERR_FATAL, message: "not well-formed (error \(code))")
            }
        }
        guard !isLast, !hasStopped else { return }
        let limit = unsafe sink.pointee.limits.markupBytes
        // What cannot be told yet waits in the parser: a tag, or the like, that has no end.
        if unsafe waitingBytes(parser) > limit {
            let offset = unsafe sink.pointee.consumedBytes
            unsafe sink.pointee.stop(
                .limit, "a tag, comment, CDATA section or processing instruction of more than \(limit) bytes",
                at: offset)
        }
    }

    private func waitingBytes(_ parser: xmlParserCtxtPtr) -> Int {
        guard let input = unsafe parser.pointee.input else { return 0 }
        return unsafe input.pointee.end - input.pointee.cur
    }

    private func plugIn(_ schema: XMLSchema, _ parser: xmlParserCtxtPtr) {
        unsafe validation = xmlSchemaNewValidCtxt(schema.pointer)
        guard let validation = unsafe validation else { return fail() }
        unsafe xmlSchemaSetValidStructuredErrors(validation, XMLCallbacks.schemaError, sink)
        unsafe plug = xmlSchemaSAXPlug(validation, &parser.pointee.sax, &parser.pointee.userData)
        if unsafe plug == nil { fail() }
    }

    private func fail() {
        isAccepted = false
        unsafe sink.pointee.hasInternalError = true
    }

    private func clear() {
        unsafe sink.pointee.events.list.removeAll(keepingCapacity: true)
        unsafe sink.pointee.events.text.removeAll(keepingCapacity: true)
        unsafe sink.pointee.faults.removeAll(keepingCapacity: true)
    }
}
