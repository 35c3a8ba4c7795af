import ArgumentParser
import OperatorSettings
import SettingsText

/// `rinnovo policy`: the figures by which the audit judges and arrears are collected.
struct PolicyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy", abstract: "Shows the policy: every figure that the audit and the recovery use.",
        subcommands: [ShowPolicy.self])
}

/// `rinnovo policy show`.
struct ShowPolicy: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Prints the policy in force as a policy file, defaults included.",
        discussion: """
            What is printed can be saved, changed and given to --policy; unchanged, it means the same policy.

            Exit codes: 0 printed, 64 the policy file is wrong (each fault with its line and column), 66 it cannot be \
            opened.
            """)

    @Option(help: ArgumentHelp("A policy file; without it the default is shown.", valueName: "file"))
    var policy: String?

    func run() throws {
        let file = try policy.map { try SettingsFile($0, role: "policy") }
        let policy = try file.map { try PolicyFile($0.bytes, file: $0.path) } ?? .standard
        try Console(isQuiet: false, isVerbose: false).print(policy.settings.yaml)
    }
}
