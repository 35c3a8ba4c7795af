import Foundation
import Testing

/// Runs the program under `strace`, which shows its system calls and makes them fail.
struct Strace {
    /// What happens at a system call.
    enum Event: CustomTestStringConvertible {
        /// The call fails with this error.
        case error(String)
        /// The program gets this signal.
        case signal(String)

        var testDescription: String {
            switch self {
            case .error(let name), .signal(let name): name
            }
        }

        fileprivate var option: String {
            switch self {
            case .error(let name): "error=\(name)"
            case .signal(let name): "signal=\(name)"
            }
        }
    }

    /// A system call of a run: the name, and which of its calls it was, from 1.
    struct Call: Sendable {
        let name: String
        let ordinal: Int
        let line: String
    }

    /// Whether strace is there and may trace: some machines forbid it.
    static let isUsable: Bool =
        (try? Command(program: "strace", arguments: ["-f", "-o", "/dev/null", "true"]).run())?.code == 0

    static let missing: Comment = "strace is not installed or not allowed: CRASH SAFETY IS NOT TESTED"

    /// The system calls of the main thread of a command, and how it ended.
    static func calls(of command: Command, _ names: [String]) throws -> (calls: [Call], outcome: Command.Outcome) {
        let scratch = try TemporaryDirectory()
        let log = scratch.path("log")
        let outcome = try traced(
            command, ["-y", "-s", "4096", "-o", log, "-e", "trace=\(names.joined(separator: ","))"]
        ).run()
        var counts: [String: Int] = [:]
        var main: Substring?
        var calls: [Call] = []
        for line in try scratch.text(of: "log").split(separator: "\n") {
            guard let match = line.prefixMatch(of: /(\d+) +(\w+)\(/) else { continue }
            if main == nil { main = match.1 }
            // Injections are counted thread by thread.
            guard match.1 == main else { continue }
            let name = String(match.2)
            counts[name, default: 0] += 1
            calls.append(Call(name: name, ordinal: counts[name, default: 0], line: String(line)))
        }
        return (calls, outcome)
    }

    /// Runs a command to which something happens at one of its system calls.
    static func run(_ command: Command, at call: Call, _ event: Event) throws -> Command.Outcome {
        // The faster filter passes errors on, but no signals.
        let filter = if case .error = event { ["--seccomp-bpf"] } else { [String]() }
        return try traced(
            command,
            filter + [
                "-o", "/dev/null", "-e", "trace=\(call.name)", "-e",
                "inject=\(call.name):\(event.option):when=\(call.ordinal)",
            ]
        ).run()
    }

    private static func traced(_ command: Command, _ options: [String]) -> Command {
        var traced = command
        traced.program = "strace"
        traced.arguments = ["-f"] + options + [command.program] + command.arguments
        return traced
    }
}
