import Glibc

/// The hidden names beside an output: `.NAME.rinnovo-PID-RANDOM` while it is written, and
/// `.NAME.rinnovo-replaced-PID-RANDOM` for an older directory while its place is taken.
///
/// What is under a name of the first form may be removed as a leftover. Under one of the second form only an empty
/// directory may: the files of a run that was killed at that moment stay until a person has looked at them.
struct StagingName: Equatable {
    /// The name of the output, cut where the longest name that file systems allow would be exceeded.
    private let stem: String

    /// The forms for the output `name`.
    init(for name: String) {
        var stem = name
        while stem.utf8.count > 190 { stem.removeLast() }
        self.stem = stem
    }

    /// A new name for what is being written.
    func staged() -> String { ".\(stem).rinnovo-\(getpid())-\(Self.random())" }

    /// A new name for what is being replaced.
    func replaced() -> String { ".\(stem).rinnovo-replaced-\(getpid())-\(Self.random())" }

    /// The process that made the staged name `text`, nil when it is none of this output.
    func process(of text: String) -> Int32? { process(of: text, after: ".\(stem).rinnovo-") }

    /// The process that gave an older directory the name `text`, nil when it is none of this output.
    func process(ofReplaced text: String) -> Int32? { process(of: text, after: ".\(stem).rinnovo-replaced-") }

    private func process(of text: String, after prefix: String) -> Int32? {
        guard text.hasPrefix(prefix) else { return nil }
        let parts = text.dropFirst(prefix.count).split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, let process = Int32(parts[0]), process > 0, parts[0] == "\(process)",
            parts[1].utf8.count == 8, parts[1].allSatisfy({ $0.isHexDigit })
        else { return nil }
        return process
    }

    private static func random() -> String {
        let digits = String(UInt32.random(in: .min ... .max), radix: 16)
        return String(repeating: "0", count: 8 - digits.utf8.count) + digits
    }
}
