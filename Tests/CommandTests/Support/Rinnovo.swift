import Foundation
import Testing

/// The program under test and the sample that comes with it.
enum Rinnovo {
    /// The built program: that of `RINNOVO_BINARY`, else the release build, else the debug build.
    static let binary: String = {
        if let named = ProcessInfo.processInfo.environment["RINNOVO_BINARY"], !named.isEmpty { return named }
        let built = ["release", "debug"].map { "\(Command.package)/.build/\($0)/rinnovo" }
        return built.first(where: FileManager.default.isExecutableFile) ?? built[0]
    }()

    /// A command of the program; fails clearly where the program was not built.
    static func command(_ arguments: [String]) throws -> Command {
        try #require(
            FileManager.default.isExecutableFile(atPath: binary),
            "there is no program at \(binary): run 'swift build -c release --product rinnovo', or set RINNOVO_BINARY")
        return Command(program: binary, arguments: arguments)
    }

    /// Runs the program.
    static func run(_ arguments: String...) throws -> Command.Outcome { try command(arguments).run() }

    /// The arguments of an audit.
    static func audit(
        _ subscriptions: String, _ charges: [String], from: String = Sample.from, to: String = Sample.to,
        output: String? = nil, _ more: String...
    ) -> [String] {
        ["audit", "--subscriptions", subscriptions, "--charges"] + charges + ["--from", from, "--to", to]
            + (output.map { ["--output", $0] } ?? ["--dry-run"]) + more
    }
}

/// The sample incident, and what is true of it.
enum Sample {
    static let folder = "\(Command.package)/samples/easy-pay"
    static let subscriptions = "\(folder)/subscriptions.csv"
    static let charges = "\(folder)/charges.csv"
    static let from = "2025-01-01"
    static let to = "2025-12-01"

    /// The files of an audit, and no others.
    static let outputs = [
        "arrears.csv", "corrected-charges.csv", "discrepancies.csv", "incidents.csv", "manifest.json",
        "recovery-charges.csv",
        "notices.csv", "pre-notifications.csv", "recovery-plan.csv", "reversal-charges.csv", "summary.json",
    ]

    /// The arguments of an audit of the sample.
    static func audit(output: String?, _ more: String...) -> [String] {
        Rinnovo.audit(subscriptions, [charges], output: output) + more
    }

    /// The outputs of one audit of the sample, made once.
    static let audited: Result<TemporaryDirectory, any Error> = Result {
        let scratch = try TemporaryDirectory()
        let outcome = try Rinnovo.command(audit(output: scratch.path("out"))).run()
        guard outcome.code == 1 else { throw Command.Failed(text: outcome.report) }
        return scratch
    }

    /// The bytes of the charges.
    static func chargeBytes() throws -> [UInt8] { Array(try Data(contentsOf: URL(fileURLWithPath: charges))) }

    /// The text of the charges.
    static func chargeText() throws -> String { String(decoding: try chargeBytes(), as: UTF8.self) }

    /// The text of the subscriptions.
    static func subscriptionText() throws -> String { try String(contentsOfFile: subscriptions, encoding: .utf8) }
}
