// Unsafe code: the C functions that libxml2 calls while it parses; each hands over to the sink behind its first argument.

import CLibXML2

/// libxml2's table of callbacks, filled with those that report to an `XMLSink`.
enum XMLCallbacks {
    static func handler() -> xmlSAXHandler {
        var handler = unsafe xmlSAXHandler()
        unsafe handler.initialized = XML_SAX2_MAGIC
        unsafe handler.internalSubset = { data, _, _, _ in
            unsafe XMLCallbacks.sink(data)?.pointee.documentType()
        }
        unsafe handler.reference = { data, _ in
            unsafe XMLCallbacks.sink(data)?.pointee.entityReference()
        }
        unsafe handler.startElementNs = { data, local, prefix, uri, namespaces, _, attributes, _, values in
            guard let sink = unsafe XMLCallbacks.sink(data), let local = unsafe local else { return }
            unsafe sink.pointee.startElement(
                local, prefix, uri, namespaceCount: Int(namespaces), attributeCount: Int(attributes),
                attributes: values)
        }
        unsafe handler.endElementNs = { data, _, _, _ in
            unsafe XMLCallbacks.sink(data)?.pointee.endElement()
        }
        unsafe handler.characters = { data, text, length in
            guard let text = unsafe text else { return }
            unsafe XMLCallbacks.sink(data)?.pointee.text(text, Int(length))
        }
        unsafe handler.ignorableWhitespace = handler.characters
        unsafe handler.cdataBlock = handler.characters
        unsafe handler.comment = { data, text in
            unsafe XMLCallbacks.sink(data)?.pointee.annotation(.comment, name: nil, content: text)
        }
        unsafe handler.processingInstruction = { data, target, text in
            unsafe XMLCallbacks.sink(data)?.pointee.annotation(.processingInstruction, name: target, content: text)
        }
        return unsafe handler
    }

    /// Takes the errors of the parser itself.
    static let parserError: xmlStructuredErrorFunc = { data, error in
        guard let sink = unsafe XMLCallbacks.sink(data), let error = unsafe error else { return }
        unsafe sink.pointee.parserError(
            code: Int(error.pointee.code), level: error.pointee.level, message: text(of: error.pointee.message))
    }

    /// Takes the errors of validation.
    static let schemaError: xmlStructuredErrorFunc = { data, error in
        guard let sink = unsafe XMLCallbacks.sink(data), let error = unsafe error else { return }
        unsafe sink.pointee.schemaError(
            code: Int(error.pointee.code), level: error.pointee.level, message: text(of: error.pointee.message))
    }

    private static func sink(_ data: UnsafeMutableRawPointer?) -> UnsafeMutablePointer<XMLSink>? {
        unsafe data?.assumingMemoryBound(to: XMLSink.self)
    }

    /// How many bytes of a message are kept; libxml2 puts whole values into it.
    private static let longestMessage = 1000

    /// A message in one line.
    private static func text(of message: UnsafeMutablePointer<CChar>?) -> String {
        guard let message = unsafe message else { return "no message" }
        var text = unsafe String(cString: message)
        if text.utf8.count > longestMessage {
            text = String(decoding: text.utf8.prefix(longestMessage), as: UTF8.self) + "..."
        }
        return text.split(separator: "\n", omittingEmptySubsequences: true).joined(separator: " ")
    }
}

extension LibXML2 {
    /// Drops messages that nobody asked for.
    static let silent: xmlStructuredErrorFunc = { _, _ in }
}
