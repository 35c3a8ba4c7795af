import ArgumentParser
import ArrearsRecovery
import BillingFiles
import ChargeLedger
import Reports

/// `rinnovo ledger show`: the entries of a run or of a subscription.
struct LedgerShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Shows the entries of a run, or all that is known of a subscription.")

    @Argument(help: ArgumentHelp("The number of a run, or the id of a subscription.", valueName: "id"))
    var identifier: String

    @Flag(help: "The id is that of a subscription, even where a run has this number.")
    var subscription = false

    @OptionGroup var ledger: LedgerArgument

    func run() throws {
        let console = Console(isQuiet: false, isVerbose: false)
        let opened = try ledger.reading()
        let runs = LedgerRun.all(try opened.links())
        let run = subscription ? nil : runs.first { "\($0.number)" == identifier }
        let listing = LedgerListing(style: console.style)
        if let run { try console.tell(listing.lines([LedgerListing.Run(run)]) + [""]) }
        // Some thousand entries at a time, so that memory does not grow with the run.
        var waiting: [LedgerRecord] = []
        var count = 0
        try opened.records(ofRun: run?.number, subscription: run == nil ? identifier : nil) { record in
            waiting.append(record)
            count += 1
            guard waiting.count == 4096 else { return }
            try console.tell(listing.lines(waiting))
            waiting.removeAll(keepingCapacity: true)
        }
        guard count > 0 || run != nil else {
            throw CommandOutcome(
                status: .usage,
                message:
                    "the ledger '\(ledger.path)' has neither a run \(VisibleText.of(identifier.utf8)) nor an entry "
                    + "of a subscription with this id")
        }
        try console.tell(waiting.isEmpty && count > 0 ? [] : listing.lines(waiting))
    }
}

extension ChargeLedger {
    /// Goes through entries as reports have them.
    func records(
        ofRun run: Int? = nil, subscription: String? = nil, _ body: (LedgerRecord) throws -> Void
    ) throws {
        let states = Dictionary(uniqueKeysWithValues: LedgerRun.all(try links()).map { ($0.number, $0.state.rawValue) })
        try entries(ofRun: run, subscription: subscription) { link, entry in
            try body(
                LedgerRecord(
                    run: link.run, decidedOn: link.decidedOn, state: states[link.run] ?? "", act: entry.act.rawValue,
                    subscription: entry.subscription, kind: LedgerEntry.kind, period: entry.period,
                    amount: entry.amount, day: entry.day, note: entry.note))
        }
    }
}
