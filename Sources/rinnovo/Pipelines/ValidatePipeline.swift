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
        let report = try ValidationReports(options, style: console.style)
        let validation = XMLValidation(
            schemas: ValidationSchemas(named: named), threads: options.threads, mostFindings: report.mostErrors)
        let tables = DelimitedValidation(
            DelimitedSettings(
                definition: .native(options.kind), today: options.today, threads: options.threads,
                mostFindings: report.mostErrors))
        var worst = try report.addExpiredWaivers()
        for file in options.files { worst = Self.worse(worst, try validate(file, validation, tables, report)) }
        try report.publish()
        return worst
    }

    private func validate(
        _ path: String, _ validation: XMLValidation, _ tables: DelimitedValidation, _ report: ValidationReports
    ) throws -> ExitStatus {
        let source: InputSource
        do {
            source = try InputSource(path: path, hashing: false)
        } catch .cannotOpen(let path, let reason) {
            try console.warn(["rinnovo: error: \(InputError.cannotOpen(path: path, reason: reason))"])
            try report.unread(file: path, reason: reason)
            return .inputNotOpened
        }
        let isXML = try isXML(source)
        if isXML { source.keepNoCopy() }
        report.begin(source)
        let progress = ProgressLine(isQuiet: options.isQuiet)
        defer { progress.end() }
        func add(_ finding: InputFinding) throws {
            progress.end()
            try report.add(finding)
        }
        let outcome =
            isXML
            ? try validation.run(source, progress: { progress.update("document", [source]) }, report: add)
            : try tables.run(source, progress: { progress.update("table", [source]) }, report: add)
        progress.end()
        let graded = try report.end(outcome)
        return graded.breaksTrust ? .untrustedInput : graded.verdict == .valid ? .done : .findings
    }

    /// Whether a file is XML: by its content, or because its name or the schema says that it should be.
    private func isXML(_ source: InputSource) throws(InputError) -> Bool {
        if let format = options.format { return format == .xml }
        if !options.schemas.isEmpty || NativeFormat(path: source.path) == .xml { return true }
        if NativeFormat(path: source.path) == .csv { return false }
        let beginning = try source.peek(NativeFormat.telltaleLength)
        return beginning.isEmpty || NativeFormat(beginning: beginning) == .xml
    }

    /// Of two codes the one that hides less: a file that nobody read, then one that cannot be trusted.
    private static func worse(_ one: ExitStatus, _ other: ExitStatus) -> ExitStatus {
        let order: [ExitStatus] = [.inputNotOpened, .usage, .untrustedInput, .findings]
        return order.first { $0 == one || $0 == other } ?? .done
    }
}
