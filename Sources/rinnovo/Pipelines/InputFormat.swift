import ArgumentParser
import BillingFiles
import FormatProfiles
import SettingsText
import XMLStream

/// In which format an input is: told by its content, or by an option.
struct InputFormat: Sendable {
    /// The native format that an option names.
    let native: NativeFormat?

    /// The foreign format that an option names.
    let profile: FormatProfile?

    /// By content.
    static let byContent = InputFormat(native: nil, profile: nil)

    private init(native: NativeFormat?, profile: FormatProfile?) {
        self.native = native
        self.profile = profile
    }

    /// The format that the value of an option names: a native one, a shipped profile, or the path of a profile.
    ///
    /// - Throws: `ValidationError` for a name that nothing has, `SettingsRefusal` for a profile with faults, and
    ///   `InputError` when it cannot be opened.
    init(_ value: String?, option: String) throws {
        guard let value else {
            self = .byContent
            return
        }
        if let native = NativeFormat(name: value) {
            self.init(native: native, profile: nil)
        } else {
            self.init(native: nil, profile: try Self.profile(value, option: option))
        }
    }

    /// The profile of a name or a path.
    static func profile(_ value: String, option: String) throws -> FormatProfile {
        if value.contains("/") || [".yaml", ".yml", ".json"].contains(where: { value.hasSuffix($0) }) {
            let file = try SettingsFile(value, role: "format")
            return try ProfileFile.read(file.bytes, file: value)
        }
        if let profile = try ShippedProfiles.profile(named: value) { return profile }
        let near = NearWord.nearest(to: value, in: ShippedProfiles.names)
        throw ValidationError(
            "\(option) takes csv, xml, the path of a profile, or a name that 'rinnovo formats list' prints, not "
                + "'\(value)'." + (near.map { " Did you mean \($0)?" } ?? ""))
    }

    /// How an input is read in this format; nil for a native one.
    ///
    /// - Parameter kind: what the records must be; nil for any kind.
    /// - Throws: `UntrustedInput` when the file is not of the format that is named, or may be of several.
    func foreignFile(_ source: InputSource, kind: NativeKind?, option: String) throws -> ForeignFile? {
        if native != nil { return nil }
        if profile == nil {
            let header = try source.peek(Self.headerLength)
            let isShown = NativeFormat(beginning: header) != .xml || ForeignFile.rootName(header) != nil
            if isShown, Self.isNative(header) { return nil }
        }
        let beginning = try source.peek(ForeignFile.beginningLength)
        let isWhole = beginning.count < ForeignFile.beginningLength
        if let profile {
            switch ForeignFile.open(profile, beginning: beginning, isWhole: isWhole) {
            case .success(let file): return file
            case .failure(let mismatch):
                throw UntrustedInput([
                    InputFinding(
                        rule: beginning.isEmpty ? .emptyFile : .unknownLayout, place: .whole(source.displayName),
                        found: mismatch.found, expected: "\(profile.title): \(mismatch.expected)")
                ])
            }
        }
        guard !beginning.isEmpty, !Self.isNative(beginning) else { return nil }
        let profiles = try ShippedProfiles.all().filter { kind == nil || $0.kind == kind }
        let detection = FormatDetection(profiles, beginning: beginning, isWhole: isWhole)
        if let certain = detection.certain { return certain }
        guard !detection.candidates.isEmpty else {
            try Self.expectNoJSON(beginning, source, option: option)
            return nil
        }
        let names = detection.candidates.map { $0.file.profile.name }.joined(separator: ", ")
        throw UntrustedInput([
            InputFinding(
                rule: .unknownLayout, place: .whole(source.displayName),
                found: "a file that may be \(names), and nothing tells which for sure",
                expected: "the format named with \(option)")
        ])
    }

    /// How an input is read in the format that is named, or in the one that it surely is of; nil for any other.
    ///
    /// - Throws: `UntrustedInput` when the file is not of the format that is named, or is JSON of no known one.
    func certainFile(_ source: InputSource) throws -> ForeignFile? {
        if profile != nil { return try foreignFile(source, kind: nil, option: "--format") }
        let beginning = try source.peek(ForeignFile.beginningLength)
        guard !beginning.isEmpty, !Self.isNative(beginning) else { return nil }
        let isWhole = beginning.count < ForeignFile.beginningLength
        let detection = FormatDetection(try ShippedProfiles.all(), beginning: beginning, isWhole: isWhole)
        if detection.certain == nil { try Self.expectNoJSON(beginning, source, option: "--format") }
        return detection.certain
    }

    /// Refuses JSON that no format knows: read as a table it would have faults that nobody could put right.
    private static func expectNoJSON(_ beginning: [UInt8], _ source: InputSource, option: String) throws {
        guard ForeignFile.isSurelyJSON(beginning) else { return }
        throw UntrustedInput([
            InputFinding(
                rule: .unknownLayout, place: .whole(source.displayName), found: "JSON of no known format",
                expected: "a format that 'rinnovo formats list' names, or a profile named with \(option)")
        ])
    }

    /// How many bytes show a header row; a native file that comes through a pipe is read without waiting for more.
    private static let headerLength = 4096

    /// Whether a file is a native one, perhaps with faults: XML with a root of ours, or a header row with half of a
    /// kind's columns.
    static func isNative(_ beginning: [UInt8]) -> Bool {
        if NativeFormat(beginning: beginning) == .xml {
            // What has no root element is no document of any format; the native reader says best what is wrong.
            guard let root = ForeignFile.rootName(beginning) else { return true }
            return root.namespace == nil && NativeKind(rootElement: root.local) != nil
        }
        let line = beginning.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
        let text = String(decoding: line.starts(with: [0xEF, 0xBB, 0xBF]) ? line.dropFirst(3) : line, as: UTF8.self)
        let names = text.split(separator: ",", omittingEmptySubsequences: false).map { name in
            String(name.hasPrefix("\"") && name.hasSuffix("\"") ? name.dropFirst().dropLast() : name)
        }
        guard let nearest = NativeKind.nearest(to: names) else { return false }
        return nearest.missing.count * 2 <= nearest.kind.columns.count
    }
}
