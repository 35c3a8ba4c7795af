import BillingFiles
import FormatProfiles
import Reports

/// What `rinnovo formats detect` prints.
struct DetectionText {
    let file: String
    let native: String?
    let detection: FormatDetection

    /// Whether one format is sure.
    var isSure: Bool { native != nil || detection.certain != nil }

    /// For people.
    func lines(isVerbose: Bool) -> [String] {
        if let native { return ["\(file): \(native), high confidence: its beginning is that of a native file"] }
        var lines: [String] = []
        if detection.candidates.isEmpty { lines.append("\(file): no known format fits") }
        for candidate in detection.candidates {
            let profile = candidate.file.profile
            lines.append("\(file): \(profile.name) (\(profile.title)), \(candidate.confidence.rawValue) confidence")
            for reason in candidate.file.reasons { lines.append("  \(reason)") }
            lines.append("  " + Self.account(candidate.trial))
        }
        guard isVerbose else { return lines }
        for (name, mismatch) in detection.mismatches {
            lines.append("  not \(name): found \(mismatch.found), expected \(mismatch.expected)")
        }
        return lines
    }

    private static func account(_ trial: ForeignTrial) -> String {
        let skipped = trial.skipped.sorted { $0.key < $1.key }.map { "\($0.value) left out (\($0.key))" }
        return (["first records: \(trial.sound) sound, \(trial.records - trial.sound) with faults"] + skipped)
            .joined(separator: ", ")
    }

    /// For machines.
    var json: JSONValue {
        var candidates: [JSONValue] = []
        if let native {
            candidates.append(.object([("format", .string(native)), ("confidence", .string("high"))]))
        }
        for candidate in detection.candidates {
            let skipped = candidate.trial.skipped.sorted { $0.key < $1.key }
            candidates.append(
                .object([
                    ("format", .string(candidate.file.profile.name)),
                    ("confidence", .string(candidate.confidence.rawValue)),
                    ("reasons", .array(candidate.file.reasons.map { .string($0) })),
                    ("records", .integer(candidate.trial.records)), ("sound", .integer(candidate.trial.sound)),
                    ("skipped", .object(skipped.map { ($0.key, .integer($0.value)) })),
                ]))
        }
        let sure = native ?? detection.certain?.profile.name
        return .object([
            ("file", .string(file)), ("format", sure.map { .string($0) } ?? .null),
            ("candidates", .array(candidates)),
        ])
    }
}
