/// Something wrong in a settings file: where, what was found, what was expected, and how to mend it.
public struct SettingsFault: Hashable, Sendable {
    /// The name of the file.
    public let file: String
    /// The place in the file.
    public let place: SettingsPlace
    /// The way to the value, for example `offers[2].price`; empty for the whole file.
    public let path: String
    /// What was found, in words.
    public let found: String
    /// What was expected, in words.
    public let expected: String
    /// What to do about it; empty when that is plain.
    public let remedy: String

    /// A fault.
    public init(
        file: String, place: SettingsPlace, path: String, found: String, expected: String, remedy: String = ""
    ) {
        self.file = file
        self.place = place
        self.path = path
        self.found = found
        self.expected = expected
        self.remedy = remedy
    }
}

extension SettingsFault: CustomStringConvertible {
    /// One line: place, path, what was found and expected, and the remedy.
    public var description: String {
        let way = path.isEmpty ? "" : "\(path): "
        let advice = remedy.isEmpty ? "" : "; \(remedy)"
        return "\(file):\(place.line):\(place.column): \(way)found \(found), expected \(expected)\(advice)"
    }
}

/// A settings file that cannot be used, with all that is wrong in it.
public struct SettingsRefusal: Error, Sendable {
    /// The faults, in the order of the file; at least one.
    public let faults: [SettingsFault]

    /// A refusal; the faults are put in the order of the file.
    public init(_ faults: [SettingsFault]) {
        self.faults = faults.enumerated().sorted {
            ($0.element.place.line, $0.element.place.column, $0.offset)
                < ($1.element.place.line, $1.element.place.column, $1.offset)
        }.map(\.element)
    }
}

extension SettingsRefusal: CustomStringConvertible {
    /// A line for each fault.
    public var description: String { faults.map(\.description).joined(separator: "\n") }
}
