import ArgumentParser
import BillingFiles
import FormatProfiles
import SettingsText

/// Facts that a format states and no record holds, as whoever converts gives them.
struct GivenFacts {
    /// The texts by the names of the facts.
    private(set) var texts: [String: String] = [:]

    /// The facts of `--set`, and those of the file of `--values`, which count less.
    ///
    /// - Throws: `ValidationError` for a text that is no fact, `SettingsRefusal` for a file with faults, `InputError` when
    ///   it cannot be read.
    init(_ stated: [String], file: String?) throws {
        if let file { texts = try Self.read(file) }
        var seen: Set<String> = []
        for fact in stated {
            guard let mark = fact.firstIndex(of: "="), mark > fact.startIndex else {
                throw ValidationError("--set takes NAME=VALUE, not '\(fact)'.")
            }
            let name = String(fact[..<mark])
            guard seen.insert(name).inserted else { throw ValidationError("--set gives '\(name)' twice.") }
            texts[name] = String(fact[fact.index(after: mark)...])
        }
    }

    private static func read(_ path: String) throws -> [String: String] {
        let file = try SettingsFile(path, role: "values")
        var reader = SettingsReader(file: path)
        var texts: [String: String] = [:]
        for entry in reader.entries(try SettingsNode.document(file.bytes, file: path)) ?? [] {
            texts[entry.key] = reader.text(entry.value)
        }
        return try reader.result(texts)
    }

    /// Refuses facts for a format that states none.
    func refuse(for format: String) throws {
        guard let name = texts.keys.min() else { return }
        throw ValidationError("--set \(name): \(format) states nothing that no record holds.")
    }

    /// States the facts in a profile.
    ///
    /// - Throws: `ValidationError` for a name that the format has not, or a text that is none of its form; a
    ///   `CommandOutcome` for a wrong command line that names every fact that is missing.
    func give(to profile: inout FormatProfile) throws {
        let known = profile.writing.given
        if known.isEmpty { try refuse(for: profile.name) }
        for (name, text) in texts.sorted(by: { $0.key < $1.key }) {
            guard let fact = known.first(where: { $0.name == name }) else {
                let near = NearWord.nearest(to: name, in: known.map(\.name))
                throw ValidationError(
                    "--set \(name): \(profile.name) has no such fact; 'rinnovo formats show \(profile.name)' names them."
                        + (near.map { " Did you mean \($0)?" } ?? ""))
            }
            guard fact.value.form.fits(text) else {
                throw ValidationError(
                    "--set \(name): found '\(VisibleText.of(text.utf8))', expected \(fact.value.form.wording).")
            }
            _ = profile.writing.give(text, for: name)
        }
        let missing = profile.writing.missing
        guard !missing.isEmpty else { return }
        let list = missing.map { "\n  --set \($0.name)=...  \($0.value.sentence)" }.joined()
        throw CommandOutcome(
            status: .usage,
            message: "\(profile.name) states what no record holds; give it with --set, or in a file of --values:\(list)"
        )
    }
}
