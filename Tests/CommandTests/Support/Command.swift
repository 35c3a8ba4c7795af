import Foundation

/// A program that is run with given arguments, input and limits, and what came of it.
struct Command {
    /// What a run left behind.
    struct Outcome {
        /// The exit code, or 128 and the number of the signal that ended the program.
        let code: Int32
        /// Whether the program was stopped because it took too long.
        let timedOut: Bool
        /// How long the program ran, in seconds.
        let seconds: Double
        let outputBytes: [UInt8]
        let errorBytes: [UInt8]

        var output: String { String(decoding: outputBytes, as: UTF8.self) }
        var error: String { String(decoding: errorBytes, as: UTF8.self) }

        /// Everything that helps to understand a failed expectation.
        var report: String { "exit code \(code)\(timedOut ? ", timed out" : "")\n\(output)\n\(error)" }
    }

    /// The path of the program, or a name that `PATH` leads to.
    var program: String
    var arguments: [String] = []

    /// The bytes of standard input; nil for none at all.
    var input: [UInt8]?

    /// Variables that differ from those of the tests; nil takes a variable away.
    var environment: [String: String?] = [:]

    /// Where the program runs; nil for the folder of the package.
    var directory: String?

    /// After how many seconds the program is killed.
    var timeLimit = 30.0

    /// How many bytes of memory the program may write to (`RLIMIT_DATA`); nil for no limit.
    var memoryLimit: Int?

    /// The path that standard output goes to instead of the outcome.
    var outputPath: String?

    /// The folder of the package.
    static let package = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .path

    /// Whether `PATH` leads to a program of this name.
    static func exists(_ name: String) -> Bool {
        (try? Command(program: "sh", arguments: ["-c", "command -v \(name)"]).run())?.code == 0
    }

    /// What a command of the shell prints, which must succeed.
    static func shell(_ text: String, in directory: String? = nil) throws -> String {
        let outcome = try Command(program: "sh", arguments: ["-c", text], directory: directory).run()
        guard outcome.code == 0 else { throw Failed(text: "\(text)\n\(outcome.report)") }
        return outcome.output
    }

    /// Why a command could not do its work.
    struct Failed: Error, CustomStringConvertible {
        let text: String
        var description: String { text }
    }

    /// Runs the program to its end.
    func run() throws -> Outcome {
        let scratch = try TemporaryDirectory()
        let outputs = [outputPath ?? scratch.path("stdout"), scratch.path("stderr")]
        let process = try prepare(scratch: scratch, outputs: outputs)
        let start = ContinuousClock.now
        try Self.start(process)
        let deadline = Deadline(process.processIdentifier, seconds: timeLimit)
        process.waitUntilExit()
        let duration = (ContinuousClock.now - start).components
        let timedOut = deadline.cancel()
        return Outcome(
            code: process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus,
            timedOut: timedOut, seconds: Double(duration.seconds) + Double(duration.attoseconds) * 1e-18,
            outputBytes: outputPath == nil ? try scratch.bytes(of: "stdout") : [],
            errorBytes: try scratch.bytes(of: "stderr"))
    }

    /// A process that has not been started; `outputs` are the paths of standard output and standard error.
    private func prepare(scratch: TemporaryDirectory, outputs: [String]) throws -> Process {
        let process = Process()
        var words = [program] + arguments
        if let memoryLimit { words = ["prlimit", "--data=\(memoryLimit)"] + words }
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = words
        process.currentDirectoryURL = URL(fileURLWithPath: directory ?? Self.package)
        process.environment = fullEnvironment
        if let input {
            try scratch.write(input, to: "stdin")
            process.standardInput = FileHandle(forReadingAtPath: scratch.path("stdin"))
        } else {
            process.standardInput = FileHandle.nullDevice
        }
        for path in outputs where !path.hasPrefix("/dev/") {
            _ = FileManager.default.createFile(atPath: path, contents: nil)
        }
        process.standardOutput = FileHandle(forWritingAtPath: outputs[0])
        process.standardError = FileHandle(forWritingAtPath: outputs[1])
        return process
    }

    /// Starts a process with no signal blocked: the threads of tests block them, and a process inherits that.
    static func start(_ process: Process) throws {
        var none = sigset_t()
        var before = sigset_t()
        _ = unsafe sigemptyset(&none)
        _ = unsafe pthread_sigmask(SIG_SETMASK, &none, &before)
        defer { _ = unsafe pthread_sigmask(SIG_SETMASK, &before, nil) }
        try process.run()
    }

    /// The variables that the program sees: no colours are switched off unless a test asks for it.
    var fullEnvironment: [String: String] {
        var variables = ProcessInfo.processInfo.environment
        variables["NO_COLOR"] = nil
        for (name, value) in environment { variables[name] = value }
        return variables
    }
}

/// Kills a process that runs too long.
final class Deadline: @unchecked Sendable {
    private let lock = NSLock()
    private var hasEnded = false
    private var hasFired = false

    init(_ process: Int32, seconds: Double) {
        DispatchQueue.global().asyncAfter(deadline: .now() + seconds) { [self] in
            lock.withLock {
                guard !hasEnded else { return }
                hasFired = true
                kill(process, SIGKILL)
            }
        }
    }

    /// Lets the process be, and says whether it was killed before.
    func cancel() -> Bool {
        lock.withLock {
            hasEnded = true
            return hasFired
        }
    }
}
