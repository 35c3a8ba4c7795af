import Yams

/// Makes our values of those of the YAML library, and counts them.
struct NodeConversion {
    let file: String
    let limits: SettingsLimits
    private var values = 0

    init(file: String, limits: SettingsLimits) {
        self.file = file
        self.limits = limits
    }

    mutating func node(_ node: Node, path: String, depth: Int) throws(SettingsRefusal) -> SettingsNode {
        let place = node.mark?.place ?? SettingsPlace(line: 1, column: 1)
        values += 1
        guard values <= limits.values else {
            throw refusal(place, path, found: "more than \(limits.values) values", expected: "fewer values")
        }
        guard depth <= limits.depth else {
            throw refusal(place, path, found: "more than \(limits.depth) levels", expected: "fewer levels")
        }
        switch node {
        case .scalar(let scalar):
            return SettingsNode(place: place, path: path, content: Self.content(scalar))
        case .sequence(let sequence):
            var nodes: [SettingsNode] = []
            for (index, element) in sequence.enumerated() {
                nodes.append(try self.node(element, path: "\(path)[\(index)]", depth: depth + 1))
            }
            return SettingsNode(place: place, path: path, content: .list(nodes))
        case .mapping(let mapping):
            var entries: [SettingsNode.Entry] = []
            for (key, value) in mapping { entries.append(try entry(key, value, path: path, depth: depth)) }
            return SettingsNode(place: place, path: path, content: .mapping(entries))
        case .alias:
            throw refusal(place, path, found: "an alias of nothing", expected: "a value")
        }
    }

    private mutating func entry(
        _ key: Node, _ value: Node, path: String, depth: Int
    ) throws(SettingsRefusal) -> SettingsNode.Entry {
        let place = key.mark?.place ?? SettingsPlace(line: 1, column: 1)
        guard case .scalar(let scalar) = key else {
            throw refusal(place, path, found: "a key that is no text", expected: "a text")
        }
        let way = path.isEmpty ? scalar.string : "\(path).\(scalar.string)"
        return SettingsNode.Entry(
            key: scalar.string, place: place, value: try node(value, path: way, depth: depth + 1))
    }

    private static func content(_ scalar: Node.Scalar) -> SettingsNode.Content {
        guard scalar.style == .plain || scalar.style == .any else { return .text(scalar.string) }
        return ["", "~", "null"].contains(scalar.string) ? .empty : .text(scalar.string)
    }

    private func refusal(
        _ place: SettingsPlace, _ path: String, found: String, expected: String
    ) -> SettingsRefusal {
        SettingsRefusal([SettingsFault(file: file, place: place, path: path, found: found, expected: expected)])
    }
}
