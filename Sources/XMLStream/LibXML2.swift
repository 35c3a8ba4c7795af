// This file holds unsafe code: the settings of libxml2 that are one for the whole process.

import CLibXML2
import CThreadMeter

/// The one set-up of libxml2 for the whole process.
///
/// libxml2 opens files and sockets by itself when a document or a schema tells it to, and writes to standard error.
/// Both are taken away here, once, before anything else of it is used: the loader of external entities refuses every
/// name but those that `SchemaEntities` has for the schema that the asking thread compiles, catalogues are off, and
/// messages that nobody asked for are dropped.
enum LibXML2 {
    private static let isInitialised: Bool = {
        // Before libxml2 takes any memory. These count for threads that ask for it, see ThreadMeter.
        unsafe xmlMemSetup(threadmeter_release, threadmeter_malloc, threadmeter_realloc, threadmeter_strdup)
        xmlInitParser()
        xmlCatalogSetDefaults(XML_CATA_ALLOW_NONE)
        unsafe xmlSetExternalEntityLoader { address, _, context in
            unsafe SchemaEntities.input(for: address, context: context)
        }
        rinnovo_xml_silence()
        // Of this thread, and of every thread to come.
        unsafe xmlSetStructuredErrorFunc(nil) { _, _ in }
        unsafe xmlThrDefSetStructuredErrorFunc(nil) { _, _ in }
        return true
    }()

    /// Sets libxml2 up, the first time it is called; call it before any other function of libxml2.
    static func initialise() {
        precondition(isInitialised)
    }
}
