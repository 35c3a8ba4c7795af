import BillingFiles
import SettingsText

/// A file that says how an operator works (a policy, offers), read whole: none is large.
struct SettingsFile: Sendable {
    /// What the file is for, as the manifest calls it.
    let role: String
    /// The path as given.
    let path: String
    /// The bytes.
    let bytes: [UInt8]
    /// Tells the file from every other.
    let identity: FileIdentity
    /// What the manifest says of it.
    let digest: FileDigest

    /// Reads a file.
    ///
    /// - Throws: `InputError` when it cannot be read, `SettingsRefusal` when it is too large for settings.
    init(_ path: String, role: String) throws {
        let source = try InputSource(path: path, replayable: false)
        let limit = SettingsLimits.standard.bytes
        // One byte more than may be tells that it is too large.
        bytes = try source.peek(limit + 1)
        guard bytes.count <= limit else {
            throw SettingsRefusal([
                SettingsFault(
                    file: path, place: SettingsPlace(line: 1, column: 1), path: "", found: "more than \(limit) bytes",
                    expected: "a file of settings")
            ])
        }
        self.role = role
        self.path = path
        identity = source.identity
        digest = FileDigest(
            name: source.displayName, size: UInt64(bytes.count), sha256: FileDigest.sha256(of: bytes))
    }
}
