import XMLStream

/// How the fields of records stand in the documents of a format.
///
/// A document is a template with a record in it; what stands outside of the record's element is the same for all records
/// of a document, or of a group within it: records that differ there are in different groups or documents.
final class DocumentPlan: Sendable {
    /// Where a field is read in a document.
    enum Read: Hashable, Sendable {
        /// Nowhere.
        case nowhere
        /// It is the name of the record's element.
        case name
        /// At a node.
        case node(Int)
        /// In a table: at the node stands the key for it.
        case lookup(node: Int, keys: [[UInt8]: [UInt8]])
    }

    /// To what a node belongs.
    enum Owner: Hashable, Sendable {
        case document, group
        /// The record's element of an alternative.
        case record(Int)
    }

    /// A record's element of one of the templates.
    final class Alternative: Sendable {
        let template: Int
        let element: TemplateElement
        /// The local name of the element.
        let name: [UInt8]
        /// Where each field is read.
        let reads: [Read]
        /// The nodes of the document, of the group and of the record.
        let nodes: [Int]
        /// For each node of the template the fields that it feeds.
        let readers: [[Int]]
        /// For nodes that hold what another does, that other.
        let same: [Int: Int]
        /// The nodes of the amounts that the template adds, in the order of its `sums`.
        let summed: [Int]

        init(
            template: Int, element: TemplateElement, reads: [Read], nodes: [Int], readers: [[Int]], same: [Int: Int],
            summed: [Int]
        ) {
            self.template = template
            self.element = element
            name = Array(element.name.local.utf8)
            self.reads = reads
            self.nodes = nodes
            self.readers = readers
            self.same = same
            self.summed = summed
        }
    }

    let templates: [DocumentTemplate]

    /// Of each template the element of a group; nil where it has none.
    let groups: [TemplateElement?]

    /// Of each template to what its nodes belong.
    let owners: [[Owner]]

    /// Of each template the paths of the amounts that it adds.
    let sums: [[String]]

    let alternatives: [Alternative]

    /// The names of the fields: those of the mapping, then the values of `write`.
    let fields: [String]

    /// The percentage of the tax on amounts, in hundredths; nil where none is given.
    let taxPercent: Int64?

    /// The plan of a profile, or why there is none.
    static func make(_ profile: FormatProfile, _ records: XMLRecords) -> Result<DocumentPlan, WritingRefusal> {
        do throws(TemplateFault) {
            return .success(try DocumentPlan(profile, records))
        } catch {
            return .failure(WritingRefusal("of the document that 'write' describes: \(error.reason)"))
        }
    }

    private init(_ profile: FormatProfile, _ records: XMLRecords) throws(TemplateFault) {
        let sources = MappingPlan(profile).sources
        let values = profile.writing.fillings.keys.sorted().filter { !sources.contains($0) }
        fields = sources + values
        let paths = records.records.compactMap { XMLPath($0.path, namespaces: records.namespaces, base: []) }
        var templates: [DocumentTemplate] = []
        var groups: [TemplateElement?] = []
        var owners: [[Owner]] = []
        var sums: [[String]] = []
        var alternatives: [Alternative] = []
        for text in profile.writing.documents {
            let template = try DocumentTemplate.parse(text)
            let found = template.elements.filter { element in paths.contains { $0.matches(element.path[...]) } }
            // An element around records is one only where no record stands in it.
            let elements = found.filter { element in
                !found.contains { $0.number != element.number && $0.chain.contains(element.number) }
            }
            guard let first = elements.first else { throw TemplateFault(reason: "it holds no record") }
            let group = template.elements.first { element in
                element.name.local == profile.writing.group && first.chain.contains(element.number)
                    && element.number != first.number
            }
            var owner = template.nodes.map { node in
                group.map { node.chain.contains($0.number) } ?? false ? Owner.group : .document
            }
            for (place, element) in elements.enumerated() {
                for node in element.allNodes { owner[node] = .record(alternatives.count + place) }
            }
            var paths: [String] = []
            for case let path? in template.nodes.map({ $0.content.hole?.summed }) where !paths.contains(path) {
                paths.append(path)
            }
            let resolution = TemplatePaths(records: records, template: template, owners: owner)
            for element in elements {
                alternatives.append(
                    try Self.alternative(
                        element, number: alternatives.count, template: (templates.count, template), owner,
                        sources: sources, sums: paths, resolution))
            }
            for case .named(let name)? in template.nodes.map({ $0.content.hole?.source }) where !fields.contains(name) {
                throw TemplateFault(reason: "{\(name)} is no value of 'values'")
            }
            templates.append(template)
            groups.append(group)
            owners.append(owner)
            sums.append(paths)
        }
        self.templates = templates
        self.groups = groups
        self.owners = owners
        self.sums = sums
        self.alternatives = alternatives
        taxPercent = profile.writing.given.first { $0.name == "tax-percent" }?.value.value.flatMap(Self.hundredths)
    }

    private static func alternative(
        _ element: TemplateElement, number: Int, template: (number: Int, template: DocumentTemplate), _ owner: [Owner],
        sources: [String], sums: [String], _ resolution: TemplatePaths
    ) throws(TemplateFault) -> Alternative {
        let reads = sources.map { resolution.read($0, in: element, number) }
        var readers: [[Int]] = template.template.nodes.map { _ in [] }
        for (field, read) in reads.enumerated() {
            switch read {
            case .node(let node), .lookup(let node, _): readers[node].append(field)
            case .nowhere, .name: continue
            }
        }
        let nodes = owner.indices.filter {
            owner[$0] == .document || owner[$0] == .group || owner[$0] == .record(number)
        }
        for node in nodes where readers[node].isEmpty && template.template.nodes[node].content.hole?.source == .field {
            let place = template.template.nodes[node]
            let name = place.attribute.map { "@\($0.written)" } ?? place.path.last?.written ?? ""
            throw TemplateFault(
                reason: "the profile reads nothing at the hole in '\(name)' of <\(element.name.written)>")
        }
        var same: [Int: Int] = [:]
        for node in nodes {
            guard case .same(let path)? = template.template.nodes[node].content.hole?.source else { continue }
            guard case .node(let other) = resolution.read(path, in: element, number), other != node else {
                throw TemplateFault(reason: "'\(path)' is no other place in <\(element.name.written)>")
            }
            same[node] = other
        }
        var summed: [Int] = []
        for path in sums {
            guard case .node(let node) = resolution.read(path, in: element, number) else {
                throw TemplateFault(reason: "'\(path)', whose sum it states, is no place in <\(element.name.written)>")
            }
            summed.append(node)
        }
        return Alternative(
            template: template.number, element: element, reads: reads, nodes: nodes, readers: readers,
            same: same, summed: summed)
    }

    /// A percentage in hundredths; the text was looked at when it was given.
    private static func hundredths(_ text: String) -> Int64? {
        let parts = text.split(separator: ".")
        guard let first = parts.first, let whole = Int64(first) else { return nil }
        guard parts.count > 1 else { return whole * 100 }
        return Int64((parts[1] + "0").prefix(2)).map { whole * 100 + $0 }
    }

    /// The fields that some document has a place for.
    var available: [String] {
        fields.indices.filter { field in
            alternatives.contains { alternative in
                guard alternative.reads.indices.contains(field) else { return false }
                switch alternative.reads[field] {
                case .nowhere: return false
                case .name: return true
                case .node(let node), .lookup(let node, _):
                    return !(templates[alternative.template].nodes[node].content.hole?.isLate ?? false)
                }
            }
        }.map { fields[$0] }
    }

    /// The number of a field.
    func number(of field: String) -> Int? { fields.firstIndex(of: field) }

    /// The nodes of a template whose values tell documents or groups apart.
    func keyNodes(_ template: Int, _ owner: Owner) -> [Int] {
        owners[template].indices.filter { node in
            guard owners[template][node] == owner, let hole = templates[template].nodes[node].content.hole else {
                return false
            }
            return !hole.isLate
        }
    }
}
