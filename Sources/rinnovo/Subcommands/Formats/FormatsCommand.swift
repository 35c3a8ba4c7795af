import ArgumentParser
import BillingFiles
import FormatProfiles
import Reports

/// `rinnovo formats`: the formats of other systems, and profiles of one's own.
struct FormatsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "formats",
        abstract: "Lists, explains, recognises and checks the formats that files of other systems are read in.",
        subcommands: [ListFormats.self, ShowFormat.self, DetectFormat.self, CheckFormat.self, ScaffoldFormat.self])
}

/// `rinnovo formats list`.
struct ListFormats: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Lists the formats, a line each, with whether they are only read or written too."
    )

    func run() throws {
        let profiles = try ShippedProfiles.all()
        let width = profiles.map(\.name.count).max() ?? 0
        try Console(isQuiet: false, isVerbose: false).tell(
            profiles.map { profile in
                let blanks = String(repeating: " ", count: width - profile.name.count)
                let kind = profile.kind.rawValue
                let use = if case .success = WritingPlan.make(profile) { "read, write" } else { "read       " }
                return "\(profile.name)\(blanks)  \(kind)\(String(repeating: " ", count: 13 - kind.count))  \(use)  "
                    + profile.title
            })
    }
}

/// `rinnovo formats show`.
struct ShowFormat: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Explains a format: what its fields become, its quirks, its source.",
        discussion: "With --profile its profile is printed, which can be saved, changed and given to --format.")

    @Argument(help: "A name of 'rinnovo formats list', or the path of a profile.")
    var name: String

    @Flag(help: "Print the profile itself.")
    var profile = false

    func run() throws {
        let console = Console(isQuiet: false, isVerbose: false)
        if profile, let text = ShippedProfiles.text(named: name) { return try console.print(text) }
        try console.tell(FormatText.lines(try InputFormat.profile(name, option: "formats show")))
    }
}

/// `rinnovo formats check`.
struct CheckFormat: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Says what is wrong with a profile, each fault with its line and column.",
        discussion: "Exit codes: 0 nothing is wrong, 64 the profile is wrong, 66 it cannot be opened.")

    @Argument(help: "A profile, YAML or JSON.")
    var file: String

    func run() throws {
        let settings = try SettingsFile(file, role: "format")
        let profile = try ProfileFile.read(settings.bytes, file: file)
        try Console(isQuiet: false, isVerbose: false).tell([
            "\(file): the profile \(profile.name) of \(profile.kind.rawValue) has no faults",
            FormatText.use(profile),
        ])
    }
}

/// `rinnovo formats scaffold`.
struct ScaffoldFormat: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scaffold",
        abstract: "Proposes a profile for a file of an unknown format: delimited, XML or JSON.",
        discussion: """
            The profile is made of the beginning of the file and printed. What the file does not tell stands in it as a \
            question; 'rinnovo formats check' names what is still missing. In XML and JSON the outermost element \
            that repeats is taken for the record.

            Exit codes: 0 printed, 65 nothing to propose was found, 66 it cannot be opened.
            """)

    @Argument(help: "A file; .gz and .zst are read; - for standard input.")
    var file: String

    func run() throws {
        let source = try InputSource(path: file, hashing: false, replayable: false)
        let beginning = try source.peek(ForeignFile.beginningLength)
        let isWhole = beginning.count < ForeignFile.beginningLength
        let isDocument = NativeFormat(beginning: beginning) == .xml || ForeignFile.isJSON(beginning)
        let scaffold =
            isDocument
            ? DocumentOutline(beginning: beginning).map { ProfileScaffold($0) }
            : ProfileScaffold(beginning: beginning, isWhole: isWhole)
        guard let scaffold else {
            let lacks = isDocument ? "no element with values" : "no rows of equally many fields"
            throw CommandOutcome(
                status: .untrustedInput, message: "'\(file)' has \(lacks), so nothing is proposed")
        }
        try Console(isQuiet: false, isVerbose: false).print(scaffold.yaml)
    }
}
