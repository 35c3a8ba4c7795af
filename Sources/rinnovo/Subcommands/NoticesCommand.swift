import ArgumentParser
import ArrearsRecovery
import BillingFiles
import OperatorSettings
import Reports
import SettingsText

/// `rinnovo notices`: the texts by which customers are told.
struct NoticesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "notices", abstract: "Looks over the texts by which customers are told of the recovery.",
        subcommands: [LintNotices.self])
}

/// `rinnovo notices lint`.
struct LintNotices: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lint", abstract: "Says what a template lacks, and how many messages it takes.",
        discussion: """
            A template should tell the amount, the day of the collection and whom to call. A tag that is not known is \
            an error; so is, in a short message, a character that GSM-7 does not have (È, a typographic quote, an \
            emoji), for it makes the whole message UCS-2, with 70 characters instead of 160.

            Exit codes: 0 nothing to report, 1 there are findings, 64 the command line or the policy file is wrong, \
            66 a file cannot be opened.
            """)

    @Argument(help: ArgumentHelp("Files with a template each.", valueName: "template"))
    var templates: [String] = []

    @Option(help: ArgumentHelp("A policy file, whose own templates are looked over too.", valueName: "file"))
    var policy: String?

    @Option(
        help: ArgumentHelp("What the templates are for: sms (the default), letter or call.", valueName: "channel"),
        transform: noticeChannel)
    var channel = NoticeChannel.sms

    @Option(help: ArgumentHelp("How many missed renewals the customer of the example has.", valueName: "count"))
    var arrears = 3

    func validate() throws {
        guard !templates.isEmpty || policy != nil else {
            throw ValidationError("Name at least one template, or a policy file with --policy.")
        }
        guard (1...1_000).contains(arrears) else { throw ValidationError("--arrears takes 1 to 1000.") }
        if (templates + [policy].compactMap { $0 }).count(where: { $0 == "-" }) > 1 {
            throw ValidationError("Standard input (-) can be one input only.")
        }
    }

    func run() throws {
        let file = try policy.map { try SettingsFile($0, role: "policy") }
        let settings = try file.map { try PolicyFile($0.bytes, file: $0.path) } ?? .standard
        let texts = try templates.map { path in
            NoticeLintText.Source(name: path, text: try Self.text(of: path), channel: channel)
        }
        let own = policy.map { NoticeLintText.sources(of: settings.notices, name: $0) } ?? []
        let report = NoticeLintText(texts + own, policy: settings.notices, arrears: arrears)
        try Console(isQuiet: false, isVerbose: false).tell(report.lines)
        (report.hasFindings ? ExitStatus.findings : .done).end()
    }

    /// The text of a template; the line end behind its last line is the file's, not the notice's.
    private static func text(of path: String) throws -> String {
        let file = try SettingsFile(path, role: "template")
        guard var text = String(validating: file.bytes, as: UTF8.self) else {
            let start = SettingsPlace(line: 1, column: 1)
            throw SettingsRefusal([
                SettingsFault(
                    file: path, place: start, path: "", found: "bytes that are no UTF-8", expected: "a text in UTF-8")
            ])
        }
        if text.unicodeScalars.first == "\u{FEFF}" { text.unicodeScalars.removeFirst() }
        if text.last?.isNewline == true { text.removeLast() }
        return text
    }
}

/// A channel of the command line.
private func noticeChannel(_ argument: String) throws -> NoticeChannel {
    guard let channel = NoticeChannel(rawValue: argument) else {
        throw ValidationError("'\(argument)' is no channel: sms, letter or call.")
    }
    return channel
}
