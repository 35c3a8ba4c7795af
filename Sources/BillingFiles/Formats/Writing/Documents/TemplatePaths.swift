import XMLStream

/// Finds the places of a template at which the paths of a profile lead.
struct TemplatePaths {
    let records: XMLRecords
    let template: DocumentTemplate
    let owners: [DocumentPlan.Owner]

    /// Where a path leads from a record's element.
    func read(_ source: String, in record: TemplateElement, _ number: Int) -> DocumentPlan.Read {
        let base = record.path.map { XMLPath.Step.named($0.local, namespaces: [$0.namespace]) }
        switch XMLSourceText(source, tables: records.tables) {
        case .name: return .name
        case .position: return .nowhere
        case .path(let texts, _): return node(texts, base, number).map { .node($0) } ?? .nowhere
        case .entry(let name, let key):
            guard let table = path(of: name, base) else { return .nowhere }
            let entries = entries(table, number)
            return entries.first { $0.key == Array(key.utf8) }.map { .node($0.value) } ?? .nowhere
        case .lookup(let name, .path(let texts, _)):
            guard let table = path(of: name, base), let node = node(texts, base, number) else { return .nowhere }
            var keys: [[UInt8]: [UInt8]] = [:]
            for entry in entries(table, number) {
                guard case .literal(let value) = template.nodes[entry.value].content else { continue }
                keys[value] = keys[value] ?? entry.key
            }
            return .lookup(node: node, keys: keys)
        case .lookup: return .nowhere
        }
    }

    /// The first place at which one of some paths leads, holes before what is always the same.
    private func node(_ texts: [String], _ base: [XMLPath.Step], _ number: Int) -> Int? {
        for text in texts {
            guard let path = XMLPath(text, namespaces: records.namespaces, base: base) else { continue }
            let found = nodes(at: path, number)
            if let node = found.first(where: { template.nodes[$0].content.hole != nil }) ?? found.first { return node }
        }
        return nil
    }

    private func nodes(at path: XMLPath, _ number: Int) -> [Int] {
        template.nodes.indices.filter { index in
            if case .record(let other) = owners[index], other != number { return false }
            let node = template.nodes[index]
            guard path.matches(node.path[...]) else { return false }
            switch (path.attribute, node.attribute) {
            case (nil, nil): return true
            case (let wanted?, let name?): return wanted.fits(name)
            default: return false
            }
        }
    }

    private typealias Table = (entries: XMLPath, key: XMLPath, value: XMLPath)

    private func path(of name: String, _ base: [XMLPath.Step]) -> Table? {
        let spaces = records.namespaces
        guard let table = records.tables.first(where: { $0.name == name }),
            let entries = XMLPath(table.entries, namespaces: spaces, base: base),
            let key = XMLPath(table.key, namespaces: spaces, base: entries.steps),
            let value = XMLPath(table.value, namespaces: spaces, base: entries.steps)
        else { return nil }
        return (entries, key, value)
    }

    /// The entries of a table whose keys are always the same, with the nodes of their values.
    private func entries(_ table: Table, _ number: Int) -> [(key: [UInt8], value: Int)] {
        let values = nodes(at: table.value, number)
        return nodes(at: table.key, number).compactMap { key -> (key: [UInt8], value: Int)? in
            guard case .literal(let text) = template.nodes[key].content else { return nil }
            let chain = template.nodes[key].chain
            let value = values.first { value in
                template.elements.contains { element in
                    chain.contains(element.number) && template.nodes[value].chain.contains(element.number)
                        && table.entries.matches(element.path[...])
                }
            }
            return value.map { (key: text, value: $0) }
        }
    }
}
