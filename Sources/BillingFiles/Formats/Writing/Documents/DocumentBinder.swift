import XMLStream

/// Puts the fields of a record to their places in a document, and makes the part that the record is of it.
///
/// To be used by one thread; each has its own.
struct DocumentBinder: Sendable {
    private let plan: DocumentPlan
    private let nameField: Int?
    /// The nodes of the record at hand with their values.
    private var nodes: [[UInt8]] = []
    private var alternative = 0
    /// Of each alternative the elements that are there in any case.
    private let around: [[Int]]
    private let documentNodes: [[Int]]
    private let groupNodes: [[Int]]

    init(_ plan: DocumentPlan) {
        self.plan = plan
        nameField = plan.fields.firstIndex(of: "name()")
        around = plan.alternatives.map { $0.element.chain }
        documentNodes = plan.templates.indices.map { plan.keyNodes($0, .document) }
        groupNodes = plan.templates.indices.map { plan.keyNodes($0, .group) }
    }

    /// Which alternative a record is, as far as its fields tell by now.
    private func choose(_ text: RowText, _ values: [ValueRange]) -> Int? {
        guard let nameField, !values[nameField].isEmpty else {
            return plan.alternatives.count == 1 ? 0 : nil
        }
        let name = text.bytes[values[nameField].range]
        return plan.alternatives.firstIndex { $0.name[...] == name }
    }

    /// Gives fields what they hold in every document, so that ways that depend on them see it.
    func begin(_ values: inout [ValueRange], _ isAssigned: inout [Bool], _ text: inout RowText) {
        let chosen = choose(text, values)
        // What the one document says of all of its records counts whichever element a record becomes.
        guard chosen != nil || plan.templates.count == 1 else { return }
        let alternative = plan.alternatives[chosen ?? 0]
        let template = plan.templates[alternative.template]
        for (field, read) in alternative.reads.enumerated() where values[field].isEmpty {
            switch read {
            case .name:
                if chosen != nil { set(field, alternative.name, &values, &text) }
            case .node(let node):
                guard chosen != nil || plan.owners[alternative.template][node] == .document else { continue }
                switch template.nodes[node].content {
                case .literal(let literal): set(field, literal, &values, &text)
                case .hole(let prefix, let hole, let suffix):
                    guard case .named(let name) = hole.source, let source = plan.number(of: name),
                        !values[source].isEmpty
                    else { continue }
                    set(field, prefix + text.bytes[values[source].range] + suffix, &values, &text)
                    isAssigned[field] = true
                }
            case .nowhere, .lookup: continue
            }
        }
    }

    private func set(_ field: Int, _ value: [UInt8], _ values: inout [ValueRange], _ text: inout RowText) {
        let start = text.count
        text.append(value.span)
        values[field] = ValueRange(start..<text.count)
    }

    /// Puts all fields to their places, and gives each what is read there.
    mutating func bind(
        _ values: inout [ValueRange], _ isAssigned: [Bool], _ text: inout RowText
    ) -> FieldRefusal? {
        guard let number = choose(text, values) else {
            let names = plan.alternatives.map { "'\(String(decoding: $0.name, as: UTF8.self))'" }
            return FieldRefusal(
                field: nameField ?? 0, expected: "a value for which \(names.joined(separator: " or ")) is written")
        }
        alternative = number
        let alternative = plan.alternatives[number]
        let template = plan.templates[alternative.template]
        nodes = template.nodes.map { _ in [] }
        for node in alternative.nodes {
            guard let hole = template.nodes[node].content.hole, !hole.isLate else { continue }
            if let refusal = fill(node, hole, alternative, values, isAssigned, text) { return refusal }
        }
        let presence = TemplatePresence(template, values: nodes, around: around[number])
        for (node, other) in alternative.same { nodes[node] = nodes[other] }
        for node in alternative.nodes where nodes[node].isEmpty {
            let place = template.nodes[node]
            guard place.content.hole?.isNeeded ?? false, presence.holds(place) else { continue }
            return FieldRefusal(
                field: alternative.readers[node].first ?? 0,
                expected: "a value, for <\(place.path.last?.written ?? "")> cannot be without it")
        }
        for node in alternative.nodes {
            guard case .literal(let literal) = template.nodes[node].content, presence.holds(template.nodes[node]) else {
                continue
            }
            nodes[node] = literal
        }
        for (field, read) in alternative.reads.enumerated() {
            switch read {
            case .name: set(field, alternative.name, &values, &text)
            case .nowhere:
                if isAssigned[field], !values[field].isEmpty {
                    let name = String(decoding: alternative.name, as: UTF8.self)
                    return FieldRefusal(field: field, expected: "nothing, for <\(name)> has no place for it")
                }
                values[field] = .absent
            case .lookup(let node, _):
                if nodes[node].isEmpty { values[field] = .absent }
            case .node(let node):
                let content = nodes[node]
                if case .literal(let literal) = template.nodes[node].content, isAssigned[field],
                    text.bytes[values[field].range] != literal[...]
                {
                    return FieldRefusal(
                        field: field, expected: "what means '\(String(decoding: literal, as: UTF8.self))' there")
                }
                if content.isEmpty { values[field] = .absent } else { set(field, content, &values, &text) }
            }
        }
        return nil
    }

    /// Fills a hole; a refusal names the field whose value it cannot take.
    private mutating func fill(
        _ node: Int, _ hole: TemplateHole, _ alternative: DocumentPlan.Alternative, _ values: [ValueRange],
        _ isAssigned: [Bool], _ text: RowText
    ) -> FieldRefusal? {
        let content = plan.templates[alternative.template].nodes[node].content
        guard case .hole(let prefix, _, let suffix) = content else { return nil }
        var value: [UInt8] = []
        var source = alternative.readers[node].first ?? 0
        if case .named(let name) = hole.source, let field = plan.number(of: name) {
            value = Array(text.bytes[values[field].range])
            source = alternative.readers[node].first { isAssigned[$0] } ?? field
        } else {
            for field in alternative.readers[node] where isAssigned[field] && !values[field].isEmpty {
                var own = Array(text.bytes[values[field].range])
                if case .lookup(_, let keys) = alternative.reads[field] {
                    guard let key = keys[own] else {
                        return FieldRefusal(
                            field: field,
                            expected:
                                "one of \(keys.keys.map { String(decoding: $0, as: UTF8.self) }.sorted().joined(separator: ", "))"
                        )
                    }
                    own = key
                }
                guard value.isEmpty || value == own else {
                    return FieldRefusal(field: field, expected: "what another column has for the same place")
                }
                value = own
                source = field
            }
        }
        if let expected = hole.refusal(of: value) { return FieldRefusal(field: source, expected: expected) }
        if hole.isInCents { value = TemplateHole.inCents(value) ?? value }
        nodes[node] = value.isEmpty ? [] : prefix + value + suffix
        return nil
    }

    /// Why the place of a field does not take a value, as far as the record's element is known.
    func refusal(of value: ArraySlice<UInt8>, for field: Int, _ values: [ValueRange], _ text: RowText) -> String? {
        guard let number = choose(text, values) else { return nil }
        let alternative = plan.alternatives[number]
        guard alternative.reads.indices.contains(field), !value.isEmpty else { return nil }
        if case .nowhere = alternative.reads[field] {
            return "nothing, for <\(String(decoding: alternative.name, as: UTF8.self))> has no place for it"
        }
        guard case .node(let node) = alternative.reads[field],
            let hole = plan.templates[alternative.template].nodes[node].content.hole
        else { return nil }
        return hole.refusal(of: Array(value))
    }

    /// The part of its document that the record is which was put to its places last.
    func part(record: Int) -> WrittenPart {
        let alternative = plan.alternatives[self.alternative]
        let template = plan.templates[alternative.template]
        let nodes = self.nodes
        func key(_ numbers: [Int]) -> [UInt8] {
            Array(numbers.map { nodes[$0] }.joined(separator: [WrittenPart.separator]))
        }
        var bytes: [UInt8] = []
        DocumentText(template, values: nodes, around: around[self.alternative])
            .append(alternative.element, depth: alternative.element.chain.count - 1, to: &bytes)
        return WrittenPart(
            record: record, template: alternative.template, document: key(documentNodes[alternative.template]),
            group: key(groupNodes[alternative.template]), bytes: bytes, sums: alternative.summed.map { nodes[$0] })
    }
}

extension TemplateHole {
    /// An amount with two decimals; nil where it is none, or has more that are not zero.
    static func inCents(_ value: [UInt8]) -> [UInt8]? {
        guard let amount = AmountText(value.span) else { return nil }
        guard value[amount.decimals].dropFirst(2).allSatisfy({ $0 == UInt8(ascii: "0") }) else { return nil }
        let decimals = Array(value[amount.decimals].prefix(2))
        return Array(value[..<amount.whole.lowerBound]) + value[amount.whole] + [UInt8(ascii: ".")] + decimals
            + Array(repeating: UInt8(ascii: "0"), count: 2 - decimals.count)
    }

    /// What the hole takes, where it does not take a value.
    func refusal(of value: [UInt8]) -> String? {
        guard let first = value.first, let last = value.last else {
            return isRequired ? "a value, for every record of the format states one" : nil
        }
        for byte in [first, last] where byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") {
            return "a text without blanks around it, which mean nothing in the format"
        }
        if value.contains(where: { $0 == 0x0A || $0 == 0x0D }) { return "a text without line breaks" }
        var escaped: [UInt8] = []
        if XMLText.append(value.span, to: &escaped) { return "characters that XML can carry" }
        if isUnsigned, first == UInt8(ascii: "-") { return "an amount that is not below zero" }
        if isASCII, value.contains(where: { $0 >= 0x7F || $0 < 0x20 }) {
            return "letters without marks, digits and signs"
        }
        if isLineNumber, value.count > 4 || !value.allSatisfy({ $0 &- 0x30 <= 9 }) || value.allSatisfy({ $0 == 0x30 }) {
            return "a number from 1 to 9999"
        }
        if isInCents, !value.isEmpty, Self.inCents(value) == nil { return "an amount with at most two decimals" }
        if isCurrency, value.count != 3 || !value.allSatisfy({ (0x41...0x5A).contains($0) }) {
            return "the three capitals of a currency"
        }
        if isDigits, !value.allSatisfy({ $0 &- 0x30 <= 9 }) { return "digits" }
        if let most = mostCharacters, value.count(where: { $0 & 0xC0 != 0x80 }) > most {
            return "at most \(most) characters"
        }
        return nil
    }
}
