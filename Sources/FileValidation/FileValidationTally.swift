import BillingFiles
import XMLStream

/// Counts what is found in a file.
struct FileValidationTally {
    private let file: String
    private(set) var counts: [InputRule: Int] = [:]
    var elements = 0
    var records = 0
    var notes: [ValidationNote] = []

    init(file: String) {
        self.file = file
    }

    /// Counts a finding, and returns how many there are of its rule.
    @discardableResult
    mutating func count(_ rule: InputRule) -> Int {
        counts[rule, default: 0] += 1
        return counts[rule, default: 0]
    }

    /// Counts findings that were counted elsewhere.
    mutating func add(_ others: [InputRule: Int]) { counts.merge(others, uniquingKeysWith: +) }

    /// Whether anything was found after which records may not be where they seem.
    var breaksStructure: Bool {
        counts.keys.contains { $0.breaksTrust && $0 != .missingSubscription }
    }

    /// A finding about the file as a whole.
    mutating func add(_ rule: InputRule, found: String, expected: String) -> InputFinding {
        let finding = InputFinding(rule: rule, place: .whole(file), found: found, expected: expected)
        count(finding.rule)
        return finding
    }

    /// A root element that no schema is for.
    mutating func addRoot(_ header: XMLFileHeader) -> InputFinding {
        var lines = XMLLines(reach: header.bytes.count, encoding: header.encoding)
        lines.append(header.bytes.span)
        let place = lines.place(of: UInt64(header.rootOffset))
        let known = NativeKind.allCases.map { "<\($0.rootElement)>" }.joined(separator: ", ")
        let name = VisibleText.of(header.rootName.written.utf8)
        let namespace = header.rootName.namespace.map { " in the namespace \(VisibleText.of($0.utf8, limit: 100))" }
        let finding = InputFinding(
            rule: .wrongRootElement,
            place: Place(
                file: file, line: place.line, record: 0, column: place.column, field: name,
                byteOffset: UInt64(header.rootOffset)),
            found: "the root element <\(name)>\(namespace ?? "")",
            expected: "one that there is a schema for: \(known), or that of a schema named with --schema",
            path: "/\(name)")
        count(finding.rule)
        return finding
    }

    /// What came of the file, if the parser says this of it.
    func outcome(verdict: XMLVerdict) -> FileValidationOutcome {
        let errors = counts.keys.filter { $0.severity == .error }
        let isWrong = errors.contains { !Self.isDoubt($0) }
        return FileValidationOutcome(
            file: file,
            verdict: isWrong ? .invalid : verdict == .accepted && errors.isEmpty ? .valid : .undecided,
            counts: counts, elements: elements, records: records, notes: notes)
    }

    /// Whether a rule says only that a file is not read or decided, not that it is wrong.
    static func isDoubt(_ rule: InputRule) -> Bool {
        switch rule {
        case .documentType, .xmlLimit, .jsonLimit, .unknownEncoding, .schemaUndecided, .wrongRootElement,
            .unknownLayout,
            .ambiguousDialect, .ambiguousEncoding, .ambiguousDecimal, .ambiguousDateOrder:
            true
        default: false
        }
    }
}
