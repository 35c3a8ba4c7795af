// Unsafe code: the look-up of a Linux call by name, and the names lent to it.
import Glibc

/// What a renaming does about something that already has the new name.
enum RenameRule: UInt32, Sendable {
    /// Replaces it, as POSIX `rename` does: a file by a file, an empty directory by a directory.
    case replace = 0

    /// Fails with `EEXIST` (`RENAME_NOREPLACE`).
    case keep = 1

    /// Swaps the two in one step (`RENAME_EXCHANGE`).
    case exchange = 2
}

/// `renameat2` and its two flags, which not every file system knows.
enum LinuxRename {
    private typealias Call =
        @convention(c) @Sendable (
            Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>, UInt32
        ) -> Int32

    /// Looked up by name because the Glibc overlay hides what is declared for `_GNU_SOURCE` only.
    private static let call: Call? = {
        guard let symbol = unsafe dlsym(nil, "renameat2") else { return nil }
        return unsafe unsafeBitCast(symbol, to: Call.self)
    }()

    /// Renames an entry of one open directory to one of another; names are C strings, so that any byte may stand in
    /// them.
    static func rename(
        _ old: [CChar], in source: FileDescriptor, to new: [CChar], in target: FileDescriptor, rule: RenameRule
    ) throws(SystemError) {
        let outcome: Int32
        if rule == .replace {
            outcome = unsafe renameat(source.number, old, target.number, new)
        } else if let call = unsafe call {
            outcome = unsafe call(source.number, old, target.number, new, rule.rawValue)
        } else {
            throw SystemError(code: ENOSYS)
        }
        guard outcome == 0 else { throw .current }
    }
}

extension SystemError {
    /// Whether the file system or the kernel does not know a flag of `renameat2`.
    var isUnsupportedRename: Bool { code == EINVAL || code == ENOSYS || code == EOPNOTSUPP }
}

extension FileDescriptor {
    /// Gives an entry of `source` a name in this directory; when `keeping`, never over something that has the new name.
    ///
    /// On a file system that cannot be told so, the name is looked up before: directories are safe in any case, as a
    /// directory is only ever renamed over an empty one.
    func rename(
        _ old: [CChar], from source: FileDescriptor, as new: [CChar], keeping: Bool, usesFlags: Bool = true
    ) throws(SystemError) {
        if keeping, usesFlags {
            do throws(SystemError) {
                return try LinuxRename.rename(old, in: source, to: new, in: self, rule: .keep)
            } catch {
                guard error.isUnsupportedRename else { throw error }
            }
        }
        if keeping {
            guard unsafe faccessat(number, new, F_OK, AT_SYMLINK_NOFOLLOW) != 0 else {
                throw SystemError(code: EEXIST)
            }
        }
        try LinuxRename.rename(old, in: source, to: new, in: self, rule: .replace)
    }
}
