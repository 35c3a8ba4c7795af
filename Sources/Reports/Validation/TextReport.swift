import BillingFiles
public import FileValidation

/// Lines for people: each finding with its place first and the line below it, then a summary by rule.
public struct TextReport: FindingReport {
    private let style: TextStyle
    private let masked: Bool
    private let isQuiet: Bool
    private let shownPerRule: Int
    private var totals = ValidationTotals()
    /// A schema has its notes once, however many files it validates.
    private var toldNotes: Set<String> = []

    /// A report.
    ///
    /// - Parameters:
    ///   - style: how it is set off.
    ///   - masked: whether long numbers are hidden.
    ///   - isQuiet: whether findings alone are told.
    ///   - shownPerRule: how many findings of a rule and file are handed to `add(_:)` at most.
    public init(style: TextStyle, masked: Bool, isQuiet: Bool, shownPerRule: Int) {
        self.style = style
        self.masked = masked
        self.isQuiet = isQuiet
        self.shownPerRule = shownPerRule
    }

    /// What stands before everything else.
    public func begin() -> [UInt8] { [] }

    /// A finding on the file that is being read.
    public func add(_ reported: ReportedFinding) -> [UInt8] {
        let text = FindingText(style: style, isVerbose: true, masked: masked)
        var lines = [text.line(reported.finding, severity: reported.severity)]
        if let excerpt = reported.excerpt { lines += Self.lines(excerpt, style: style, masked: masked) }
        return Self.bytes(lines)
    }

    /// The end of a file.
    public mutating func end(_ outcome: FileValidationOutcome) -> [UInt8] {
        totals.add(outcome)
        let text = ValidationText(style: style)
        var lines = text.remainder(outcome, shown: shownPerRule)
        if !isQuiet {
            lines += text.notes(outcome).filter { toldNotes.insert($0).inserted }
            lines.append(text.summary(outcome))
        }
        return Self.bytes(lines)
    }

    /// A file that was not validated, and why.
    public mutating func unread(file: String, reason: String) -> [UInt8] {
        totals.addUnread()
        return isQuiet ? [] : Self.bytes([ValidationText(style: style).unread(file: file, reason: reason)])
    }

    /// A file of a folder that nobody wanted to be validated, and why.
    public mutating func skipped(file: String, reason: String) -> [UInt8] {
        totals.addSkipped()
        return isQuiet ? [] : Self.bytes([ValidationText(style: style).skipped(file: file, reason: reason)])
    }

    /// What stands behind everything else.
    public func finish() -> [UInt8] {
        guard !isQuiet else { return [] }
        let text = ValidationText(style: style)
        let all = totals.files + totals.skipped > 1 ? [text.all(totals)] : []
        return Self.bytes(all + (totals.findings > 0 ? text.rules(totals) : []))
    }

    /// The line of a finding and a mark under what is meant.
    private static func lines(_ excerpt: SourceExcerpt, style: TextStyle, masked: Bool) -> [String] {
        let text = masked ? LongNumberMask.mask(excerpt.text) : excerpt.text
        let blank = String(repeating: " ", count: excerpt.before)
        let mark = String(repeating: "^", count: excerpt.marked)
        return ["    " + text, "    " + blank + style.alarm(mark)]
    }

    private static func bytes(_ lines: [String]) -> [UInt8] {
        lines.isEmpty ? [] : Array((lines.joined(separator: "\n") + "\n").utf8)
    }
}
