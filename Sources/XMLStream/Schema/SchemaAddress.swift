// This file holds unsafe code: strings of libxml2.

import CLibXML2

/// The addresses by which libxml2 knows the documents of a schema.
enum SchemaAddress {
    /// The address of a document with a canonical path, in a scheme that no file and no network has.
    static func of(_ path: String) -> String {
        "schema://" + path.asAddressPath
    }

    /// The address that libxml2 will ask for when a document names another; nil when it can build none.
    static func of(_ location: String, from base: String) -> String? {
        guard !location.utf8.contains(0), let address = unsafe xmlBuildURI(location, base) else { return nil }
        defer { unsafe rinnovo_xml_free(address) }
        return unsafe String(cString: address)
    }
}
