/// The formats that native files come in.
public enum NativeFormat: String, CaseIterable, Sendable {
    /// Comma-separated values.
    case csv

    /// XML 1.0.
    case xml

    /// The name in full, as it is listed.
    public var name: String { "native-\(rawValue)" }

    /// The format as people write it.
    public var title: String { self == .csv ? "CSV" : "XML" }

    /// The format of a name on the command line: `csv`, `xml`, or the name in full.
    public init?(name: String) {
        guard let format = Self.allCases.first(where: { [$0.rawValue, $0.name].contains(name) }) else { return nil }
        self = format
    }

    /// The format that a file's name ends with, in front of `.gz` and `.zst`, in capitals or not.
    public init?(path: String) {
        var name = path.lowercased()
        for ending in [".gz", ".zst"] where name.hasSuffix(ending) {
            name.removeLast(ending.count)
            break
        }
        guard let format = Self.allCases.first(where: { name.hasSuffix(".\($0.rawValue)") }) else { return nil }
        self = format
    }

    /// How many bytes of a file's beginning tell its format.
    public static let telltaleLength = 1024

    /// The format of a text that begins with these bytes: XML when its first character, but for a byte order mark and
    /// white space, is `<`; CSV in any other case.
    public init(beginning: [UInt8]) {
        self = XMLCutting.isXML(beginning) ? .xml : .csv
    }
}
