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
    private struct Entities {
        var documents: [String: [UInt8]]
        var refused: [String] = []
    }

    /// By thread, the bytes of the documents by the address that libxml2 asks for.
    private static let entities = Mutex<[UInt: Entities]>([:])

    /// The calling thread.
    private static var thread: UInt { UInt(pthread_self()) }

    /// Calls `body`, in which the calling thread may load `documents`, and only those.
    ///
    /// - Returns: the addresses that were asked for besides.
    static func with(_ documents: [String: [UInt8]], _ body: () -> Void) -> [String] {
        let thread = thread
        entities.withLock { $0[thread] = Entities(documents: documents) }
        body()
        return entities.withLock { $0.removeValue(forKey: thread)?.refused ?? [] }
    }

    /// What libxml2 reads for an address; nil, which it takes for a file that is not there, for every other one.
    static func input(for address: UnsafePointer<CChar>?, context: xmlParserCtxtPtr?) -> xmlParserInputPtr? {
        guard let address = unsafe address, let context = unsafe context else { return nil }
        let name = unsafe String(cString: address)
        let thread = thread
        let known = entities.withLock { entities in
            let bytes = entities[thread]?.documents[name]
            if bytes == nil { entities[thread]?.refused.append(name) }
            return bytes
        }
        guard let bytes = known, let count = Int32(exactly: bytes.count) else { return nil }
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
