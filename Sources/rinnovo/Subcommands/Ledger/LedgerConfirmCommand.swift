import ArgumentParser
import ChargeLedger

/// `rinnovo ledger confirm`: says of an interrupted run that its files were used.
struct LedgerConfirmCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "confirm",
        abstract: "Says of an interrupted run that its files were published.",
        discussion: """
            Only for a run of which the program cannot tell it by itself: its files are neither in their directory nor \
            under the hidden name beside it. 'rinnovo ledger withdraw' says the opposite.
            """)

    @Argument(help: ArgumentHelp("The number of the run.", valueName: "run"))
    var number: Int

    @OptionGroup var ledger: LedgerArgument
    @OptionGroup var decision: LedgerDecision

    func run() throws {
        _ = try ledger.reading()
        let opened = try ChargeLedger(ledger.path, .writing)
        try opened.settle(run: number, published: true, by: decision.by, on: decision.day, program: Version.text)
        try Console(isQuiet: false, isVerbose: false).tell(["run \(number) counts as published"])
    }
}
