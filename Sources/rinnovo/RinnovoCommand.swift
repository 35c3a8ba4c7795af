import ArgumentParser
import BillingFiles
import XMLStream

/// The program: its subcommands, and the one place where errors become exit codes.
@main
struct RinnovoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rinnovo",
        abstract: "Finds uncharged renewals in telecom billing exports and writes the files that mend them.",
        version: "rinnovo \(Version.text)\nlibxml2 \(LibXML2Version.text)",
        subcommands: [
            AuditCommand.self, ValidateCommand.self, ConvertCommand.self, PolicyCommand.self, NoticesCommand.self,
            RulesCommand.self, LedgerCommand.self, FormatsCommand.self,
        ])

    static func main() {
        OutputDirectory.registerForSignals()
        do {
            var command = try parseAsRoot()
            try command.run()
            ExitStatus.done.end()
        } catch {
            ExitStatus.end(reporting: error)
        }
    }
}
