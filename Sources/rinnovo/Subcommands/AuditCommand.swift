import ArgumentParser
import BillingFiles
import BillingValues
import OperatorSettings
import RenewalAudit
import Reports

/// `rinnovo audit`: finds the uncharged renewals and writes the files that mend them.
struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Finds uncharged renewals and writes the files that mend them.",
        discussion: """
            Compares what each subscription owed with what it was charged, and writes discrepancies.csv, \
            recovery-charges.csv, reversal-charges.csv, corrected-charges.csv (or .xml, as the input), \
            recovery-plan.csv, arrears.csv, notices.csv, pre-notifications.csv, incidents.csv, summary.json and manifest.json: all of them, or nothing.

            Exit codes: 0 nothing to report, 1 there are findings, 64 wrong command line, 65 an input cannot be \
            trusted (no verdict is given), 66 an input cannot be opened, 70 a bug, 73 an output cannot be created, \
            74 reading or writing failed.
            """)

    @Option(
        help: ArgumentHelp(
            "The subscriptions, a CSV or XML file; - for standard input. Without it, cycle, price and life of each "
                + "subscription are inferred from its charges, which are then read twice.", valueName: "file"))
    var subscriptions: String?

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("The charges, one or more CSV or XML files; .gz and .zst are read.", valueName: "file"))
    var charges: [String]

    @OptionGroup var formats: AuditFormatOptions

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "What changed on the lines (suspended, ended, price_changed, ...), one or more CSV or XML files.",
            valueName: "file"))
    var events: [String] = []

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "What was used (calls, messages, data), one or more CSV or XML files; evidence for or against a missed "
                + "renewal.",
            valueName: "file"))
    var usage: [String] = []

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "What banks say of the collections (pain.002, camt.054, or native CSV or XML), one or more files: charges "
                + "become posted, failed or reversed by it.",
            valueName: "file"))
    var results: [String] = []

    @Option(
        help: ArgumentHelp(
            "The time zone whose days timestamps have, those of usage and of charges, like Europe/Rome; default: the "
                + "day as written.",
            valueName: "name"))
    var timeZone: String?

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "What the senders state of the files (records, sums, hashes, sequence numbers), one or more CSV files. "
                + "Without agreement there is no verdict.", valueName: "file"))
    var control: [String] = []

    @Option(help: ArgumentHelp("The first day whose renewals are judged.", valueName: "date"), transform: date)
    var from: CivilDate

    @Option(
        help: ArgumentHelp("The day up to which the exports are complete (exclusive).", valueName: "date"),
        transform: date)
    var to: CivilDate

    @Option(
        help: ArgumentHelp(
            "A YAML file with the figures of the policy; what it leaves out is the default.", valueName: "file"))
    var policy: String?

    @Option(
        help: ArgumentHelp(
            "A YAML file with the offers: prices, first periods, billing calendars, suspensions.", valueName: "file"))
    var offers: String?

    @Option(help: ArgumentHelp("The directory of the outputs; it must not exist or be empty.", valueName: "dir"))
    var output: String?

    @Option(
        help: ArgumentHelp("The day taken as today for the recovery; default: --to.", valueName: "date"),
        transform: date)
    var decidedOn: CivilDate?

    @Flag(
        help: ArgumentHelp(
            "Recover the uncharged renewals of inferred subscriptions too; without it none of them is collected."))
    var recoverInferred = false

    @Flag(help: "Say what would be found and written, and write nothing.")
    var dryRun = false

    @Flag(help: "Replace the outputs of an earlier run.")
    var force = false

    @Flag(
        help: """
            Mask phone numbers in the CSV files too, or show them in what is printed too; by default files have them \
            and the terminal has not. Charges are never altered.
            """)
    var masking: Masking?

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "Print the history of these subscriptions instead of the report: what was due, what was charged, and "
                + "why the verdicts are as they are. Writes files with --output alone.",
            valueName: "subscription-id"))
    var explain: [String] = []

    @Option(
        help: ArgumentHelp(
            "The ledger of what was planned, written and collected by earlier runs, so that nothing is recovered "
                + "twice; made when it is not there. --dry-run tells what differs and leaves it alone.",
            valueName: "file"))
    var ledger: String?

    @Flag(
        help: "Write the plan, but no recovery charges before 'rinnovo ledger approve' releases them; needs --ledger.")
    var proposed = false

    @OptionGroup(title: "Direct debits")
    var debits: CollectionCommandOptions

    @Option(help: ArgumentHelp("How many threads read and judge; default: one a core.", valueName: "count"))
    var threads: Int?

    @Flag(name: .shortAndLong, help: "Print errors only.")
    var quiet = false

    @Flag(name: .shortAndLong, help: "Print every table in full.")
    var verbose = false

    enum Masking: String, EnumerableFlag {
        case masked, unmasked
    }

    func validate() throws {
        guard from < to else { throw ValidationError("--from \(from) must lie before --to \(to).") }
        guard output != nil || dryRun || !explain.isEmpty else {
            throw ValidationError("Say where to write with --output, or --dry-run to write nothing.")
        }
        guard !charges.isEmpty else { throw ValidationError("Name at least one file with --charges.") }
        if let threads, !(1...64).contains(threads) { throw ValidationError("--threads takes 1 to 64.") }
        let named = [subscriptions, policy, offers].compactMap { $0 }
        if (named + events + charges + usage + results + control).count(where: { $0 == "-" }) > 1 {
            throw ValidationError("Standard input (-) can be one input only.")
        }
        if subscriptions == nil && !usage.isEmpty {
            throw ValidationError("--usage needs --subscriptions: charges do not tell the telephone numbers of lines.")
        }
        if quiet && !explain.isEmpty { throw ValidationError("--quiet and --explain exclude each other.") }
        if offers != nil && subscriptions == nil {
            throw ValidationError("--offers goes with --subscriptions: charges do not tell their offers.")
        }
        if recoverInferred && subscriptions != nil {
            throw ValidationError("--recover-inferred goes without --subscriptions: with them nothing is inferred.")
        }
        if proposed, ledger == nil { throw ValidationError("--proposed needs --ledger, which keeps the proposal.") }
        if quiet && verbose { throw ValidationError("--quiet and --verbose exclude each other.") }
    }

    func run() throws {
        guard let window = AuditWindow(from: from, to: to) else { return }
        let console = Console(isQuiet: quiet, isVerbose: verbose)
        let progress = ProgressLine(isQuiet: quiet)
        let policyFile = try policy.map { try SettingsFile($0, role: "policy") }
        let policy = try policyFile.map { try PolicyFile($0.bytes, file: $0.path) } ?? .standard
        let offersFile = try offers.map { try SettingsFile($0, role: "offers") }
        let catalogue = try offersFile.map { try OffersFile($0.bytes, file: $0.path).catalogue } ?? OfferCatalogue()
        let creditorFile = try debits.creditor.map { try SettingsFile($0, role: "creditor") }
        let options = AuditOptions(
            subscriptions: subscriptions, charges: charges, events: events, usage: usage, results: results,
            formats: try formats.formats, zone: try zone(),
            controls: control,
            settings: [policyFile, offersFile, creditorFile].compactMap { $0 }, explained: explain,
            offers: catalogue, suspension: policy.suspension,
            terms: AuditTerms(window: window, policy: policy.matching, decidedOn: decidedOn), policy: policy,
            output: dryRun ? nil : output, replacesOutput: force, masksTables: masking == .masked,
            recoversInferred: recoverInferred,
            ledger: ledger, collections: try debits.options(creditorFile), isProposal: proposed,
            threads: threads ?? min(8, WorkerThreads.available))
        let run: AuditPipeline.Run
        do {
            run = try AuditPipeline(options, progress: progress).run()
        } catch let untrusted as UntrustedInput {
            progress.end()
            let text = FindingText(style: console.errorStyle, isVerbose: verbose)
            try console.warn(text.lines(untrusted.findings))
            throw CommandOutcome(
                status: .untrustedInput,
                message: "the input cannot be trusted, so no verdict is given and nothing was written")
        } catch {
            progress.end()
            throw error
        }
        try console.warn(warnings(run.outcome) + unconfirmed(run))
        let text = AuditText(run.outcome, style: console.style, isVerbose: verbose)
        if explain.isEmpty {
            try console.tell(text.lines(directory: run.directory, files: run.files))
        } else {
            let history = HistoryText(
                run.outcome, rows: run.explanation.charges, style: console.style, masked: masking != .unmasked)
            let histories = run.explanation.histories.map { history.lines($0) }
            try console.tell(Array(histories.joined(separator: [""])))
            if run.directory != nil { try console.tell(text.written(directory: run.directory, files: run.files)) }
        }
        let hasFindings = !run.outcome.discrepancies.isEmpty || !run.outcome.findings.isEmpty
        // The process ends here: giving the findings of millions of subscriptions back one by one would take longer
        // than many a whole run.
        (hasFindings ? ExitStatus.findings : .done).end()
    }

    /// The rules of `--time-zone`.
    private func zone() throws -> TimeZoneRules? {
        guard let timeZone else { return nil }
        do throws(TimeZoneFile.Fault) {
            return try TimeZoneFile.rules(named: timeZone)
        } catch {
            throw CommandOutcome(status: .usage, message: "--time-zone: \(error)")
        }
    }

    private func unconfirmed(_ run: AuditPipeline.Run) -> [String] {
        run.unconfirmed.map { name in
            "rinnovo: warning: no control file says anything of \(VisibleText.of(name.utf8))"
        }
    }

    private func warnings(_ outcome: AuditOutcome) -> [String] {
        var warnings = outcome.unknownNames.map {
            "rinnovo: warning: the policy names \($0), which no subscription has"
        }
        for input in outcome.inputs where input.role == "charges" && input.format != nil {
            warnings.append(
                "rinnovo: \(VisibleText.of(input.name.utf8)) was read as \(input.format ?? ""), so it gets no corrected "
                    + "copy: recovery-charges.csv holds the charges to load")
        }
        guard let newest = CivilDate(dayNumber: outcome.newestCharge) else { return warnings }
        if to.days(since: newest) > 1 {
            warnings.append(
                "rinnovo: warning: the newest charge is of \(newest), but --to says that the exports are complete up "
                    + "to \(to): a missing file would look like uncharged renewals")
        }
        let later = outcome.collectedLater
        if later > 0 {
            warnings.append(
                "rinnovo: warning: \(later) renewals of the window are collected on \(to) or later and are not judged: "
                    + "audit them with a later --to")
        }
        let early = outcome.unchargedWithinGrace
        if early > 0 {
            warnings.append(
                "rinnovo: warning: \(early) of the uncharged renewals were due so late that a charge within the grace "
                    + "would be newer than the newest charge (\(newest)): audit them again when it has run out")
        }
        return warnings
    }
}

/// A date of the command line, as YYYY-MM-DD.
private func date(_ argument: String) throws -> CivilDate {
    guard let date = CivilDate(argument) else {
        throw ValidationError("'\(argument)' is no date: write a day of the calendar as YYYY-MM-DD.")
    }
    return date
}
