public import BillingFiles

/// A finding as a report tells it: with what it weighs in this run, and the line it is about.
public struct ReportedFinding: Sendable {
    /// The finding.
    public let finding: InputFinding

    /// What it weighs, a rules file considered.
    public let severity: FindingSeverity

    /// The line around it, where there is one to show.
    public let excerpt: SourceExcerpt?

    /// A finding for a report.
    public init(_ finding: InputFinding, severity: FindingSeverity, excerpt: SourceExcerpt?) {
        self.finding = finding
        self.severity = severity
        self.excerpt = excerpt
    }

    /// What was found and expected, and what to do, on one line.
    func message(masked: Bool) -> String {
        let found = masked ? LongNumberMask.mask(finding.found) : finding.found
        let field = finding.place.field.map { "\($0): " } ?? ""
        return "\(field)found \(found), expected \(finding.expected); \(finding.rule.remedy)"
    }
}
