/// Which documents of a schema can be validated in parts.
///
/// A part is the start tag of the outermost element, some whole records, and its end tag. Its verdict is that of the
/// same records in the whole document only if nothing in the schema ties records to each other, so the answer is
/// yes only for the plainest of schemas.
struct SchemaSplit {
    private let outlines: [SchemaOutline]
    private let main: SchemaTree
    private let targetNamespace: String
    private let qualifiesLocals: Bool

    /// Looks at the documents of a schema, the main one first.
    init(_ outlines: [SchemaOutline]) {
        self.outlines = outlines
        main = outlines.first?.tree ?? SchemaTree()
        targetNamespace = main.tags.first?["targetNamespace"] ?? ""
        qualifiesLocals = main.tags.first?["elementFormDefault"] == "qualified"
    }

    /// The records of each outermost element whose content is one element, repeated without bound.
    var records: [XMLName: XMLName] {
        let isPlain = outlines.allSatisfy { outline in
            outline.notes.isEmpty && !outline.hasIdentityConstraints && !outline.hasRedefinitions
                && outline.substitutions.isEmpty
        }
        guard isPlain else { return [:] }
        var records: [XMLName: XMLName] = [:]
        for element in main.children(of: 0) where main.tags[element].name == .schema("element") {
            let tag = main.tags[element]
            guard tag.allows(["name", "type", "id"]), let name = tag["name"], let type = type(of: element),
                let record = record(inType: type)
            else { continue }
            records[XMLName(name, in: targetNamespace)] = record
        }
        return records
    }

    /// The complex type of an element, inline or one of the main document that no other is derived from.
    private func type(of element: Int) -> Int? {
        let children = main.children(of: element)
        guard let name = main.tags[element].names("type").first else {
            guard children.count == 1, main.tags[children[0]].name == .schema("complexType") else { return nil }
            return children[0]
        }
        // A document may name a derived type with xsi:type.
        guard children.isEmpty, name.namespace ?? "" == targetNamespace,
            outlines.allSatisfy({ outline in !outline.bases.contains { $0.local == name.local } })
        else { return nil }
        let types = main.children(of: 0).filter { type in
            main.tags[type].name == .schema("complexType") && main.tags[type]["name"] == name.local
        }
        return types.count == 1 ? types[0] : nil
    }

    private func record(inType type: Int) -> XMLName? {
        guard main.tags[type].allows(["name", "id"]) else { return nil }
        let attributes: Set<XMLName> = [
            .schema("attribute"), .schema("attributeGroup"), .schema("anyAttribute"),
        ]
        let children = main.children(of: type)
        let content = children.filter { !attributes.contains(main.tags[$0].name) }
        guard content.count == 1, main.tags[content[0]].allows(["id", "minOccurs", "maxOccurs"]) else { return nil }
        let model = main.tags[content[0]]
        guard model.name == .schema("sequence") || model.name == .schema("choice"),
            ["0", "1"].contains(model["minOccurs"] ?? "1"), model["maxOccurs"] ?? "1" == "1"
        else { return nil }
        let particles = main.children(of: content[0])
        guard particles.count == 1, main.tags[particles[0]].name == .schema("element") else { return nil }
        return record(inParticle: main.tags[particles[0]])
    }

    private func record(inParticle tag: SchemaTag) -> XMLName? {
        guard tag["maxOccurs"] == "unbounded", ["0", "1"].contains(tag["minOccurs"] ?? "1") else { return nil }
        if let reference = tag.names("ref").first {
            return reference.namespace ?? "" == targetNamespace ? reference : nil
        }
        guard let name = tag["name"] else { return nil }
        let isQualified = tag["form"].map { $0 == "qualified" } ?? qualifiesLocals
        return XMLName(name, in: isQualified ? targetNamespace : "")
    }
}

extension SchemaTag {
    /// Whether the tag has no other attributes than these, those of other namespaces left aside.
    fileprivate func allows(_ known: Set<String>) -> Bool {
        attributes.keys.allSatisfy { $0.namespace == nil ? known.contains($0.local) : true }
    }
}
