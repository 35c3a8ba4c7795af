import ArgumentParser
import ArrearsRecovery
import BillingFiles
import BillingValues
import ChargeLedger
import Reports

/// `rinnovo ledger approve`: releases a plan that was only proposed, and writes its recovery charges.
struct LedgerApproveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "approve",
        abstract: "Releases a proposed plan and writes its recovery charges.",
        discussion: """
            Writes recovery-charges.csv, reversal-charges.csv and manifest.json. Periods that were paid since the \
            plan was proposed are left out. A plan whose first collection is not after the day of the approval is \
            refused: withdraw it and propose anew.
            """)

    @Argument(help: ArgumentHelp("The number of the run that proposed the plan.", valueName: "run"))
    var number: Int

    @OptionGroup var ledger: LedgerArgument
    @OptionGroup var decision: LedgerDecision

    @Option(help: ArgumentHelp("The directory of the outputs; it must not exist or be empty.", valueName: "dir"))
    var output: String

    @Flag(help: "Replace the outputs of an earlier run.")
    var force = false

    func run() throws {
        let day = decision.day
        _ = try ledger.reading()
        let opened = try ChargeLedger(ledger.path, .writing)
        _ = try opened.settlePending()
        let periods = try releasable(opened, on: day)
        let directory = try OutputDirectory(path: output, replacing: force, inputs: [])
        try LedgerPublication.expectOutside(directory, ledger: ledger.path)
        let files = [
            try write("recovery-charges.csv", periods, in: directory, RecoveryCharge.collecting),
            try write("reversal-charges.csv", periods, in: directory, RecoveryCharge.reversing),
        ]
        let draft = LedgerLink.Draft(
            act: .release, run: number, decidedOn: day, by: decision.by, program: Version.text, output: directory.path,
            files: files.map(\.ledgerFile))
        try LedgerPublication.run(
            opened, draft,
            entries: { add in
                for period in periods {
                    try add(
                        LedgerEntry(
                            act: .written, subscription: period.subscription, period: period.period,
                            amount: period.amount, day: period.day))
                }
            }, to: directory,
            manifest: { link in
                let name = ledger.path.split(separator: "/").last.map(String.init) ?? ledger.path
                let manifest = ManifestDocument.release(
                    version: Version.text, by: decision.by, on: day.description, outputs: files,
                    ledger: .init(name: name, run: link.run, sha256: link.sha256))
                let file = try directory.createFile(named: "manifest.json")
                try file.append(manifest.bytes)
                _ = try file.finish()
            })
        try Console(isQuiet: false, isVerbose: false).tell([
            "run \(number) is released by \(VisibleText.of(decision.by.utf8)) on \(day): \(periods.count) recovery charges "
                + "in \(output)"
        ])
    }

    /// The periods of the plan that may be released.
    private func releasable(_ opened: ChargeLedger, on day: CivilDate) throws -> [LedgerEntry] {
        guard let state = LedgerRun.all(try opened.links()).first(where: { $0.number == number })?.state else {
            throw CommandOutcome(status: .usage, message: "the ledger has no run \(number)")
        }
        guard state == .proposed else {
            throw CommandOutcome(status: .usage, message: "run \(number) is no proposed plan: it is \(state.rawValue)")
        }
        let periods = try opened.proposedPeriods(ofRun: number)
        guard !periods.isEmpty else {
            throw CommandOutcome(status: .usage, message: "of the plan of run \(number) nothing is left to collect")
        }
        if let first = periods.compactMap(\.day).min(), first <= day {
            throw CommandOutcome(
                status: .usage,
                message:
                    "the first collection of run \(number) is due on \(first), and it is approved on \(day): withdraw "
                    + "the plan and propose anew")
        }
        return periods
    }

    private func write(
        _ name: String, _ periods: [LedgerEntry], in directory: OutputDirectory,
        _ make: (BillingPeriod, Money, CivilDate, [UInt8]) -> RecoveryCharge
    ) throws -> ManifestDocument.Entry {
        let charges = periods.compactMap { period -> (charge: RecoveryCharge, subscription: [UInt8])? in
            guard let day = period.day else { return nil }
            let subscription = Array(period.subscription.utf8)
            return (make(period.period, period.amount, day, subscription), subscription)
        }
        let table = RecoveryChargeTable()
        let file = try directory.createFile(named: name)
        try file.append(table.header)
        try table.write(charges) { bytes throws(OutputError) in try file.append(bytes) }
        return ManifestDocument.Entry(role: "output", digest: try file.finish(), records: charges.count)
    }
}
