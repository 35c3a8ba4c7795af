import BillingFiles
import FileValidation
import Reports
import XMLStream

/// The way through a validation: the schema first, then file by file.
struct ValidatePipeline {
    private let options: ValidationOptions
    private let console: Console

    init(_ options: ValidationOptions, console: Console) {
        self.options = options
        self.console = console
    }

    /// Validates the files, writes the report and returns the code of the worst.
    ///
    /// - Throws: `SchemaRefusal`, `OutputError`, and `InputError` when a file that was opened cannot be read.
    func run() throws -> ExitStatus {
        // Compiled before anything is written: without it there is nothing to report.
        let named = options.schemas.isEmpty ? nil : try XMLSchema.compiled(naming: options.schemas)
        let validation = XMLValidation(
            schemas: ValidationSchemas(named: named), threads: options.threads, mostFindings: options.mostErrors)
        let report = try ValidationReport(
            options, style: options.reportPath == nil ? console.style : TextStyle(usesColour: false))
        var worst = ExitStatus.done
        for file in options.files { worst = Self.worse(worst, try validate(file, validation, report)) }
        try report.publish()
        return worst
    }

    private func validate(
        _ path: String, _ validation: XMLValidation, _ report: ValidationReport
    ) throws -> ExitStatus {
        let source: InputSource
        do {
            source = try InputSource(path: path, hashing: false, replayable: false)
        } catch .cannotOpen(let path, let reason) {
            try console.warn(["rinnovo: error: \(InputError.cannotOpen(path: path, reason: reason))"])
            try report.add(unread: path, reason: reason)
            return .inputNotOpened
        }
        guard try isXML(source) else {
            let reason = "CSV files are not validated yet, only XML"
            try console.warn(["rinnovo: error: '\(path)' looks like CSV: \(reason)"])
            try report.add(unread: path, reason: reason)
            return .usage
        }
        let progress = ProgressLine(isQuiet: options.isQuiet)
        defer { progress.end() }
        let outcome = try validation.run(source, progress: { progress.update("document", [source]) }) { finding in
            progress.end()
            try report.add(finding)
        }
        progress.end()
        try report.end(outcome)
        return outcome.breaksTrust ? .untrustedInput : outcome.verdict == .valid ? .done : .findings
    }

    /// Whether a file is XML: by its content, or because its name or the schema says that it should be.
    private func isXML(_ source: InputSource) throws(InputError) -> Bool {
        if !options.schemas.isEmpty || NativeFormat(path: source.path) == .xml { return true }
        let beginning = try source.peek(NativeFormat.telltaleLength)
        return beginning.isEmpty || NativeFormat(beginning: beginning) == .xml
    }

    /// Of two codes the one that hides less: a file that nobody read, then one that cannot be trusted.
    private static func worse(_ one: ExitStatus, _ other: ExitStatus) -> ExitStatus {
        let order: [ExitStatus] = [.inputNotOpened, .usage, .untrustedInput, .findings]
        return order.first { $0 == one || $0 == other } ?? .done
    }
}
