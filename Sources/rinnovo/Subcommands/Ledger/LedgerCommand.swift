import ArgumentParser
import BillingFiles
import BillingValues
import ChargeLedger

/// `rinnovo ledger`: what earlier audits planned, and what became of it.
struct LedgerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger",
        abstract: "Shows, proves and releases what earlier audits planned.",
        discussion: """
            'rinnovo audit --ledger FILE' keeps a ledger, so that no missed renewal is recovered twice. These commands \
            look at it, prove that nobody altered it, and release a plan that was only proposed.

            Exit codes: 0 done, 1 'verify' found something, 64 wrong command line or a run in another state, 65 the \
            file is no ledger or cannot be trusted, 66 it cannot be opened, 73 another run uses it or an output cannot \
            be created, 74 reading or writing failed.
            """,
        subcommands: [
            LedgerListCommand.self, LedgerShowCommand.self, LedgerVerifyCommand.self, LedgerExportCommand.self,
            LedgerApproveCommand.self, LedgerConfirmCommand.self, LedgerWithdrawCommand.self,
        ])
}

/// The ledger that a command is about.
struct LedgerArgument: ParsableArguments {
    @Option(name: .customLong("ledger"), help: ArgumentHelp("The ledger.", valueName: "file"))
    var path: String

    /// Opens it to look at it: here the ledger is an input, and its errors have the codes of one.
    func reading() throws -> ChargeLedger {
        do {
            return try ChargeLedger(path, .reading)
        } catch .cannotOpen(let path, let reason) {
            throw CommandOutcome(status: .inputNotOpened, message: "cannot open the ledger '\(path)': \(reason)")
        } catch {
            switch error {
            case .notALedger, .newerVersion: throw CommandOutcome(status: .untrustedInput, message: "\(error)")
            default: throw error
            }
        }
    }
}

/// Who decides, and when.
struct LedgerDecision: ParsableArguments {
    @Option(help: ArgumentHelp("Who decides; the ledger keeps the name.", valueName: "name"))
    var by: String

    @Option(
        help: ArgumentHelp("The day of the decision; default: today by this machine's clock.", valueName: "date"),
        transform: { text in
            guard let date = CivilDate(text) else {
                throw ValidationError("'\(text)' is no date: write a day of the calendar as YYYY-MM-DD.")
            }
            return date
        })
    var on: CivilDate?

    /// The day of the decision; the clock is read when none was stated.
    var day: CivilDate { on ?? Today.civilDate }

    func validate() throws {
        let isPlain = by.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
        guard isPlain, by.contains(where: { !$0.isWhitespace }), by.utf8.count <= 200 else {
            throw ValidationError("--by takes a name of one line, at most 200 bytes.")
        }
    }
}
