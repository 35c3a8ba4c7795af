import BillingFiles
import FileValidation
import Reports

/// A report and where it goes.
struct ReportTarget {
    /// What a report is written in.
    enum Format: String, CaseIterable {
        /// Lines for people.
        case text
        /// One JSON document.
        case json
        /// A JSON document a line, one for each finding.
        case jsonl
        /// The log of static analysis that code review shows.
        case sarif
        /// Results of tests, as build servers read them.
        case junit
        /// A page for people.
        case html

        /// How many findings of a rule and file are told unless somebody says otherwise.
        var mostErrors: Int { self == .jsonl ? .max : 100 }
    }

    /// What the report is written in.
    let format: Format

    /// The path of the report; nil for standard output.
    let path: String?
}

/// A report that is being written.
final class OpenReport {
    private var report: any FindingReport
    private let output: ReportOutput
    private let mostErrors: Int
    private let isWatched: Bool
    private var told: [InputRule: Int] = [:]

    /// Whether findings are shown with their lines.
    let showsExcerpts: Bool

    init(_ target: ReportTarget, options: ValidationOptions, style: TextStyle) throws(OutputError) {
        let most = options.mostErrors ?? target.format.mostErrors
        mostErrors = most
        isWatched = target.path == nil && target.format == .text
        showsExcerpts = [.text, .sarif, .html].contains(target.format)
        output = try ReportOutput(path: target.path, replacing: options.replacesReport)
        // What people read is masked unless they ask for more, what machines read the other way round.
        let people = options.masking ?? true
        let machines = options.masking ?? false
        switch target.format {
        case .text:
            report = TextReport(
                style: target.path == nil ? style : TextStyle(usesColour: false), masked: people,
                isQuiet: options.isQuiet, shownPerRule: most)
        case .json: report = JSONReport(version: Version.text, masked: machines)
        case .jsonl: report = JSONLinesReport(masked: machines)
        case .sarif: report = SARIFReport(version: Version.text, masked: machines)
        case .junit: report = JUnitReport(masked: machines)
        case .html: report = HTMLReport(version: Version.text, masked: people)
        }
        try output.append(report.begin())
    }

    /// Takes a finding on the file that is being validated.
    func add(_ finding: ReportedFinding) throws(OutputError) {
        let count = told[finding.finding.rule, default: 0]
        guard count < mostErrors else { return }
        told[finding.finding.rule] = count + 1
        try output.append(report.add(finding))
    }

    /// Ends a file.
    func end(_ outcome: FileValidationOutcome) throws(OutputError) {
        told.removeAll(keepingCapacity: true)
        try output.append(report.end(outcome))
        // Somebody sits in front of it, and the next file may take long.
        if isWatched { try output.flush() }
    }

    /// Takes a file that is not validated.
    func unread(file: String, reason: String) throws(OutputError) {
        try output.append(report.unread(file: file, reason: reason))
    }

    /// Takes a file of a folder that is not meant.
    func skipped(file: String, reason: String) throws(OutputError) {
        try output.append(report.skipped(file: file, reason: reason))
    }

    /// Ends the report.
    func publish() throws(OutputError) {
        try output.append(report.finish())
        try output.publish()
    }
}
