import ArgumentParser
import ChargeLedger

/// `rinnovo ledger withdraw`: gives a proposed plan up, or says of an interrupted run that its files were never used.
struct LedgerWithdrawCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "withdraw",
        abstract: "Gives a proposed plan up, or says of an interrupted run that nothing of it was published.",
        discussion: """
            Its periods may be planned anew. Of a run whose charges were handed in, hand in reversal-charges.csv \
            instead: withdrawing it would let the next run charge everybody again.
            """)

    @Argument(help: ArgumentHelp("The number of the run.", valueName: "run"))
    var number: Int

    @Flag(help: "The run's charges were published and never handed in; the ledger keeps who said so.")
    var unused = false

    @OptionGroup var ledger: LedgerArgument
    @OptionGroup var decision: LedgerDecision

    func run() throws {
        _ = try ledger.reading()
        let opened = try ChargeLedger(ledger.path, .writing)
        try opened.settle(
            run: number, published: false, by: decision.by, on: decision.day, program: Version.text, isUnused: unused)
        try Console(isQuiet: false, isVerbose: false).tell(["run \(number) is withdrawn"])
    }
}
