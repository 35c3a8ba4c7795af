import ArgumentParser
import BillingFiles
import Reports

/// `rinnovo convert`: rewrites a file in another format, and tells of everything that does not come along.
struct ConvertCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "convert",
        abstract: "Converts files between native CSV, native XML and the formats of other systems.",
        discussion: """
            The kind of the file (subscriptions, charges, events, usage) is told from its columns or its root element, \
            the format of the input by its content, and that of the output by its name: .csv or .xml, in front of .gz \
            or .zst. Columns and elements that are not known are carried along. Values are text: nothing is judged but \
            structure.

            Known columns come first, in their usual order; CSV to CSV and XML to XML bring a file to this canonical \
            form. What the target cannot carry is listed on standard error with its count. Under --strict nothing is \
            written then.

            --to also takes a format of 'rinnovo formats list' that can be written, or a profile of one's own. Every \
            record is read again by the profile before it counts: one with a value that the format cannot hold is not \
            written, but told with its place, and goes to the file of --rejected.

            Exit codes: 0 done, 1 something could not be carried, or a record not be written (under --strict: and there \
            is no output), 64 wrong command line, or a format that cannot be written, 65 the structure of the input is broken (there is no output), 66 the input cannot be \
            opened, 70 a bug, 73 the output cannot be created, 74 reading or writing failed.
            """)

    @Argument(help: "The file to convert; .gz and .zst are read; - for standard input.")
    var input: String

    @Argument(
        help: ArgumentHelp(
            "The file to write; .gz and .zst are compressed; - for standard output, which is not. A folder, with / at its "
                + "end, for formats whose records can make several documents."))
    var output: String

    @Option(
        help: ArgumentHelp(
            "The format of the input: csv, xml, a name of 'rinnovo formats list', or a profile such as ./mine.yaml; "
                + "default: by its content.", valueName: "name"))
    var from: String?

    @Option(
        help: ArgumentHelp(
            "The format of the output: csv, xml, a name of 'rinnovo formats list', or a profile such as ./mine.yaml; "
                + "default: csv or xml, by its name.", valueName: "name"))
    var to: String?

    @Option(
        name: .customLong("set"),
        help: ArgumentHelp(
            "A fact that the format of the output states and no record holds, such as who sells; 'rinnovo formats show' "
                + "names those of a format. May be repeated.", valueName: "name=value"))
    var facts: [String] = []

    @Option(
        name: .customLong("values"),
        help: ArgumentHelp(
            "A YAML file of such facts, a line each, as name: value; --set counts more.", valueName: "file"))
    var factsFile: String?

    @Option(
        help: ArgumentHelp(
            "The mandates of customers, for a format that collects from their accounts; as for 'audit --collections'.",
            valueName: "file"))
    var mandates: String?

    @Option(
        help: ArgumentHelp(
            "A YAML file that says who collects, for such a format; as for 'audit --collections'.", valueName: "file"))
    var creditor: String?

    @Option(
        help: ArgumentHelp(
            "Where the records go that the format of the output cannot hold, as native CSV.", valueName: "file"))
    var rejected: String?

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
        if to == nil { _ = try target }
        if to == nil, !facts.isEmpty || factsFile != nil || mandates != nil || creditor != nil {
            throw ValidationError(
                "--set, --values, --mandates and --creditor are for a format that is named with --to.")
        }
        if rejected != nil, rejected == output {
            throw ValidationError("--rejected and the output are one file.")
        }
    }

    /// The format of the output.
    private var target: NamedTarget {
        get throws {
            if let to {
                return try NamedTarget(
                    to, try GivenFacts(facts, file: factsFile), mandates: mandates, creditor: creditor)
            }
            if let format = NativeFormat(path: output) { return NamedTarget(format) }
            throw ValidationError(
                output == "-"
                    ? "Say in which format to write to standard output: --to csv or --to xml."
                    : "'\(output)' does not end with .csv or .xml: say in which format to write with --to.")
        }
    }

    func run() throws {
        let console = Console(isQuiet: quiet, isVerbose: false)
        let progress = ProgressLine(isQuiet: quiet)
        let outcome: ConversionOutcome
        do {
            let named = try target
            try named.check(output)
            let options = ConversionOptions(
                input: input, output: output, source: try InputFormat(from, option: "--from"),
                target: named.target, collections: named.collections, rejected: rejected, isStrict: strict,
                replacesOutput: force, threads: threads ?? min(8, WorkerThreads.available))
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
        let isRefused = strict && !outcome.isComplete
        if !quiet, !isRefused { try console.warn(text.report) }
        try console.warn(text.losses)
        if isRefused {
            throw CommandOutcome(
                status: .findings, message: "nothing was written, for \(outcome.target.title) cannot carry everything")
        }
        if outcome.hasNoDocument {
            throw CommandOutcome(
                status: .findings,
                message: "nothing was written: \(outcome.target.carrier) has no document without records")
        }
        if !outcome.isComplete { throw CommandOutcome(status: .findings) }
    }
}
