import Foundation
import Testing

/// A billing system in a folder: lines, the charges that it exports, and audits of them that share a ledger.
final class LedgerAudit {
    let scratch: TemporaryDirectory
    var subscriptions = SmallAudit.subscriptions
    var charges: [String] = []

    init() throws { scratch = try TemporaryDirectory() }

    var ledger: String { scratch.path("ledger") }

    /// The command of an audit of what the files hold now.
    func command(from: String, to: String, output: String, _ more: [String] = []) throws -> Command {
        try scratch.write(subscriptions, to: "subscriptions.csv")
        try scratch.write(SmallAudit.table(SmallAudit.chargeColumns, charges), to: "charges.csv")
        return try Rinnovo.command(
            Rinnovo.audit(
                scratch.path("subscriptions.csv"), [scratch.path("charges.csv")], from: from, to: to,
                output: more.contains("--dry-run") ? nil : scratch.path(output)) + [
                    "--ledger", ledger, "--threads", "1",
                ]
                + more.filter { $0 != "--dry-run" })
    }

    /// Audits what the files hold now.
    @discardableResult
    func audit(from: String, to: String, output: String, _ more: String...) throws -> Command.Outcome {
        try command(from: from, to: to, output: output, more).run()
    }

    /// Runs a command of the ledger.
    func run(_ arguments: String...) throws -> Command.Outcome {
        try Rinnovo.command(["ledger"] + arguments + ["--ledger", ledger]).run()
    }

    /// The rows of a charges file of an output.
    func rows(_ name: String, of output: String) throws -> [String] {
        Array(try scratch.text(of: "\(output)/\(name)").split(separator: "\n").map(String.init).dropFirst())
    }

    /// The entries that count, as `act subscription period_start day`.
    func entries(_ act: String? = nil) throws -> [String] {
        let outcome = try run("export")
        guard outcome.code == 0 else { throw Command.Failed(text: outcome.report) }
        return CSVTable(outcome.outputBytes).values("run_state", "act", "subscription_id", "period_start", "day")
            .filter { !["withdrawn", "interrupted"].contains($0[0]) && (act == nil || $0[1] == act) }
            .map { $0[1...].joined(separator: " ") }
    }

    func expectSound() throws {
        let outcome = try run("verify")
        #expect(outcome.code == 0, "\(outcome.report)")
    }
}
