// This file holds unsafe code: it owns a schema of libxml2.

import CLibXML2

/// A compiled XML Schema.
///
/// It never changes, so that any number of threads may validate with it, each with a context of its own.
///
/// # What libxml2 does not enforce
///
/// The types xs:ID, xs:IDREF, xs:IDREFS, xs:ENTITY and xs:ENTITIES are checked for the form of their values only;
/// `notEnforced` says where a schema uses them.
@safe public final class XMLSchema: @unchecked Sendable {
    /// The schema of libxml2, which lives as long as this object and must not be changed.
    let pointer: xmlSchemaPtr

    /// The files of the documents, the main one first.
    public let files: [String]

    /// What the schema demands and validation does not enforce.
    public let notEnforced: [SchemaNote]

    private let records: [XMLName: XMLName]

    /// Takes over a schema that was compiled from these documents.
    init(adopting pointer: xmlSchemaPtr, documents: SchemaDocuments) {
        unsafe self.pointer = unsafe pointer
        files = documents.outlines.map(\.file)
        notEnforced = documents.outlines.flatMap(\.notes)
        records = SchemaSplit(documents.outlines).records
    }

    deinit {
        unsafe xmlSchemaFree(pointer)
    }

    /// The name of the records in documents with this outermost element; nil unless they can be validated in parts.
    ///
    /// It is not nil only when the schema says for certain that the outermost element holds any number of one
    /// element and nothing else, and when nothing in it ties one record to another. Two things remain with the
    /// caller: a document whose outermost start tag has `xsi:type` or `xsi:nil` must not be split, and one without
    /// any record must be validated as a whole.
    public func recordElement(ofRoot root: XMLName) -> XMLName? {
        records[root]
    }
}

extension XMLSchema {
    /// Reads and compiles a schema.
    ///
    /// Nothing is opened but the named documents and those that they lead to in their folders, the folders below
    /// included; nothing is fetched from the network. Compiling takes a thread of its own, and at most the time and
    /// memory that the limits give.
    ///
    /// - Parameters:
    ///   - paths: The main document; others, when what it leads to stands in other folders than its own.
    ///   - limits: How much the schema may ask for.
    /// - Throws: `SchemaRefusal`.
    public static func compiled(
        naming paths: [String], limits: SchemaLimits = .standard
    ) throws(SchemaRefusal) -> XMLSchema {
        return try SchemaCompilation.schema(of: SchemaDocuments(naming: paths, limits: limits), limits: limits)
    }

    /// Compiles a schema of one document that is in memory.
    ///
    /// - Parameters:
    ///   - text: The document.
    ///   - name: What faults call it.
    ///   - limits: How much the schema may ask for.
    /// - Throws: `SchemaRefusal`.
    public static func compiled(
        text: String, name: String, limits: SchemaLimits = .standard
    ) throws(SchemaRefusal) -> XMLSchema {
        LibXML2.initialise()
        return try SchemaCompilation.schema(
            of: SchemaDocuments(text: text, name: name, limits: limits), limits: limits)
    }
}
