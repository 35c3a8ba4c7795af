import BillingFiles
import FileValidation

/// The validation of one file, whatever its format; several threads may run it on files of their own.
struct FileCheck: Sendable {
    /// What is told of a file, in this order.
    enum Event: Sendable {
        /// The file is read.
        case begun(InputSource)
        /// Something is wrong with it.
        case found(InputFinding)
        /// It was read.
        case ended(FileValidationOutcome)
        /// It was not read.
        case unread(path: String, reason: String)
        /// It is not meant.
        case skipped(path: String, reason: String)
    }

    /// The format of the files; nil where each tells its own.
    let format: NativeFormat?
    /// In which foreign formats files are read; nil for none.
    var foreign: InputFormat?
    /// Whether a schema was named, and whether it is one of XML.
    let hasSchema: Bool
    let hasXMLSchema: Bool
    /// Whether rows are to be taken apart, which records of XML are not.
    let takesRows: Bool
    /// How documents are validated.
    var documents: XMLValidation
    /// How tables are.
    var tables: DelimitedSettings

    /// Validates a file, if it is meant.
    ///
    /// - Parameters:
    ///   - file: the file.
    ///   - threads: how many threads work on it.
    ///   - rowFiles: opens the files for its rows, if it is a table.
    ///   - progress: called now and then.
    /// - Throws: `InputError` when a file that was opened cannot be read, and what `give` throws.
    func run(
        _ file: ListedFile, threads: Int, rowFiles: (InputSource) throws -> RowFiles? = { _ in nil },
        progress: (String, InputSource) -> Void = { _, _ in }, give: (Event) throws -> Void
    ) throws {
        let path: String
        switch file {
        case .skipped(let path, let reason): return try give(.skipped(path: path, reason: reason))
        case .unreadable(let path, let reason): return try give(.unread(path: path, reason: reason))
        case .meant(let meant): path = meant
        }
        let source: InputSource
        do throws(InputError) {
            source = try InputSource(path: path, hashing: false)
        } catch {
            guard case .cannotOpen(let path, let reason) = error else { throw error }
            return try give(.unread(path: path, reason: reason))
        }
        try give(.begun(source))
        let outcome: FileValidationOutcome
        let foreign: ForeignFile?
        do {
            foreign = try self.foreign?.certainFile(source)
        } catch let untrusted as UntrustedInput {
            for finding in untrusted.findings.kept { try give(.found(finding)) }
            return try give(
                .ended(
                    FileValidationOutcome(
                        file: path, verdict: .invalid, counts: untrusted.findings.counts, elements: 0, records: 0,
                        notes: [])))
        }
        if let foreign {
            guard !takesRows else {
                throw CommandOutcome(
                    status: .usage,
                    message: "--accepted and --rejected take the rows of native CSV files, and '\(path)' is "
                        + foreign.profile.name)
            }
            var settings = tables
            settings.threads = threads
            outcome = try DelimitedValidation(settings).run(
                source, foreign: foreign, progress: { progress("table", source) }, report: { try give(.found($0)) })
        } else if try isXML(source) {
            guard !takesRows else {
                throw CommandOutcome(
                    status: .usage,
                    message: "--accepted and --rejected take the rows of CSV files, and '\(path)' is XML")
            }
            if documents.records == nil { source.keepNoCopy() }
            var documents = documents
            documents.threads = threads
            outcome = try documents.run(
                source, progress: { progress("document", source) }, report: { try give(.found($0)) })
        } else {
            var settings = tables
            settings.threads = threads
            outcome = try DelimitedValidation(settings).run(
                source, rows: try rowFiles(source), progress: { progress("table", source) },
                report: { try give(.found($0)) })
        }
        try give(.ended(outcome))
    }

    /// Whether a file is XML: by its content, or because its name or the schema says that it should be.
    func isXML(_ source: InputSource) throws(InputError) -> Bool {
        if let format { return format == .xml }
        if hasXMLSchema || NativeFormat(path: source.path) == .xml { return true }
        if hasSchema || NativeFormat(path: source.path) == .csv { return false }
        let beginning = try source.peek(NativeFormat.telltaleLength)
        return beginning.isEmpty || NativeFormat(beginning: beginning) == .xml
    }
}
