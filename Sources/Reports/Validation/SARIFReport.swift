import BillingFiles
public import FileValidation

/// A log in the Static Analysis Results Interchange Format, which code review and build servers show beside the file.
///
/// Source: OASIS SARIF 2.1.0 (sections 3.13 to 3.31). Rules stand in front, so that results can refer to them by index;
/// a column is given in Unicode scalars where the line can be looked up, and byte offsets always.
public struct SARIFReport: FindingReport {
    private let version: String
    private let masked: Bool
    private var results = SeparatedDocuments()
    private var notifications: [JSONValue] = []
    private var hasUnread = false
    private let ruleIndices: [String: Int]

    /// A report by a version of the program; masked, it hides long numbers.
    public init(version: String, masked: Bool) {
        self.version = version
        self.masked = masked
        let identifiers = InputRule.allCases.map(\.identifier)
        ruleIndices = Dictionary(uniqueKeysWithValues: zip(identifiers, identifiers.indices))
    }

    /// What stands before everything else.
    public func begin() -> [UInt8] {
        let driver = JSONValue.object([
            ("name", .string("rinnovo")), ("version", .string(version)), ("rules", .array(rules)),
        ])
        var bytes = Array(
            """
            {"$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
            "version": "2.1.0",
            "runs": [{"tool": {"driver":\u{20}
            """.utf8)
        bytes += driver.line.dropLast()
        bytes += Array("},\n\"columnKind\": \"unicodeCodePoints\",\n\"results\": [".utf8)
        return bytes
    }

    /// A finding on the file that is being read.
    public mutating func add(_ finding: ReportedFinding) -> [UInt8] { results.next(result(finding)) }

    /// The end of a file.
    public func end(_ outcome: FileValidationOutcome) -> [UInt8] { [] }

    /// A file that was not validated, and why.
    public mutating func unread(file: String, reason: String) -> [UInt8] {
        hasUnread = true
        notify("error", "\(file): \(reason)")
        return []
    }

    /// A file of a folder that nobody wanted to be validated, and why.
    public mutating func skipped(file: String, reason: String) -> [UInt8] {
        notify("note", "\(file): skipped: \(reason)")
        return []
    }

    private mutating func notify(_ level: String, _ message: String) {
        notifications.append(.object([("level", .string(level)), ("message", text(message))]))
    }

    /// What stands behind everything else.
    public func finish() -> [UInt8] {
        let invocation = JSONValue.object([
            ("executionSuccessful", .boolean(!hasUnread)),
            ("toolExecutionNotifications", .array(notifications)),
        ])
        return Array("\n],\n\"invocations\": [".utf8) + invocation.line.dropLast() + Array("]}]}\n".utf8)
    }

    private var rules: [JSONValue] {
        let pages = Dictionary(RulePages.all.map { ($0.identifier, $0) }, uniquingKeysWith: { first, _ in first })
        return InputRule.allCases.map { rule in
            let page = pages[rule.identifier]
            return .object([
                ("id", .string(rule.identifier)),
                ("shortDescription", text(page?.summary ?? rule.identifier)),
                ("fullDescription", text(page?.text ?? rule.identifier)),
                ("help", text(rule.remedy)),
                ("defaultConfiguration", .object([("level", .string(rule.severity.rawValue))])),
                ("properties", .object([("layer", .string(rule.layer.rawValue))])),
            ])
        }
    }

    private func result(_ reported: ReportedFinding) -> JSONValue {
        let finding = reported.finding
        var location: [(String, JSONValue)] = [("physicalLocation", physicalLocation(reported))]
        if let path = finding.path {
            location.append(("logicalLocations", .array([.object([("fullyQualifiedName", .string(path))])])))
        }
        return .object([
            ("ruleId", .string(finding.rule.identifier)),
            ("ruleIndex", .integer(ruleIndices[finding.rule.identifier] ?? -1)),
            ("level", .string(reported.severity.rawValue)),
            ("message", text(reported.message(masked: masked))),
            ("locations", .array([.object(location)])),
            ("properties", .object([("finding", reported.json(masked: masked))])),
        ])
    }

    private func physicalLocation(_ reported: ReportedFinding) -> JSONValue {
        let place = reported.finding.place
        let artifact = JSONValue.object([("uri", .string(Self.reference(place.file)))])
        guard place.line > 0 else { return .object([("artifactLocation", artifact)]) }
        var region: [(String, JSONValue)] = [("startLine", .integer(place.line))]
        if let column = reported.excerpt?.scalarColumn { region.append(("startColumn", .integer(column))) }
        region.append(("byteOffset", .integer(Int(clamping: place.byteOffset))))
        region.append(("byteLength", .integer(reported.finding.extent)))
        if let excerpt = reported.excerpt {
            let line = masked ? LongNumberMask.mask(excerpt.text) : excerpt.text
            region.append(("snippet", text(line)))
        }
        return .object([("artifactLocation", artifact), ("region", .object(region))])
    }

    private func text(_ text: String) -> JSONValue { .object([("text", .string(text))]) }

    /// A path as a URI reference (RFC 3986, section 2.1): everything but unreserved characters and slashes is escaped.
    static func reference(_ path: String) -> String {
        var reference = ""
        for byte in path.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"), UInt8(ascii: "/"):
                reference.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                reference += "%" + (digits.count < 2 ? "0" : "") + digits
            }
        }
        return reference
    }
}
