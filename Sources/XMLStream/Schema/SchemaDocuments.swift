/// The documents of a schema: the main one, and all that it leads to.
struct SchemaDocuments: Sendable {
    /// The address of the main document.
    private(set) var main: String

    /// The bytes of the documents by the address that libxml2 asks for.
    private(set) var entities: [String: [UInt8]] = [:]

    /// The files by their addresses.
    private(set) var files: [String: String] = [:]

    /// What the documents hold, the main one first.
    private(set) var outlines: [SchemaOutline] = []

    private let limits: SchemaLimits
    private var totalBytes = 0

    /// A schema of one document that is in memory and names no others.
    ///
    /// - Throws: `SchemaRefusal`.
    init(text: String, name: String, limits: SchemaLimits = .standard) throws(SchemaRefusal) {
        main = SchemaAddress.of("/" + name)
        self.limits = limits
        let outline = try add(Array(text.utf8), address: main, name: name)
        if let reference = outline.references.first {
            throw SchemaRefusal(
                .outsideFolders, file: name, line: reference.line, column: reference.column,
                "names another document, which a schema in memory cannot")
        }
    }

    /// Reads the first of the named documents and every document that it leads to.
    ///
    /// - Parameters:
    ///   - paths: The main document, and others: what the main one leads to may come from the folders of all of them.
    ///   - limits: How much they may hold.
    /// - Throws: `SchemaRefusal`.
    init(naming paths: [String], limits: SchemaLimits = .standard) throws(SchemaRefusal) {
        LibXML2.initialise()
        self.limits = limits
        main = ""
        var named: [String] = []
        for path in paths {
            guard let canonical = SchemaFiles.canonicalPath(path) else {
                throw SchemaRefusal(.unreadable, file: path, "is not there")
            }
            named.append(canonical)
        }
        guard let first = named.first, let name = paths.first else {
            throw SchemaRefusal(.unreadable, file: "", "no schema is named")
        }
        main = SchemaAddress.of(first)
        try follow(from: Step(address: main, path: first, name: name), folders: SchemaFolders(of: named))
    }

    private mutating func follow(from start: Step, folders: SchemaFolders) throws(SchemaRefusal) {
        var paths = [start.address: start.path]
        var open = [start]
        var known: [String: [UInt8]] = [:]
        while let step = open.popLast() {
            let bytes: [UInt8]
            if let earlier = known[step.path] { bytes = earlier } else { bytes = try self.bytes(of: step) }
            known[step.path] = bytes
            for reference in try add(bytes, address: step.address, name: step.name).references {
                let target = try folders.path(of: reference, from: step.path, name: step.name).get()
                guard let next = SchemaAddress.of(reference.location, from: step.address) else {
                    throw step.refusal(.unusableLocation, reference, "is no address")
                }
                if let earlier = paths[next] {
                    guard earlier == target else {
                        throw step.refusal(.unusableLocation, reference, "leads to two different files")
                    }
                    continue
                }
                paths[next] = target
                open.append(Step(address: next, path: target, name: target, from: step.name, reference: reference))
            }
        }
    }

    private func bytes(of step: Step) throws(SchemaRefusal) -> [UInt8] {
        switch SchemaFiles.read(step.path, limit: limits.documentBytes, name: step.name) {
        case .success(let bytes): return SignatureDoctype.blanked(bytes)
        case .failure(let refusal):
            // Where it is named is what has to be changed.
            guard let reference = step.reference, let from = step.from, let fault = refusal.faults.first else {
                throw refusal
            }
            throw SchemaRefusal(
                fault.kind, file: from, line: reference.line, column: reference.column,
                "\"\(reference.location)\" \(fault.message)")
        }
    }

    /// A message of libxml2 with the names of the files and without its abundance.
    func message(_ text: String) -> String {
        var text = text.replacing("{\(XMLName.schemaNamespace)}", with: "xs:")
        for (address, file) in files { text.replace(address, with: file) }
        while text.hasSuffix(".") { text.removeLast() }
        return text
    }

    /// Takes a document, or says why it cannot be part of a schema.
    private mutating func add(
        _ bytes: [UInt8], address: String, name: String
    ) throws(SchemaRefusal) -> SchemaOutline {
        totalBytes += bytes.count
        guard entities.count < limits.documents else {
            throw SchemaRefusal(.limit, file: name, "is one document more than \(limits.documents)")
        }
        guard totalBytes <= limits.totalBytes else {
            throw SchemaRefusal(.limit, file: name, "brings the documents beyond \(limits.totalBytes) bytes")
        }
        let outline = try SchemaTagReader.outline(of: bytes, file: name, limits: limits).get()
        guard outline.isSchema else {
            throw SchemaRefusal(.invalid, file: name, line: 1, "the outermost element is not xs:schema")
        }
        if let base = outline.base {
            throw SchemaRefusal(
                .unusableLocation, file: name, line: base.line, column: base.column, "xml:base is not supported")
        }
        entities[address] = bytes
        files[address] = name
        outlines.append(outline)
        try checkSize()
        return outline
    }

    private func checkSize() throws(SchemaRefusal) {
        guard let file = outlines.last?.file else { return }
        guard outlines.reduce(0, { $0 + $1.elements }) <= limits.elements else {
            throw SchemaRefusal(.limit, file: file, "brings the schema beyond \(limits.elements) elements")
        }
        guard outlines.reduce(0, { $0 + $1.components }) <= limits.components else {
            throw SchemaRefusal(.limit, file: file, "brings the schema beyond \(limits.components) components")
        }
        let members = Set(outlines.flatMap(\.substitutions.keys))
        let deep = outlines.reduce(0) { sum, outline in
            sum + outline.substitutions.values.count { members.contains($0) }
        }
        guard deep <= limits.substitutions else {
            throw SchemaRefusal(
                .limit, file: file, "brings the schema beyond \(limits.substitutions) substitutions of substitutions")
        }
    }
}

/// A document on the way from the main one to all others.
private struct Step {
    let address: String
    let path: String
    let name: String

    /// The document that names it, and where.
    var from: String?
    var reference: SchemaOutline.Reference?

    /// A refusal for what a reference in this document says.
    func refusal(
        _ kind: SchemaFault.Kind, _ reference: SchemaOutline.Reference, _ message: String
    ) -> SchemaRefusal {
        SchemaRefusal(
            kind, file: name, line: reference.line, column: reference.column,
            "\"\(reference.location)\" \(message)")
    }
}

extension SchemaRefusal {
    /// A refusal for one reason.
    init(
        _ kind: SchemaFault.Kind, file: String, line: Int? = nil, column: Int? = nil, _ message: String
    ) {
        self.init(faults: [SchemaFault(kind, file: file, line: line, column: column, message)])
    }
}
