import Foundation
import Testing

/// Several runs at once on one ledger: one waits for the other, and every period is planned exactly once.
struct LedgerConcurrencyTests {
    @Test func tenAtOnce() throws {
        let scratch = try TemporaryDirectory()
        let ledger = scratch.path("ledger")
        let commands = try (0..<10).map { number in
            // Half of them look at a part of the year alone.
            let arguments = Rinnovo.audit(
                Sample.subscriptions, [Sample.charges], from: number % 2 == 0 ? Sample.from : "2025-09-15",
                output: scratch.path("out\(number)"))
            return try Rinnovo.command(arguments + ["--ledger", ledger])
        }
        let outcomes = Outcomes()
        DispatchQueue.concurrentPerform(iterations: commands.count) { number in
            outcomes.add(number, Result { try commands[number].run() })
        }
        for (number, outcome) in outcomes.all { #expect(try outcome.get().code == 1, "\(number): \(outcome)") }
        var charges: [String] = []
        for number in 0..<10 {
            charges += try scratch.text(of: "out\(number)/recovery-charges.csv").split(separator: "\n").dropFirst()
                .map { String($0.split(separator: ",")[0]) }
        }
        let expected = try #require(try Sample.audited.get().files(in: "out"))["recovery-charges.csv"].map {
            String(decoding: $0, as: UTF8.self).split(separator: "\n").dropFirst()
                .map { String($0.split(separator: ",")[0]) }
        }
        #expect(charges.sorted() == expected?.sorted())
        let verified = try Rinnovo.run("ledger", "verify", "--ledger", ledger)
        #expect(verified.code == 0 && verified.output.contains("10 runs"), "\(verified.report)")
        #expect(try scratch.names().filter { $0.hasPrefix("ledger") } == ["ledger"])
    }

    private final class Outcomes: @unchecked Sendable {
        private let lock = NSLock()
        private var outcomes: [(Int, Result<Command.Outcome, any Error>)] = []

        func add(_ number: Int, _ outcome: Result<Command.Outcome, any Error>) {
            lock.withLock { outcomes.append((number, outcome)) }
        }

        var all: [(Int, Result<Command.Outcome, any Error>)] { lock.withLock { outcomes } }
    }
}
