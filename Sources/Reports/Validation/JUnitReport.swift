import BillingFiles
public import FileValidation

/// A report in the XML that build servers take for results of tests: a suite for each file, a test for each rule broken.
///
/// There is no standard; the elements and attributes are those of Apache Ant's `junitreport` that all readers know.
/// Counts stand in front of what they count, so the findings of one file are kept until it ends, and of each rule only
/// the first ones.
public struct JUnitReport: FindingReport {
    /// How many findings of a rule are told of a file.
    private static let toldPerRule = 100

    private let masked: Bool
    private var told: [InputRule: [String]] = [:]
    private var weights: [InputRule: FindingSeverity] = [:]

    /// A report; masked, it hides long numbers.
    public init(masked: Bool) {
        self.masked = masked
    }

    /// What stands before everything else.
    public func begin() -> [UInt8] {
        Array("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"rinnovo validate\">\n".utf8)
    }

    /// A finding on the file that is being read.
    public mutating func add(_ reported: ReportedFinding) -> [UInt8] {
        let rule = reported.finding.rule
        weights[rule] = reported.severity
        if told[rule, default: []].count < Self.toldPerRule {
            let place = reported.finding.place
            let position = place.line > 0 ? "\(place.line):\(place.column): " : ""
            told[rule, default: []].append(position + reported.message(masked: masked))
        }
        return []
    }

    /// The end of a file.
    public mutating func end(_ outcome: FileValidationOutcome) -> [UInt8] {
        let rules = InputRule.allCases.filter { outcome.counts[$0] != nil }
        let failed = rules.filter { (weights[$0] ?? $0.severity) == .error }
        var lines = [
            "  <testsuite name=\"\(MarkupText.escaped(outcome.file))\" tests=\"\(rules.count + 1)\" "
                + "failures=\"\(failed.count)\" errors=\"0\">",
            "    <testcase name=\"read\" classname=\"\(MarkupText.escaped(outcome.file))\">",
            "      <system-out>\(outcome.records) records, \(outcome.verdict.rawValue)</system-out>",
            "    </testcase>",
        ]
        for rule in rules { lines += testCase(rule, outcome, isFailure: failed.contains(rule)) }
        lines.append("  </testsuite>")
        told.removeAll()
        weights.removeAll()
        return Self.bytes(lines)
    }

    /// A file that was not validated, and why.
    public func unread(file: String, reason: String) -> [UInt8] {
        let name = MarkupText.escaped(file)
        return Self.bytes([
            "  <testsuite name=\"\(name)\" tests=\"1\" failures=\"0\" errors=\"1\">",
            "    <testcase name=\"read\" classname=\"\(name)\">",
            "      <error message=\"\(MarkupText.escaped(reason))\" type=\"unread\"/>", "    </testcase>",
            "  </testsuite>",
        ])
    }

    /// A file of a folder that nobody wanted to be validated, and why.
    public func skipped(file: String, reason: String) -> [UInt8] {
        let name = MarkupText.escaped(file)
        return Self.bytes([
            "  <testsuite name=\"\(name)\" tests=\"1\" failures=\"0\" errors=\"0\" skipped=\"1\">",
            "    <testcase name=\"read\" classname=\"\(name)\">",
            "      <skipped message=\"\(MarkupText.escaped(reason))\"/>", "    </testcase>", "  </testsuite>",
        ])
    }

    /// What stands behind everything else.
    public func finish() -> [UInt8] { Array("</testsuites>\n".utf8) }

    private func testCase(_ rule: InputRule, _ outcome: FileValidationOutcome, isFailure: Bool) -> [String] {
        let count = outcome.counts[rule] ?? 0
        let told = told[rule] ?? []
        let rest = count > told.count ? ["and \(count - told.count) more"] : []
        let text = MarkupText.escaped((told + rest).joined(separator: "\n")).replacing("&#10;", with: "\n")
        let message = "\(count) \(count == 1 ? "finding" : "findings")"
        let element = isFailure ? "failure message=\"\(message)\" type=\"\(rule.identifier)\"" : "system-out"
        let name = isFailure ? "failure" : "system-out"
        return [
            "    <testcase name=\"\(rule.identifier)\" classname=\"\(MarkupText.escaped(outcome.file))\">",
            "      <\(element)>\(text)</\(name)>", "    </testcase>",
        ]
    }

    private static func bytes(_ lines: [String]) -> [UInt8] { Array((lines.joined(separator: "\n") + "\n").utf8) }
}
