import ArgumentParser
import BillingFiles
import ChargeLedger

/// `rinnovo ledger verify`: proves that a ledger holds.
struct LedgerVerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Proves the chain, the entries and the sums of a ledger.",
        discussion: """
            Prints the hash of the newest link. It is also in the manifest of that run: whoever keeps the manifests \
            can tell with --head that nobody cut the newest runs off.
            """)

    @OptionGroup var ledger: LedgerArgument

    @Option(help: ArgumentHelp("A hash that must be that of a link, such as one from a manifest.", valueName: "sha256"))
    var head: String?

    func run() throws {
        let opened = try ledger.reading()
        var faults = try opened.verify()
        let links = try opened.links()
        if let head, !links.contains(where: { $0.sha256 == head }) {
            faults.append("no link has the hash \(VisibleText.of(head.utf8))")
        }
        let console = Console(isQuiet: false, isVerbose: false)
        guard faults.isEmpty else {
            try console.warn(faults.map { "rinnovo: ledger: \($0)" })
            throw CommandOutcome(status: .findings)
        }
        let entries = links.reduce(0) { $0 + $1.entries }
        try console.tell([
            "the ledger holds: \(LedgerRun.all(links).count) runs, \(links.count) links, \(entries) entries",
            "newest link: \(try opened.head())",
        ])
    }
}
