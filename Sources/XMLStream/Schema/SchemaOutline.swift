/// What is asked of a schema document before libxml2 compiles it.
struct SchemaOutline: Sendable {
    /// A reference to another document.
    struct Reference: Sendable {
        /// The value of `schemaLocation`.
        let location: String
        let line: Int
        let column: Int
    }

    /// The file that the document stands in.
    let file: String

    /// The documents that this one names, in its order.
    private(set) var references: [Reference] = []

    /// The types that validation does not enforce.
    private(set) var notes: [SchemaNote] = []

    /// The types, elements, attributes and groups at the top.
    private(set) var components = 0

    /// All elements of the document.
    private(set) var elements = 0

    /// The head of the substitution group of each element that is in one, by local names.
    private(set) var substitutions: [String: String] = [:]

    /// Every type that another one is derived from.
    private(set) var bases: Set<XMLName> = []

    /// Whether the document has xs:key, xs:keyref or xs:unique.
    private(set) var hasIdentityConstraints = false

    /// Whether the document redefines components of another one.
    private(set) var hasRedefinitions = false

    /// Where `xml:base` stands, which is not supported.
    private(set) var base: Reference?

    /// Whether the outermost element is `xs:schema`.
    private(set) var isSchema = false

    /// The elements of a small document, as a tree; empty for a large one.
    private(set) var tree = SchemaTree()

    private var depth = 0

    private static let unenforced: Set<String> = ["ID", "IDREF", "IDREFS", "ENTITY", "ENTITIES"]
    private static let named: Set<String> = [
        "simpleType", "complexType", "element", "attribute", "group", "attributeGroup", "notation",
    ]

    init(file: String) {
        self.file = file
    }

    /// Takes a start tag.
    mutating func start(_ tag: SchemaTag) {
        depth += 1
        elements += 1
        tree.start(tag)
        if let value = tag.attributes[XMLName("base", in: XMLName.xmlNamespace)], base == nil {
            base = Reference(location: value, line: tag.line, column: tag.column)
        }
        guard tag.name.namespace == XMLName.schemaNamespace else { return }
        if depth == 1 {
            isSchema = tag.name.local == "schema"
        }
        if depth == 2 || hasRedefinitions && depth == 3, SchemaOutline.named.contains(tag.name.local) {
            components += 1
        }
        switch tag.name.local {
        case "import", "include", "redefine":
            hasRedefinitions = hasRedefinitions || tag.name.local == "redefine"
            if let location = tag["schemaLocation"] {
                references.append(Reference(location: location, line: tag.line, column: tag.column))
            }
        case "key", "keyref", "unique": hasIdentityConstraints = true
        default: break
        }
        if let head = tag.names("substitutionGroup").first, let name = tag["name"] {
            substitutions[name] = head.local
        }
        bases.formUnion(tag.names("base"))
        for attribute in ["type", "base", "itemType", "memberTypes"] {
            for name in tag.names(attribute) { note(name, at: tag) }
        }
    }

    /// Takes an end tag.
    mutating func end() {
        depth -= 1
        tree.end()
    }

    private mutating func note(_ type: XMLName, at tag: SchemaTag) {
        guard type.namespace == XMLName.schemaNamespace, SchemaOutline.unenforced.contains(type.local) else {
            return
        }
        if let known = notes.firstIndex(where: { $0.type == type.local }) {
            notes[known].uses += 1
        } else {
            notes.append(SchemaNote(type: type.local, file: file, line: tag.line, column: tag.column, uses: 1))
        }
    }
}
