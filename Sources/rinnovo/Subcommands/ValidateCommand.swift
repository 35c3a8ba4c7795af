import ArgumentParser
import BillingFiles
import BillingValues
import DelimitedText
import FileValidation
import OperatorSettings
import Reports
import XMLStream

/// `rinnovo validate`: says everything that is wrong with a file, each with its place, before somebody uploads it.
struct ValidateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Checks CSV and XML files and tells every error with its place.",
        discussion: """
            CSV files are checked for their bytes, structure and header, for the values of the native file that their \
            columns tell or --format names, and for what records must agree on: 'rinnovo rules list' names the rules. \
            Warnings do not make a file invalid.

            Native XML files are checked against the built-in schemas, told by the root element: charges, \
            subscriptions, events, usages. Any other XML is checked against the schema named with --schema. A schema \
            may lead to other documents in its own folder and below; nothing is fetched from the network. No DOCTYPE \
            is read, and no file but those named.

            Of a folder every file is checked whose name or content is that of CSV or XML, folders in it included; the \
            others are listed as skipped. Files are checked side by side and told in the order of the command line.

            Every error is counted; of each rule and file the first 100 are told, or as many as --max-errors says \
            (jsonl: all). What a schema demands and nobody checks, such as that values of xs:ID are unique, is told as \
            a note. Phone and account numbers are masked in text, and not in json and jsonl.

            Exit codes: 0 valid, 1 values or records are wrong, 64 wrong command line or schema, 65 the structure is \
            broken (quotes, fields, columns; not well-formed, with a DOCTYPE, beyond a limit) or not decided, 66 a file or a schema cannot be opened, 70 a bug, 73 the report \
            cannot be created, 74 reading or writing failed. Of several files it is the code of the worst.
            """)

    @Argument(
        help: "The files to check, or folders for all CSV and XML in them; .gz and .zst are read; - for standard input."
    )
    var files: [String]

    @Option(
        name: .customLong("schema"),
        help: ArgumentHelp(
            "The XML Schema or table schema to check against; again for documents of an XML Schema in other folders.",
            valueName: "file"))
    var schemas: [String] = []

    @Option(
        help: ArgumentHelp(
            "What the files are: xml, csv, native-charges, native-subscriptions, native-events, native-usage, a name of "
                + "'rinnovo formats list', or a profile such as ./mine.yaml.",
            valueName: "name"))
    var format: String?

    @Option(help: ArgumentHelp("The last day that has come; default: the day of the clock, in UTC.", valueName: "date"))
    var today: String?

    @Option(
        help: ArgumentHelp(
            "Where the rows without an error are written; together with --rejected every row once.", valueName: "file"))
    var accepted: String?

    @Option(
        help: ArgumentHelp(
            "Where the rows with errors are written; the reasons beside it in FILE.reasons.csv.", valueName: "file"))
    var rejected: String?

    @Option(help: ArgumentHelp("What stands between two fields: one character, or tab.", valueName: "character"))
    var delimiter: String?

    @Option(
        help: ArgumentHelp(
            "The encoding of CSV files: UTF-8, UTF-16LE, UTF-16BE, ISO-8859-1 or Windows-1252.", valueName: "name"))
    var encoding: String?

    @Option(
        help: ArgumentHelp(
            "What stands before the decimals of amounts in native CSV files: . or ,; default: each file tells.",
            valueName: "character"))
    var decimal: String?

    @Option(
        help: ArgumentHelp(
            "The order of dates in native CSV files: ymd, dmy or mdy, with - / or . between; default: each file tells.",
            valueName: "order"))
    var dateOrder: String?

    @Flag(help: "The CSV files have no header row; the columns are those of --schema or --format, in their order.")
    var noHeader = false

    @Option(help: ArgumentHelp("How many lines stand before the header row.", valueName: "count"))
    var skipRows: Int?

    @Option(
        help: ArgumentHelp(
            "A file that foreign keys lead to, by the name that the schema gives it; again for others.",
            valueName: "name=file"))
    var reference: [String] = []

    @Option(help: ArgumentHelp("What stands around a field: one character, or none.", valueName: "character"))
    var quote: String?

    @Option(
        help: ArgumentHelp(
            "What takes the meaning from the character behind it, in files without quotes: one character.",
            valueName: "character"))
    var escape: String?

    @Option(
        name: .customLong("report"),
        help: ArgumentHelp(
            "What the report is written in: text, json, jsonl, sarif, junit or html; again as format=file for more.",
            valueName: "format[=file]"))
    var reports: [String] = []

    @Option(help: ArgumentHelp("Where the report is written; default: standard output.", valueName: "file"))
    var reportFile: String?

    @Option(
        help: ArgumentHelp("A YAML file that makes rules warnings or waives them until a day.", valueName: "file"))
    var rules: String?

    @Flag(help: "Hide phone and account numbers in all reports, or in none; default: in text and html.")
    var masking: Masking?

    enum Masking: String, EnumerableFlag {
        case masked, unmasked
    }

    @Flag(help: "Replace a report that exists.")
    var force = false

    @Option(help: ArgumentHelp("How many errors of each rule are told of a file.", valueName: "count"))
    var maxErrors: Int?

    @Option(help: ArgumentHelp("How many threads check; default: one a core.", valueName: "count"))
    var threads: Int?

    @Flag(name: .shortAndLong, help: "Tell errors only.")
    var quiet = false

    func validate() throws {
        if let threads, !(1...64).contains(threads) { throw ValidationError("--threads takes 1 to 64.") }
        if let maxErrors, maxErrors < 0 { throw ValidationError("--max-errors takes 0 or more.") }
        if files.count(where: { $0 == "-" }) > 1 { throw ValidationError("Standard input can be checked once only.") }
        _ = try targets
        _ = try named
        _ = try lastDay
        _ = try form
        _ = try textEncoding
        _ = try references
        _ = try (decimalByte, order)
        if !schemas.isEmpty, decimal != nil || dateOrder != nil {
            throw ValidationError(
                "--decimal and --date-order are for native files; a schema says it with decimalChar and format.")
        }
        if let skipRows, !(0...1000).contains(skipRows) { throw ValidationError("--skip-rows takes 0 to 1000.") }
        if noHeader, schemas.isEmpty, try named.kind == nil {
            throw ValidationError("--no-header needs --schema, or --format with the kind of native file.")
        }
        if accepted != nil || rejected != nil, files.count > 1 {
            throw ValidationError("--accepted and --rejected take the rows of one file.")
        }
        if accepted != nil, accepted == rejected {
            throw ValidationError("--accepted and --rejected are one file.")
        }
    }

    /// How the files are written, if a part of it is named.
    private var form: DelimitedForm? {
        get throws {
            guard delimiter != nil || quote != nil || escape != nil || noHeader || skipRows != nil else { return nil }
            var form = DelimitedForm(
                encoding: try textEncoding ?? .utf8, hasHeader: !noHeader, skippedLines: skipRows ?? 0)
            if let delimiter { form.dialect.delimiter = try byte(delimiter, of: "--delimiter") }
            if let quote, quote != "none" { form.dialect.quote = try byte(quote, of: "--quote") }
            form.dialect.hasQuotes = quote != "none" && escape == nil
            if let escape {
                guard quote == nil || quote == "none" else {
                    throw ValidationError("In files with quotes a quote is doubled: give --escape without --quote.")
                }
                let byte = try byte(escape, of: "--escape")
                guard byte != form.dialect.delimiter else {
                    throw ValidationError("--delimiter and --escape take two different characters.")
                }
                form.dialect.escape = byte
            }
            guard form.dialect.isUnambiguous else {
                throw ValidationError("--delimiter and --quote take two different characters, and no line ends.")
            }
            return form
        }
    }

    private var textEncoding: TextEncoding? {
        get throws {
            guard let encoding else { return nil }
            if let known = TextEncoding(name: encoding) { return known }
            let known = TextEncoding.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("--encoding takes one of \(known), not '\(encoding)'.")
        }
    }

    private var decimalByte: UInt8? {
        get throws {
            guard let decimal else { return nil }
            guard decimal == "." || decimal == "," else {
                throw ValidationError("--decimal takes . or , and not '\(decimal)'.")
            }
            return decimal.utf8.first
        }
    }

    private var order: DateOrder? {
        get throws {
            guard let dateOrder else { return nil }
            if let order = DateOrder(rawValue: dateOrder) { return order }
            let known = DateOrder.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("--date-order takes one of \(known), not '\(dateOrder)'.")
        }
    }

    private var references: [String: String] {
        get throws {
            var references: [String: String] = [:]
            for text in reference {
                let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
                guard parts.count == 2 else { throw ValidationError("--reference takes NAME=FILE, not '\(text)'.") }
                guard references.updateValue(parts[1], forKey: parts[0]) == nil else {
                    throw ValidationError("--reference names '\(parts[0])' twice.")
                }
            }
            return references
        }
    }

    private func byte(_ text: String, of option: String) throws -> UInt8 {
        if text == "tab" || text == "\\t" { return UInt8(ascii: "\t") }
        guard text.utf8.count == 1, let byte = text.utf8.first, byte < 0x80 else {
            throw ValidationError("\(option) takes one character of ASCII, not '\(text)'.")
        }
        return byte
    }

    /// The format of the files and the kind of native file, as far as they are named.
    private var named: (format: NativeFormat?, kind: NativeKind?, foreign: InputFormat) {
        get throws {
            guard let format else { return (nil, nil, .byContent) }
            if let known = NativeFormat(name: format) { return (known, nil, .byContent) }
            if let kind = NativeKind.allCases.first(where: { "native-\($0.rawValue)" == format }) {
                return (.csv, kind, .byContent)
            }
            return (nil, nil, try InputFormat(format, option: "--format"))
        }
    }

    private var lastDay: CivilDate {
        get throws {
            guard let today else { return SystemDay.today }
            if let day = CivilDate(today) { return day }
            throw ValidationError("--today takes a day as YYYY-MM-DD, not '\(today)'.")
        }
    }

    /// The reports: one without a file goes to --report-file or standard output; without any, text does.
    private var targets: [ReportTarget] {
        get throws {
            var targets: [ReportTarget] = []
            for report in reports.isEmpty ? ["text"] : reports {
                let parts = report.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                guard let format = ReportTarget.Format(rawValue: String(parts[0])) else {
                    let known = ReportTarget.Format.allCases.map(\.rawValue).joined(separator: ", ")
                    throw ValidationError("--report takes one of \(known), not '\(report)'.")
                }
                guard parts.count < 2 || !parts[1].isEmpty else {
                    throw ValidationError("--report \(report) names no file.")
                }
                targets.append(ReportTarget(format: format, path: parts.count < 2 ? reportFile : String(parts[1])))
            }
            if targets.count(where: { $0.path == nil }) > 1 {
                throw ValidationError(
                    "One report can go to standard output: write --report format=file for the others.")
            }
            if Set(targets.compactMap(\.path)).count < targets.count(where: { $0.path != nil }) {
                throw ValidationError("Two reports cannot be written to one file.")
            }
            return targets
        }
    }

    func run() throws {
        let (format, kind, foreign) = try named
        let grading = try rules.map { try SettingsFile($0, role: "rules") }
            .map { try RuleGrading($0.bytes, file: $0.path) }
        let console = Console(isQuiet: quiet, isVerbose: false)
        let options = ValidationOptions(
            files: files, schemas: schemas, format: format, foreign: foreign, kind: kind, today: try lastDay,
            form: try form, encoding: try textEncoding, decimal: try decimalByte, dateOrder: try order,
            references: try references, acceptedPath: accepted,
            rejectedPath: rejected, reports: try targets,
            grading: grading ?? .standard, masking: masking.map { $0 == .masked }, replacesReport: force,
            mostErrors: maxErrors,
            threads: threads ?? min(8, WorkerThreads.available), isQuiet: quiet)
        let status: ExitStatus
        do {
            status = try ValidatePipeline(options, console: console).run()
        } catch let refusal as SchemaRefusal {
            try console.warn(SchemaRefusalText.lines(refusal, style: console.errorStyle))
            // A compilation that was given up goes on until the process ends, and must not meet its end half-way.
            let status = SchemaRefusalText.isUnreadable(refusal) ? ExitStatus.inputNotOpened : .usage
            status.endAtOnce()
        }
        if status != .done { throw CommandOutcome(status: status) }
    }
}
