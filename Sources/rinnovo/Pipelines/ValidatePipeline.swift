import BillingFiles
import FileValidation
import OperatorSettings
import Reports
import SettingsText
import XMLStream

/// The way through a validation: the schema first, then the files, the small ones side by side.
struct ValidatePipeline {
    let options: ValidationOptions
    let console: Console

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
        let definition = table.map { TableDefinition.schema($0) } ?? .native(options.kind)
        let files = ListedFile.all(options.files, definition, foreign: options.readForeign)
        try expectOneFile(files)
        let report = try ValidationReports(options, style: console.style)
        let check = try check(
            files.compactMap(\.path), definition, table, named, mostFindings: report.mostErrors)
        let expired = try report.addExpiredWaivers()
        let worst = try run(files, check, report)
        try report.publish()
        return Self.worse(expired, worst)
    }

    /// How each file is validated.
    private func check(
        _ paths: [String], _ definition: TableDefinition, _ table: TableSchema?, _ named: XMLSchema?,
        mostFindings: Int
    ) throws -> FileCheck {
        var tables = DelimitedSettings(
            definition: definition, form: options.form, today: options.today, threads: options.threads,
            mostFindings: mostFindings)
        tables.encoding = options.encoding
        (tables.decimal, tables.dateOrder) = (options.decimal, options.dateOrder)
        tables.refusingRules = Set(
            InputRule.allCases.filter { options.grading.grade(of: $0, on: options.today) == .counts(.error) })
        tables.references = references(table, among: paths)
        let documents = XMLValidation(
            schemas: ValidationSchemas(named: named), threads: options.threads, mostFindings: mostFindings)
        var check = FileCheck(
            format: options.format, hasSchema: !options.schemas.isEmpty, hasXMLSchema: named != nil,
            takesRows: options.acceptedPath != nil || options.rejectedPath != nil, documents: documents,
            tables: tables)
        check.foreign = options.readForeign
        if table == nil, named == nil {
            let lines = try knownLines(paths)
            check.tables.lines = lines
            check.documents.records = RecordSettings(today: options.today, lines: lines)
        }
        return check
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
    private func references(_ schema: TableSchema?, among paths: [String]) -> [String: String] {
        var references = options.references
        for resource in schema?.referencedResources ?? [] where references[resource] == nil {
            references[resource] = paths.first { path in
                let name = path.split(separator: "/").last ?? ""
                return name == resource || name.split(separator: ".").first.map(String.init) == resource
            }
        }
        return references
    }

    /// The lines that the subscriptions and events among the files know; nil when there are none.
    private func knownLines(_ paths: [String]) throws -> KnownLines? {
        guard paths.count > 1 else { return nil }
        var lines = KnownLines()
        for path in paths where path != "-" {
            guard let source = try? InputSource(path: path, hashing: false, replayable: false),
                source.sizeOnDisk != nil
            else { continue }
            try lines.add(source, form: options.form, threads: options.threads)
        }
        lines.finish()
        return lines.isKnown ? lines : nil
    }

    /// Refuses to take apart the rows of several files, or of what else there may be in a folder.
    private func expectOneFile(_ files: [ListedFile]) throws {
        guard options.acceptedPath != nil || options.rejectedPath != nil else { return }
        guard files.count != 1 || files[0].path == nil || files[0].path != options.files.first else { return }
        throw CommandOutcome(
            status: .usage, message: "--accepted and --rejected take the rows of one file, not those of a folder")
    }
}
