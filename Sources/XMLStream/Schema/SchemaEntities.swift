// This file holds unsafe code: it hands bytes to libxml2 in place of the files that it would open.

import CLibXML2
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The documents that libxml2 may load: those of the schema that the asking thread compiles, and no others.
enum SchemaEntities {
    /// By thread, the bytes of the documents by the address that libxml2 asks for.
    private static let documents = Mutex<[UInt: [String: [UInt8]]]>([:])

    /// The calling thread.
    private static var thread: UInt { UInt(pthread_self()) }

    /// Calls `body`, in which the calling thread may load `entities`, and only those.
    static func with<Result>(_ entities: [String: [UInt8]], _ body: () -> Result) -> Result {
        let thread = thread
        documents.withLock { $0[thread] = entities }
        defer { documents.withLock { $0[thread] = nil } }
        return body()
    }

    /// What libxml2 reads for an address; nil, which it takes for a file that is not there, for every other one.
    static func input(for address: UnsafePointer<CChar>?, context: xmlParserCtxtPtr?) -> xmlParserInputPtr? {
        guard let address = unsafe address, let context = unsafe context else { return nil }
        let name = unsafe String(cString: address)
        let thread = thread
        guard let bytes = documents.withLock({ $0[thread]?[name] }), let count = Int32(exactly: bytes.count) else {
            return nil
        }
        let buffer = unsafe bytes.withUnsafeBytes { bytes in
            unsafe xmlParserInputBufferCreateMem(
                bytes.baseAddress?.assumingMemoryBound(to: CChar.self), count, XML_CHAR_ENCODING_NONE)
        }
        guard let buffer = unsafe buffer else { return nil }
        guard let input = unsafe xmlNewIOInputStream(context, buffer, XML_CHAR_ENCODING_NONE) else {
            unsafe xmlFreeParserInputBuffer(buffer)
            return nil
        }
        // The document's own address, from which it builds those of what it imports.
        unsafe input.pointee.filename = unsafe UnsafePointer(
            unsafe UnsafeMutableRawPointer(xmlStrdup(unsafe xmlCharacters(address)))?
                .assumingMemoryBound(to: CChar.self))
        return unsafe input
    }

    private static func xmlCharacters(_ text: UnsafePointer<CChar>) -> UnsafePointer<xmlChar> {
        unsafe UnsafeRawPointer(text).assumingMemoryBound(to: xmlChar.self)
    }
}
