import Synchronization
public import XMLStream

/// The schemas that files are validated with: the one that was named, or those of the native files.
///
/// Safe to share among threads.
public final class ValidationSchemas: Sendable {
    private let named: XMLSchema?
    private let native = Mutex<[String: XMLSchema]>([:])

    /// The schema that was named, which is for all files; nil for the schemas of the native files.
    public init(named: XMLSchema? = nil) {
        self.named = named
    }

    /// Whether a schema was named.
    var isNamed: Bool { named != nil }

    /// The schema for documents with an outermost element, nil where there is none; the name of the element is nil
    /// where the document has none that can be told.
    ///
    /// - Throws: `SchemaRefusal`, when there is no memory even for a schema of a few lines.
    func schema(root: XMLName?) throws(SchemaRefusal) -> XMLSchema? {
        if let named { return named }
        guard let root, root.namespace == nil else { return nil }
        return try native.withLock { (native) throws(SchemaRefusal) -> XMLSchema? in
            if let known = native[root.local] { return known }
            let schema = try XMLSchema.native(root: root.local)
            native[root.local] = schema
            return schema
        }
    }
}
