import Foundation
import Testing

/// Every command line that README.md shows does what it says.
@Suite struct ReadmeTests {
    private static let path = "\(Command.package)/README.md"
    private static let isRelease = ProcessInfo.processInfo.environment["RINNOVO_RELEASE"] == "1"
    private static let isThere = FileManager.default.fileExists(atPath: path)

    /// The lines behind `$ ` in blocks of `console` and `sh`, and those that begin with `script/`; a line that ends with a backslash goes on.
    static func commands(in text: String) -> [String] {
        var commands: [String] = []
        var isShell = false
        var goesOn = false
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("```") {
                isShell = ["```console", "```sh"].contains(line.trimmingCharacters(in: .whitespaces))
                goesOn = false
            } else if isShell, goesOn || line.hasPrefix("$ ") || line.hasPrefix("script/") {
                let part =
                    goesOn
                    ? line.trimmingCharacters(in: .whitespaces)
                    : String(line.hasPrefix("$ ") ? line.dropFirst(2) : line)
                commands.append(goesOn ? "\(commands.popLast() ?? "") \(part)" : part)
                goesOn = part.hasSuffix("\\")
                if goesOn { commands[commands.count - 1] = String(commands[commands.count - 1].dropLast()) }
            }
        }
        return commands
    }

    @Test func commandLinesAreFoundInBlocksOfTheShell() {
        let text = """
            $ rinnovo outside
            ```console
            $ rinnovo audit --from 2025-01-01 \\
                --to 2025-12-01
            282 renewals were never charged
            ```
            ```sh
            script/demo    # builds
            ```
            ```swift
            $ rinnovo swift
            ```
            """
        #expect(
            Self.commands(in: text) == ["rinnovo audit --from 2025-01-01  --to 2025-12-01", "script/demo    # builds"])
    }

    @Test(.enabled(if: isThere || isRelease, "there is no README.md yet"))
    func everyCommandLineRuns() throws {
        let text = try String(contentsOfFile: Self.path, encoding: .utf8)
        let commands = Self.commands(in: text).filter { $0.hasPrefix("rinnovo ") || $0.hasPrefix("script/") }
        #expect(!commands.isEmpty, "README.md shows no command line")
        let scratch = try TemporaryDirectory()
        // A reader stands in the folder of the package, with the program in the path.
        for name in ["samples", "schemas", "script", "docs", "README.md"] {
            try FileManager.default.createSymbolicLink(
                atPath: scratch.path(name), withDestinationPath: "\(Command.package)/\(name)")
        }
        try scratch.makeDirectory(".build")
        try scratch.makeDirectory(".bin")
        try FileManager.default.createSymbolicLink(
            atPath: scratch.path(".bin/rinnovo"), withDestinationPath: try Rinnovo.command([]).program)
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        for line in commands {
            let shown = line.hasPrefix("script/") ? helpOf(line) : line
            let command = Command(
                program: "bash", arguments: ["-c", "set -o pipefail; \(shown)"],
                environment: ["PATH": "\(scratch.path(".bin")):\(path)"], directory: scratch.path)
            let outcome = try command.run()
            // 1: there are findings, as in the sample.
            #expect(outcome.code <= 1, "$ \(line)\n\(outcome.report)")
            #expect(!outcome.error.contains("rinnovo: error: "), "$ \(line)\n\(outcome.report)")
        }
    }

    /// Building and installing take minutes and change the machine: of a script, only that it is there and answers.
    private func helpOf(_ line: String) -> String { "\(line.prefix { $0 != " " }) --help" }
}
