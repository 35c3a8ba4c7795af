import ArgumentParser
import BillingFiles
import ChargeLedger
import Reports

/// `rinnovo ledger export`: every entry of a ledger, for other programs.
struct LedgerExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Writes every entry of a ledger as CSV or JSON lines.")

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case csv, jsonl
    }

    @OptionGroup var ledger: LedgerArgument

    @Option(help: "What to write.")
    var format = Format.csv

    @Option(help: ArgumentHelp("Where to write; default: standard output.", valueName: "file"))
    var output: String?

    @Flag(help: "Replace the file.")
    var force = false

    func run() throws {
        let opened = try ledger.reading()
        let output = try ReportOutput(path: output == "-" ? nil : output, replacing: force)
        let table = LedgerExportTable(isJSON: format == .jsonl)
        try output.append(table.header)
        try opened.records { try output.append(table.bytes($0)) }
        try output.publish()
    }
}
