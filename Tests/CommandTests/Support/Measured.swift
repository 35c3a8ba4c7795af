import Foundation

/// A run of the program and the most memory that it had at once.
struct Measured {
    let outcome: Command.Outcome

    /// The largest resident set, in bytes.
    let memory: Int

    /// Runs a command and measures it.
    init(_ command: Command) throws {
        let scratch = try TemporaryDirectory()
        var measured = command
        measured.program = "python3"
        // The measure of the system is that of all processes waited for: an own one waits for this alone.
        let script = """
            import os, resource, sys
            code = os.spawnv(os.P_WAIT, sys.argv[2], sys.argv[2:])
            open(sys.argv[1], 'w').write(str(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))
            sys.exit(code if code >= 0 else 128 - code)
            """
        measured.arguments = ["-c", script, scratch.path("memory"), command.program] + command.arguments
        outcome = try measured.run()
        let text = try scratch.text(of: "memory")
        guard let kilobytes = Int(text) else { throw Command.Failed(text: "no measure: \(outcome.report)") }
        memory = kilobytes << 10
    }
}
