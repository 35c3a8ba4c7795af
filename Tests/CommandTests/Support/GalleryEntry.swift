import Foundation
import Testing

/// What the gallery shows of one rule: an input that breaks it, and the reports that this gives.
///
/// `run` is the command; `places` says where its findings must stand; `report.txt` and `report.json` are recorded.
/// `RINNOVO_RECORD=1` records them anew; read the difference before it is committed.
struct GalleryEntry {
    static let folder = "\(Command.package)/Tests/ErrorGallery"
    static let isRecording = ProcessInfo.processInfo.environment["RINNOVO_RECORD"] == "1"

    /// The rule.
    let rule: String

    /// The words of the command, the program's name first; empty where no input can break the rule.
    let words: [String]

    /// Where findings on the rule must stand, in their order.
    let places: [GalleryPlace]

    /// For a rule of the audit, the subscriptions and first days of what must be found, divided by a tab.
    let findings: [String]?

    /// Why no input can break the rule.
    let reason: String?

    var path: String { "\(Self.folder)/\(rule)" }
    var isAudit: Bool { words.dropFirst().first == "audit" }
    var isConversion: Bool { words.dropFirst().first == "convert" }

    init(rule: String) throws {
        self.rule = rule
        let folder = "\(Self.folder)/\(rule)"
        func text(_ name: String) throws -> String {
            String(decoding: try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)")), as: UTF8.self)
        }
        if FileManager.default.fileExists(atPath: "\(folder)/unreachable") {
            (words, places, findings) = ([], [], nil)
            reason = try text("unreachable").trimmingCharacters(in: .newlines)
            return
        }
        reason = nil
        words = try text("run").split(whereSeparator: \.isWhitespace).map(String.init)
        if FileManager.default.fileExists(atPath: "\(folder)/findings") {
            (places, findings) = ([], try text("findings").split(separator: "\n").map(String.init))
            return
        }
        findings = nil
        places = try text("places").split(separator: "\n").map { try GalleryPlace($0) }
    }

    /// The rules that have a folder, sorted.
    static func rules() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder).filter { !$0.contains(".") }.sorted()
    }

    /// The bytes of an input, unpacked.
    func bytes(of file: String) throws -> [UInt8] {
        guard file.hasSuffix(".gz") else { return Array(try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(file)"))) }
        return try Command(program: "gzip", arguments: ["-dc", "\(path)/\(file)"]).run().outputBytes
    }

    /// What a run told.
    struct Reports {
        let text: String
        /// Nil where an audit ended without files.
        let json: String?
    }

    /// Runs the command in a copy of the folder.
    func run() throws -> Reports {
        let scratch = try TemporaryDirectory()
        let copy = scratch.path("entry")
        try FileManager.default.copyItem(atPath: path, toPath: copy)
        var command = try Rinnovo.command(Array(words.dropFirst()))
        command.directory = copy
        command.environment["NO_COLOR"] = "1"
        guard isAudit else {
            let text = try command.run()
            let told = text.output + text.error + "exit code \(text.code)\n"
            // A conversion writes the file that it was asked for, and no report besides.
            if isConversion { return Reports(text: told, json: nil) }
            command.arguments += ["--report", "json"]
            // A new version of the program changes nothing that the gallery shows.
            let json = try command.run().output.replacing(/"version": "[^"]*"/, with: "\"version\": \"*\"")
            return Reports(text: told, json: json)
        }
        let outcome = try command.run()
        if findings != nil {
            let table = String(decoding: try scratch.bytes(of: "entry/out/discrepancies.csv"), as: UTF8.self)
            let rows = table.split(separator: "\n").filter { $0.hasPrefix("rule,") || $0.hasPrefix("\(rule),") }
            return Reports(
                text: rows.map { "\($0)\n" }.joined() + "exit code \(outcome.code)\n",
                json: try ruleOfSummary(scratch.bytes(of: "entry/out/summary.json")))
        }
        let told = (outcome.output + outcome.error).split(separator: "\n").filter { $0.contains("[\(rule)]") }
        let summary = FileManager.default.contents(atPath: "\(copy)/out/summary.json")
            .map { String(decoding: $0, as: UTF8.self) }
        return Reports(
            text: told.map { "\($0)\n" }.joined() + "exit code \(outcome.code)\n",
            json: try summary.map { try Self.inputFindings($0) })
    }

    /// What a summary says of the rule.
    private func ruleOfSummary(_ summary: [UInt8]) throws -> String {
        let document = try #require(JSONSerialization.jsonObject(with: Data(summary)) as? [String: Any])
        let rules = try #require(document["rules"] as? [[String: Any]])
        let own = try #require(rules.first { $0["rule"] as? String == rule })
        let text = try JSONSerialization.data(withJSONObject: own, options: [.prettyPrinted, .sortedKeys])
        return String(decoding: text, as: UTF8.self) + "\n"
    }

    /// The part of a summary about the inputs.
    private static func inputFindings(_ summary: String) throws -> String {
        let lines = summary.split(separator: "\n", omittingEmptySubsequences: false)
        let start = try #require(lines.firstIndex { $0.hasPrefix("  \"input_findings\":") })
        let end = try #require(lines[start...].firstIndex { $0 == "  }," })
        return (["{"] + lines[start..<end].map(String.init) + ["  }", "}", ""]).joined(separator: "\n")
    }

    /// The findings on the rule in a JSON report.
    func findings(in json: String) throws -> [[String: Any]] {
        let document = try #require(JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
        let all: [[String: Any]]
        if let findings = document["input_findings"] as? [String: Any] {
            all = findings["places"] as? [[String: Any]] ?? []
        } else {
            let files = document["files"] as? [[String: Any]] ?? []
            all = files.flatMap { $0["findings"] as? [[String: Any]] ?? [] }
        }
        return all.filter { $0["rule"] as? String == rule }
    }
}
