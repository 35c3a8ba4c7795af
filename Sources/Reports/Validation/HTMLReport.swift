import BillingFiles
public import FileValidation

/// A page for people: what was found of each rule, and the first findings of each with their lines.
///
/// One file that needs no other: no script, no font, no picture, nothing from the network. The counts stand on top, so the
/// findings that are shown are kept until the end; there are at most a thousand.
public struct HTMLReport: FindingReport {
    /// How many findings are shown of a rule and file, and of all.
    private static let shownPerRule = 10
    private static let shownInAll = 1000

    private let version: String
    private let masked: Bool
    private var totals = ValidationTotals()
    private var shown = 0
    private var shownOfFile: [InputRule: [String]] = [:]
    private var sections: [String] = []
    private var overview: [String] = []

    /// A page by a version of the program; masked, it hides long numbers.
    public init(version: String, masked: Bool) {
        self.version = version
        self.masked = masked
    }

    /// What stands before everything else.
    public func begin() -> [UInt8] { [] }

    /// A finding on the file that is being read.
    public mutating func add(_ reported: ReportedFinding) -> [UInt8] {
        let rule = reported.finding.rule
        guard shown < Self.shownInAll, shownOfFile[rule, default: []].count < Self.shownPerRule else { return [] }
        shown += 1
        shownOfFile[rule, default: []].append(item(reported))
        return []
    }

    /// The end of a file.
    public mutating func end(_ outcome: FileValidationOutcome) -> [UInt8] {
        totals.add(outcome)
        let rules = InputRule.allCases.filter { outcome.counts[$0] != nil }
        overview.append(
            row(outcome.file, verdict: outcome.verdict.rawValue, records: outcome.records, findings: outcome.findings))
        var section = ["<h2>\(MarkupText.escaped(outcome.file))</h2>"]
        if rules.isEmpty { section.append("<p>Nothing was found.</p>") }
        for layer in ValidationLayer.allCases {
            let ofLayer = rules.filter { $0.layer == layer }
            if !ofLayer.isEmpty { section.append("<h3>\(Self.heading(layer))</h3>") }
            for rule in ofLayer { section += self.section(rule, count: outcome.counts[rule] ?? 0) }
        }
        sections += section
        shownOfFile.removeAll()
        return []
    }

    /// A file that was not validated, and why.
    public mutating func unread(file: String, reason: String) -> [UInt8] {
        totals.addUnread()
        overview.append(row(file, verdict: "not read: \(reason)", records: nil, findings: nil))
        return []
    }

    /// A file of a folder that nobody wanted to be validated, and why.
    public mutating func skipped(file: String, reason: String) -> [UInt8] {
        totals.addSkipped()
        overview.append(row(file, verdict: "skipped: \(reason)", records: nil, findings: nil))
        return []
    }

    /// What stands behind everything else.
    public func finish() -> [UInt8] {
        let findings = AmountText.people(totals.findings, "finding")
        let files = AmountText.people(totals.files, "file")
        let lines =
            [
                "<!DOCTYPE html>", "<html lang=\"en\">", "<head>", "<meta charset=\"utf-8\">",
                "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
                "<meta name=\"viewport\" content=\"width=device-width\">",
                "<title>\(findings) in \(files)</title>", "<style>\(HTMLReportStyle.sheet)</style>", "</head>",
                "<body>",
                "<h1>\(findings) in \(files)</h1>",
                "<table><thead><tr><th>File</th><th>Verdict</th><th>Records</th><th>Findings</th></tr></thead><tbody>",
            ] + overview + ["</tbody></table>"] + sections
            + ["<footer>rinnovo \(MarkupText.escaped(version))</footer>", "</body>", "</html>", ""]
        return Array(lines.joined(separator: "\n").utf8)
    }

    private func section(_ rule: InputRule, count: Int) -> [String] {
        let items = shownOfFile[rule] ?? []
        let rest = count - items.count
        let more = rest > 0 ? ["<p class=\"more\">and \(AmountText.people(rest)) more</p>"] : []
        return ["<section><h4><code>\(rule.identifier)</code> \(AmountText.people(count))</h4>"]
            + ["<p>\(MarkupText.escaped(rule.remedy))</p>"] + ["<ol>"] + items + ["</ol>"] + more + ["</section>"]
    }

    private func item(_ reported: ReportedFinding) -> String {
        let place = reported.finding.place
        let position = place.line > 0 ? "line \(place.line), column \(place.column)" : "the whole file"
        let found = masked ? LongNumberMask.mask(reported.finding.found) : reported.finding.found
        var text = "<li class=\"\(reported.severity.rawValue)\"><b>\(position)</b> "
        if let field = place.field { text += "<i>\(MarkupText.escaped(field))</i> " }
        text += "found <code>\(MarkupText.escaped(found))</code>, "
        text += "expected \(MarkupText.escaped(reported.finding.expected))"
        if let excerpt = reported.excerpt { text += Self.line(excerpt, masked: masked) }
        return text + "</li>"
    }

    /// The line of a finding with its part marked.
    private static func line(_ excerpt: SourceExcerpt, masked: Bool) -> String {
        let text = Array(masked ? LongNumberMask.mask(excerpt.text) : excerpt.text)
        let start = min(excerpt.before, text.count)
        let end = min(start + excerpt.marked, text.count)
        let parts = [text[..<start], text[start..<end], text[end...]].map { MarkupText.escaped(String($0)) }
        return "<pre>\(parts[0])<mark>\(parts[1].isEmpty ? " " : parts[1])</mark>\(parts[2])</pre>"
    }

    private func row(_ file: String, verdict: String, records: Int?, findings: Int?) -> String {
        let numbers = [records, findings].map { "<td>\($0.map { AmountText.people($0) } ?? "")</td>" }.joined()
        return "<tr><td>\(MarkupText.escaped(file))</td><td>\(MarkupText.escaped(verdict))</td>\(numbers)</tr>"
    }

    private static func heading(_ layer: ValidationLayer) -> String {
        switch layer {
        case .bytes: "Bytes"
        case .structure: "Structure"
        case .schema: "Values"
        case .controlTotals: "Control totals"
        case .records: "Records"
        }
    }
}
