import ArgumentParser
import BillingFiles
import Reports

/// `rinnovo convert`: rewrites a native file in another format, without losing anything.
struct ConvertCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "convert",
        abstract: "Converts native files between CSV and XML.",
        discussion: """
            The kind of the file (subscriptions, charges, events, usage) is told from its columns or its root element, \
            the format of the input by its content, and that of the output by its name: .csv or .xml, in front of .gz \
            or .zst. Columns and elements that are not known are carried along. Values are text: nothing is judged but \
            structure.

            Known columns come first, in their usual order; CSV to CSV and XML to XML bring a file to this canonical \
            form. What the target cannot carry is listed on standard error with its count. Under --strict nothing is \
            written then.

            Exit codes: 0 done, 1 something could not be carried (under --strict: and there is no output), 64 wrong \
            command line, 65 the structure of the input is broken (there is no output), 66 the input cannot be \
            opened, 70 a bug, 73 the output cannot be created, 74 reading or writing failed.
            """)

    @Argument(help: "The file to convert; .gz and .zst are read; - for standard input.")
    var input: String

    @Argument(help: "The file to write; .gz and .zst are compressed; - for standard output, which is not.")
    var output: String

    @Option(
        help: ArgumentHelp(
            "The format of the input: csv, xml, a name of 'rinnovo formats list', or a profile such as ./mine.yaml; "
                + "default: by its content.", valueName: "name"))
    var from: String?

    @Option(help: ArgumentHelp("The format of the output: csv or xml; default: by its name.", valueName: "name"))
    var to: String?

    @Flag(help: "Write nothing unless everything can be carried.")
    var strict = false

    @Flag(help: "Replace an output that exists.")
    var force = false

    @Option(help: ArgumentHelp("How many threads convert; default: one a core.", valueName: "count"))
    var threads: Int?

    @Flag(name: .shortAndLong, help: "Print errors only, and what could not be carried.")
    var quiet = false

    func validate() throws {
        if let threads, !(1...64).contains(threads) { throw ValidationError("--threads takes 1 to 64.") }
        _ = try target
    }

    /// The format of the output.
    private var target: NativeFormat {
        get throws {
            if let to { return try Self.format(to, option: "--to") }
            if let format = NativeFormat(path: output) { return format }
            throw ValidationError(
                output == "-"
                    ? "Say in which format to write to standard output: --to csv or --to xml."
                    : "'\(output)' does not end with .csv or .xml: say in which format to write with --to.")
        }
    }

    private static func format(_ name: String, option: String) throws -> NativeFormat {
        if let format = NativeFormat(name: name) { return format }
        let known = NativeFormat.allCases.map { "\($0.rawValue) (\($0.name))" }.joined(separator: " or ")
        throw ValidationError("\(option) takes \(known), not '\(name)'.")
    }

    func run() throws {
        let console = Console(isQuiet: quiet, isVerbose: false)
        let progress = ProgressLine(isQuiet: quiet)
        let options = ConversionOptions(
            input: input, output: output, source: try InputFormat(from, option: "--from"),
            target: try target, isStrict: strict, replacesOutput: force,
            threads: threads ?? min(8, WorkerThreads.available))
        let outcome: ConversionOutcome
        do {
            outcome = try ConvertPipeline(options, progress: progress).run()
        } catch let untrusted as UntrustedInput {
            progress.end()
            try console.warn(FindingText(style: console.errorStyle, isVerbose: false).lines(untrusted.findings))
            throw CommandOutcome(
                status: .untrustedInput, message: "the structure of the input is broken, so nothing was converted")
        } catch {
            progress.end()
            throw error
        }
        try console.warn(FindingText(style: console.errorStyle, isVerbose: false).lines(outcome.findings))
        let text = ConversionText(outcome, style: console.errorStyle)
        let isRefused = strict && !outcome.losses.isEmpty
        if !quiet, !isRefused { try console.warn(text.report) }
        try console.warn(text.losses)
        if isRefused {
            throw CommandOutcome(
                status: .findings, message: "nothing was written, for \(outcome.target.title) cannot carry everything")
        }
        if !outcome.losses.isEmpty { throw CommandOutcome(status: .findings) }
    }
}
