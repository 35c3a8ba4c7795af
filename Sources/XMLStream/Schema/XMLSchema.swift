// Unsafe code: owns a compiled schema of libxml2.

import CLibXML2

/// A compiled XSD.
@safe public final class XMLSchema: @unchecked Sendable {
    let pointer: xmlSchemaPtr

    init(_ pointer: xmlSchemaPtr) { unsafe self.pointer = pointer }

    deinit { unsafe xmlSchemaFree(pointer) }
}
