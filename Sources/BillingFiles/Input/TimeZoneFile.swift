// This file holds unsafe code: the buffer that a file is read into.

public import BillingValues

/// The time zones of this machine, by their names in the IANA database.
public enum TimeZoneFile {
    /// Where systems keep them.
    public static let directory = "/usr/share/zoneinfo"

    /// Why there is no time zone of a name.
    public struct Fault: Error, Sendable, CustomStringConvertible {
        /// The reason, in words.
        public let description: String
    }

    /// More than any time zone has.
    private static let sizeLimit = 1 << 20

    /// The rules of the time zone with a name like `Europe/Rome`.
    public static func rules(named name: String, in directory: String = directory) throws(Fault) -> TimeZoneRules {
        let shown = VisibleText.of(name.utf8)
        guard isName(name) else {
            throw Fault(description: "\(shown) is no name of a time zone: write one like Europe/Rome")
        }
        let bytes: [UInt8]
        do throws(InputError) {
            bytes = try read("\(directory)/\(name)")
        } catch {
            throw Fault(
                description: "there is no time zone \(shown) in \(directory) (Debian keeps them in the package tzdata)")
        }
        do throws(TimeZoneDataFault) {
            return try TimeZoneRules(tzif: bytes)
        } catch {
            throw Fault(description: "\(directory)/\(shown) is no time zone: \(reason(error))")
        }
    }

    /// Whether a name can be one: words of letters, digits, `_`, `+` and `-` between slashes, so that it leads nowhere else.
    private static func isName(_ name: String) -> Bool {
        let isWord: (Substring) -> Bool = { word in
            !word.isEmpty
                && word.utf8.allSatisfy { byte in
                    (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "_")
                        || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
                }
        }
        return name.utf8.count <= 128 && name.split(separator: "/", omittingEmptySubsequences: false).allSatisfy(isWord)
    }

    private static func read(_ path: String) throws(InputError) -> [UInt8] {
        let source = try InputSource(path: path, hashing: false, replayable: false)
        var bytes = [UInt8](repeating: 0, count: sizeLimit)
        var failure: InputError?
        let count = unsafe bytes.withUnsafeMutableBytes { buffer in
            do throws(InputError) {
                return try unsafe source.read(into: buffer)
            } catch {
                failure = error
                return 0
            }
        }
        if let failure { throw failure }
        return Array(bytes[..<count])
    }

    private static func reason(_ fault: TimeZoneDataFault) -> String {
        switch fault {
        case .notTZif: "it does not begin as one"
        case .version1: "it is of version 1, which knows no later years"
        case .damaged: "it is damaged"
        case .countsLeapSeconds: "it counts leap seconds"
        case .badRule: "its last rule cannot be read"
        }
    }
}
