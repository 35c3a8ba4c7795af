public import BillingFiles

/// Findings on input files as lines for people: the place first, then what was found, expected, and how to mend it.
public struct FindingText {
    private let style: TextStyle
    private let isVerbose: Bool

    /// How many findings of a rule are shown, unless verbose.
    private static let shownPerRule = 5

    /// How many characters of a file's path are shown.
    private static let longestPath = 1000

    /// Text in a style.
    public init(style: TextStyle, isVerbose: Bool) {
        self.style = style
        self.isVerbose = isVerbose
    }

    /// The lines: some findings of each rule, and how many there are.
    public func lines(_ findings: InputFindings) -> [String] {
        var lines: [String] = []
        for rule in InputRule.allCases {
            guard let count = findings.counts[rule] else { continue }
            let kept = findings.kept.filter { $0.rule == rule }
            let shown = kept.prefix(isVerbose ? kept.count : Self.shownPerRule)
            lines += shown.map(line)
            if count > shown.count { lines.append(more(count - shown.count, of: rule)) }
        }
        return lines
    }

    /// The line that says how many findings of a rule are not shown.
    func more(_ count: Int, of rule: InputRule) -> String {
        style.faint("  and \(AmountText.people(count)) more of \(rule.identifier)")
    }

    /// One finding as `file:line:column: error: [rule] found X, expected Y; remedy`.
    public func line(_ finding: InputFinding) -> String {
        let place = finding.place
        var text = VisibleText.of(place.file.utf8, limit: Self.longestPath)
        if place.line > 0 { text += ":\(place.line):\(place.column)" }
        let severity = finding.rule.severity
        text += ": " + (severity == .error ? style.alarm("error") : severity.rawValue)
        text += ": [\(finding.rule.identifier)] "
        if let field = place.field { text += "\(field): " }
        text += "found \(LongNumberMask.mask(finding.found)), expected \(finding.expected); \(finding.rule.remedy)"
        if place.line > 0 {
            text += style.faint(" (\(finding.path ?? "record \(place.record)"), byte \(place.byteOffset))")
        }
        return text
    }
}
