public import BillingFiles

/// Findings on input files as lines for people: the place first, then what was found, expected, and how to mend it.
public struct FindingText {
    private let style: TextStyle
    private let isVerbose: Bool
    private let masked: Bool

    /// How many findings of a rule are shown, unless verbose.
    private static let shownPerRule = 5

    /// How many characters of a file's path are shown.
    private static let longestPath = 1000

    /// Text in a style; long numbers are hidden unless it is said that they may be shown.
    public init(style: TextStyle, isVerbose: Bool, masked: Bool = true) {
        self.style = style
        self.isVerbose = isVerbose
        self.masked = masked
    }

    /// The lines: some findings of each rule, and how many there are.
    public func lines(_ findings: InputFindings) -> [String] {
        var lines: [String] = []
        for rule in InputRule.allCases {
            guard let count = findings.counts[rule] else { continue }
            let kept = findings.kept.filter { $0.rule == rule }
            let shown = kept.prefix(isVerbose ? kept.count : Self.shownPerRule)
            lines += shown.map { line($0) }
            if count > shown.count { lines.append(more(count - shown.count, of: rule)) }
        }
        return lines
    }

    /// The line that says how many findings of a rule are not shown.
    func more(_ count: Int, of rule: InputRule) -> String {
        style.faint("  and \(AmountText.people(count)) more of \(rule.identifier)")
    }

    /// One finding as `file:line:column: error: [rule] found X, expected Y; remedy`.
    func line(_ finding: InputFinding, severity: FindingSeverity? = nil) -> String {
        let severity = severity ?? finding.rule.severity
        let place = finding.place
        var text = VisibleText.of(place.file.utf8, limit: Self.longestPath)
        if place.line > 0 { text += ":\(place.line):\(place.column)" }
        text += ": " + (severity == .error ? style.alarm("error") : severity.rawValue)
        text += ": [\(finding.rule.identifier)] "
        if let field = place.field { text += "\(field): " }
        text +=
            "found \(masked ? LongNumberMask.mask(finding.found) : finding.found), expected \(finding.expected); \(finding.rule.remedy)"
        if place.line > 0 {
            text += style.faint(" (\(finding.path ?? "record \(place.record)"), byte \(place.byteOffset))")
        }
        return text
    }
}
