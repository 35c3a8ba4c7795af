import BillingFiles
import FileValidation
import OperatorSettings
import Reports
import SettingsText
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
    /// - Throws: `SchemaRefusal`, `SettingsRefusal`, `OutputError`, and `InputError` when a file that was opened cannot be
    ///   read.
    func run() throws -> ExitStatus {
        // Read before anything is written: without them there is nothing to report.
        let table = try tableSchema()
        let named = options.schemas.isEmpty || table != nil ? nil : try XMLSchema.compiled(naming: options.schemas)
        let report = try ValidationReports(options, style: console.style)
        let validation = XMLValidation(
            schemas: ValidationSchemas(named: named), threads: options.threads, mostFindings: report.mostErrors)
        var settings = DelimitedSettings(
            definition: table.map { .schema($0) } ?? .native(options.kind), form: options.form, today: options.today,
            threads: options.threads, mostFindings: report.mostErrors)
        settings.encoding = options.encoding
        settings.refusingRules = Set(
            InputRule.allCases.filter { options.grading.grade(of: $0, on: options.today) == .counts(.error) })
        settings.references = references(table)
        if table == nil, named == nil { settings.lines = try knownLines() }
        let tables = DelimitedValidation(settings)
        var worst = try report.addExpiredWaivers()
        for file in options.files {
            let status = try validate(file, hasXMLSchema: named != nil, validation, tables, report)
            worst = Self.worse(worst, status)
        }
        try report.publish()
        return worst
    }

    /// The table schema, if one is named: what does not begin as XML does.
    private func tableSchema() throws -> TableSchema? {
        guard options.schemas.count == 1, let path = options.schemas.first else { return nil }
        let file: SettingsFile
        do {
            file = try SettingsFile(path, role: "schema")
        } catch is SettingsRefusal {
            return nil
        } catch let error as InputError {
            // The other reader says why it cannot be opened.
            if case .cannotOpen = error { return nil }
            throw error
        }
        if file.bytes.isEmpty || NativeFormat(beginning: file.bytes) == .xml { return nil }
        return try TableSchema.read(file.bytes, file: path)
    }

    /// The files that foreign keys lead to: those that are named, and those of the given ones that bear the name.
    private func references(_ schema: TableSchema?) -> [String: String] {
        var references = options.references
        for resource in schema?.referencedResources ?? [] where references[resource] == nil {
            references[resource] = options.files.first { path in
                let name = path.split(separator: "/").last ?? ""
                return name == resource || name.split(separator: ".").first.map(String.init) == resource
            }
        }
        return references
    }

    /// The lines that the subscriptions and events among the files know; nil when there are none.
    private func knownLines() throws -> KnownLines? {
        guard options.files.count > 1 else { return nil }
        var lines = KnownLines()
        for path in options.files where path != "-" {
            guard let source = try? InputSource(path: path, hashing: false, replayable: false),
                source.sizeOnDisk != nil,
                try !isXML(source, hasXMLSchema: false)
            else { continue }
            try lines.add(source, threads: options.threads)
        }
        lines.finish()
        return lines.isKnown ? lines : nil
    }

    private func validate(
        _ path: String, hasXMLSchema: Bool, _ validation: XMLValidation, _ tables: DelimitedValidation,
        _ report: ValidationReports
    ) throws -> ExitStatus {
        guard let source = try open(path, report) else { return .inputNotOpened }
        report.begin(source)
        let outcome: FileValidationOutcome
        let graded: FileValidationOutcome
        if try isXML(source, hasXMLSchema: hasXMLSchema) {
            try expectNoRowFiles(path)
            source.keepNoCopy()
            outcome = try run(report) { progress, add in
                try validation.run(source, progress: { progress.update("document", [source]) }, report: add)
            }
            graded = try report.end(outcome)
        } else {
            let rows = try rowFiles(source)
            outcome = try run(report) { progress, add in
                try tables.run(
                    source, rows: rows, progress: { progress.update("table", [source]) }, report: add)
            }
            graded = try report.end(outcome)
            if let rows { try publish(rows, outcome) }
        }
        return graded.breaksTrust ? .untrustedInput : graded.verdict == .valid ? .done : .findings
    }

    /// Opens a file; nil when that cannot be done, which is told.
    private func open(_ path: String, _ report: ValidationReports) throws -> InputSource? {
        do {
            return try InputSource(path: path, hashing: false)
        } catch .cannotOpen(let path, let reason) {
            try console.warn(["rinnovo: error: \(InputError.cannotOpen(path: path, reason: reason))"])
            try report.unread(file: path, reason: reason)
            return nil
        }
    }

    /// Runs a validation whose progress is shown and whose findings are reported.
    private func run(
        _ report: ValidationReports,
        _ validation: (ProgressLine, (InputFinding) throws -> Void) throws -> FileValidationOutcome
    ) throws -> FileValidationOutcome {
        let progress = ProgressLine(isQuiet: options.isQuiet)
        defer { progress.end() }
        return try validation(progress) { finding in
            progress.end()
            try report.add(finding)
        }
    }

    /// Refuses to take the records of XML apart.
    private func expectNoRowFiles(_ path: String) throws {
        guard options.acceptedPath != nil || options.rejectedPath != nil else { return }
        throw CommandOutcome(
            status: .usage, message: "--accepted and --rejected take the rows of CSV files, and '\(path)' is XML")
    }

    /// The files for the rows without and with errors, if they are asked for.
    private func rowFiles(_ source: InputSource) throws -> RowFiles? {
        guard options.acceptedPath != nil || options.rejectedPath != nil else { return nil }
        return try RowFiles(
            accepted: options.acceptedPath, rejected: options.rejectedPath, replacing: options.replacesReport,
            inputs: [source.identity])
    }

    /// Brings the rows to their files, if every one of them is in one.
    private func publish(_ rows: RowFiles, _ outcome: FileValidationOutcome) throws {
        guard rows.isBalanced, rows.acceptedRecords + rows.rejectedRecords == outcome.records else {
            try console.warn([
                "rinnovo: error: no rows were written, for '\(outcome.file)' could not be read from its header to its end"
            ])
            return
        }
        try rows.publish()
        let text = ValidationText(style: console.errorStyle)
        if !options.isQuiet { try console.warn([text.rows(outcome, rows)]) }
    }

    /// Whether a file is XML: by its content, or because its name or the schema says that it should be.
    private func isXML(_ source: InputSource, hasXMLSchema: Bool) throws(InputError) -> Bool {
        if let format = options.format { return format == .xml }
        if hasXMLSchema || NativeFormat(path: source.path) == .xml { return true }
        if !options.schemas.isEmpty || NativeFormat(path: source.path) == .csv { return false }
        let beginning = try source.peek(NativeFormat.telltaleLength)
        return beginning.isEmpty || NativeFormat(beginning: beginning) == .xml
    }

    /// Of two codes the one that hides less: a file that nobody read, then one that cannot be trusted.
    private static func worse(_ one: ExitStatus, _ other: ExitStatus) -> ExitStatus {
        let order: [ExitStatus] = [.inputNotOpened, .usage, .untrustedInput, .findings]
        return order.first { $0 == one || $0 == other } ?? .done
    }
}
