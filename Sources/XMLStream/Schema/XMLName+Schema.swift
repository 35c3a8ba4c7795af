extension XMLName {
    /// The namespace of XML Schema.
    static let schemaNamespace = "http://www.w3.org/2001/XMLSchema"

    /// The namespace of `xml:base` and `xml:lang`.
    static let xmlNamespace = "http://www.w3.org/XML/1998/namespace"

    /// A name in a namespace, the empty URI standing for none.
    init(_ local: String, in namespace: String = "") {
        self.init(local: local, namespace: namespace.isEmpty ? nil : namespace)
    }

    /// A name of XML Schema itself.
    static func schema(_ local: String) -> XMLName {
        XMLName(local, in: schemaNamespace)
    }
}
