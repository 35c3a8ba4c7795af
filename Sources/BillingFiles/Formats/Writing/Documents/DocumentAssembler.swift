/// Puts records together to documents, in the order in which their documents, groups and they themselves come.
///
/// Everything is held until the last record is there: what a document says of its records stands in front of them.
public struct DocumentAssembler: Sendable {
    /// How many bytes of records are held at most.
    public static let limit = 1 << 30

    private struct Group {
        let key: [UInt8]
        var records: [UInt8] = []
        var totals = DocumentTotals()
    }

    private struct Document {
        let template: Int
        let key: [UInt8]
        var groups: [Group] = []
        var places: [[UInt8]: Int] = [:]
    }

    private let plan: DocumentPlan
    private var documents: [Document] = []
    private var places: [[UInt8]: Int] = [:]
    private var held = 0

    /// Documents of a format; nil for one whose records stand on their own.
    public init?(_ plan: WritingPlan) {
        guard case .documents(let plan) = plan.form.kind else { return nil }
        self.plan = plan
    }

    /// How many documents there are.
    public var count: Int { documents.count }

    /// Whether more is held than may be.
    public var isOverLimit: Bool { held > Self.limit }

    /// Adds records in their order.
    public mutating func add(_ parts: [WrittenPart]) {
        for part in parts {
            let key = [UInt8(truncatingIfNeeded: part.template)] + part.document
            let place = places[key] ?? documents.count
            if place == documents.count {
                places[key] = place
                documents.append(Document(template: part.template, key: part.document))
            }
            let group = documents[place].places[part.group] ?? documents[place].groups.count
            if group == documents[place].groups.count {
                documents[place].places[part.group] = group
                documents[place].groups.append(Group(key: part.group))
            }
            documents[place].groups[group].records += part.bytes
            documents[place].groups[group].totals.add(part.sums)
            held += part.bytes.count
        }
    }

    /// The name of a document's file, where there are several: its number, and what it calls itself.
    public func fileName(of number: Int) -> String {
        let document = documents[number]
        let nodes = plan.templates[document.template].nodes
        let keys = zip(plan.keyNodes(document.template, .document), WrittenPart.values(of: document.key))
        // What records say first of their document is its number, where it has one.
        let first = keys.first { nodes[$0.0].content.hole?.source == .field }?.1 ?? []
        let own = String(decoding: first, as: UTF8.self)
        let shown = own.unicodeScalars.prefix(60).map { scalar -> Character in
            let isPlain = scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
            return isPlain || scalar == "-" || scalar == "." ? Character(scalar) : "_"
        }
        let digits = "\(number + 1)"
        let place = String(repeating: "0", count: max(0, 5 - digits.count)) + digits
        return place + (shown.isEmpty ? "" : "-" + String(shown)) + ".xml"
    }

    /// The bytes of a document; nil where one of its sums has no room in an amount.
    public func bytes(of number: Int) -> [UInt8]? {
        let document = documents[number]
        let template = plan.templates[document.template]
        let records = plan.alternatives.filter { $0.template == document.template }.map(\.element)
        guard let first = records.first else { return nil }
        var totals = DocumentTotals()
        for group in document.groups { totals.add(group.totals) }
        guard !totals.isOverflowing else { return nil }
        let hash = self.hash(document)
        var values = template.nodes.map { _ in [UInt8]() }
        fill(&values, .document, document.template, document.key, totals, hash)
        func insertRecords(_ group: Group, _ bytes: inout [UInt8]) { bytes += group.records }
        let group = plan.groups[document.template]
        var bytes = Array("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".utf8)
        let text = DocumentText(template, values: values, around: first.chain)
        text.append(template.root, depth: 0, to: &bytes) { element, depth, bytes in
            if let group, element.number == group.number {
                for part in document.groups {
                    var own = values
                    fill(&own, .group, document.template, part.key, part.totals, hash)
                    DocumentText(template, values: own, around: first.chain)
                        .append(group, depth: depth, to: &bytes) { element, _, bytes in
                            insert(part.records, for: element, records, &bytes)
                        }
                }
                return true
            }
            guard group == nil else { return false }
            return insert(document.groups.first?.records ?? [], for: element, records, &bytes)
        }
        return bytes
    }

    /// Writes records in the place of the first of their elements; the others are passed over.
    private func insert(
        _ bytes: [UInt8], for element: TemplateElement, _ records: [TemplateElement], _ text: inout [UInt8]
    ) -> Bool {
        guard let place = records.firstIndex(where: { $0.number == element.number }) else { return false }
        if place == 0 { text += bytes }
        return true
    }

    /// Gives nodes what the key of a document or group has for them, and what its records come to.
    private func fill(
        _ values: inout [[UInt8]], _ owner: DocumentPlan.Owner, _ template: Int, _ key: [UInt8],
        _ totals: DocumentTotals, _ hash: [UInt8]
    ) {
        for (node, value) in zip(plan.keyNodes(template, owner), WrittenPart.values(of: key)) { values[node] = value }
        for (number, node) in plan.templates[template].nodes.enumerated() where plan.owners[template][number] == owner {
            switch node.content {
            case .literal(let text): values[number] = text
            case .hole(let prefix, let hole, let suffix):
                guard hole.isLate else { continue }
                let sum = hole.summed.flatMap { plan.sums[template].firstIndex(of: $0) }
                values[number] =
                    prefix + totals.text(of: hole, sum: sum, percent: plan.taxPercent ?? 0, hash: hash) + suffix
            }
        }
    }

    /// 24 digits that follow from all that the document holds.
    private func hash(_ document: Document) -> [UInt8] {
        var text = document.key
        for group in document.groups { text += [WrittenPart.separator] + group.key + group.records }
        return Array(FileDigest.sha256(of: text).prefix(24).uppercased().utf8)
    }
}
