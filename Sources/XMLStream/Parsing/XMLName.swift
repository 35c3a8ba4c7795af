/// The name of an element or attribute: its local part and the URI of its namespace.
///
/// The prefix is only how the document abbreviates the URI; two names are the same whatever their prefixes.
public struct XMLName: Hashable, Sendable {
    /// The name without its prefix.
    public let local: String

    /// The URI of the namespace; nil where there is none.
    public let namespace: String?

    /// The name as the document writes it, with its prefix.
    public let written: String

    /// A name from its parts.
    public init(local: String, namespace: String? = nil, written: String? = nil) {
        self.local = local
        self.namespace = namespace
        self.written = written ?? local
    }

    /// Whether two names are the same: local part and namespace.
    public static func == (left: Self, right: Self) -> Bool {
        left.local == right.local && left.namespace == right.namespace
    }

    /// Hashes what `==` compares.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(local)
        hasher.combine(namespace)
    }
}
