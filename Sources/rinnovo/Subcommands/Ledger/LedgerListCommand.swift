import ArgumentParser
import ArrearsRecovery
import BillingFiles
import ChargeLedger
import Reports

/// `rinnovo ledger list`: the runs of a ledger.
struct LedgerListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "Lists the runs of a ledger.")

    @OptionGroup var ledger: LedgerArgument

    func run() throws {
        let console = Console(isQuiet: false, isVerbose: false)
        let runs = LedgerRun.all(try ledger.reading().links())
        try console.tell(LedgerListing(style: console.style).lines(runs.map(LedgerListing.Run.init)))
    }
}

extension LedgerListing.Run {
    /// A run of a ledger.
    init(_ run: LedgerRun) {
        let sums = LedgerSums(text: run.first.sums).lines
        let settling: Set<String> = [
            RecoveryAct.collected.rawValue, RecoveryAct.paidOtherwise.rawValue, RecoveryAct.reversed.rawValue,
        ]
        self.init(
            number: run.number, decidedOn: run.first.decidedOn, state: run.state.rawValue,
            planned: sums.filter { $0.act == RecoveryAct.planned.rawValue }
                .map { (count: $0.count, amount: $0.amount, currency: $0.currency) },
            settled: sums.filter { settling.contains($0.act) }.reduce(0) { $0 + $1.count },
            by: run.links.compactMap(\.by).last ?? "",
            output: run.links.last { $0.output != nil }?.output ?? "")
    }
}
