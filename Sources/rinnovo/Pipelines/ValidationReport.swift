import BillingFiles
import FileValidation
import Reports

/// Writes what a validation finds, while it goes on where the format allows that.
final class ValidationReport {
    private let options: ValidationOptions
    private let output: ReportOutput
    private let text: ValidationText
    private var kept: [InputFinding] = []
    private var files: [ValidatedFile] = []
    /// A schema has its notes once, however many files it validates.
    private var toldNotes: Set<String> = []

    /// A report without findings.
    init(_ options: ValidationOptions, style: TextStyle) throws(OutputError) {
        self.options = options
        output = try ReportOutput(path: options.reportPath, replacing: options.replacesReport)
        text = ValidationText(style: style)
    }

    /// Takes a finding on the file that is being validated.
    func add(_ finding: InputFinding) throws(OutputError) {
        switch options.reportFormat {
        case .text: try output.append([text.line(finding)])
        case .json: kept.append(finding)
        case .jsonl: try output.append(finding.json.line)
        }
    }

    /// Ends a file.
    func end(_ outcome: FileValidationOutcome) throws(OutputError) {
        switch options.reportFormat {
        case .text:
            try output.append(text.remainder(outcome, shown: options.mostErrors))
            if !options.isQuiet {
                try output.append(text.notes(outcome).filter { toldNotes.insert($0).inserted })
                try output.append([text.summary(outcome)])
            }
            try output.flush()
        case .json: files.append(.read(outcome, shown: kept))
        case .jsonl: break
        }
        kept.removeAll()
    }

    /// Takes a file that is not validated.
    func add(unread file: String, reason: String) throws(OutputError) {
        switch options.reportFormat {
        case .text: if !options.isQuiet { try output.append([text.unread(file: file, reason: reason)]) }
        case .json: files.append(.unread(file: file, reason: reason))
        case .jsonl: break
        }
    }

    /// Ends the report.
    func publish() throws(OutputError) {
        if options.reportFormat == .json {
            try output.append(ValidationDocument.make(files, version: Version.text).bytes)
        }
        try output.publish()
    }
}
