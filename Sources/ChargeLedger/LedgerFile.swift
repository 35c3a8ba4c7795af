// Unsafe code: structures lent to system calls.
import Glibc

/// The ledger's file on disk: opened without following a link, and locked against other runs.
///
/// The lock is one byte far behind those that SQLite locks, held by this open file (`F_OFD_SETLK`), so that it ends
/// with the process however that ends. SQLite's own locks belong to the process, and closing any other descriptor of
/// the file would drop them: `LedgerFile` must be let go of after the database is closed, never before.
final class LedgerFile {
    /// The absolute path; of its folder symbolic links are resolved, of its last component none is followed.
    let path: String

    private let descriptor: Int32

    /// `F_OFD_SETLK` of Linux, which the headers hide behind `_GNU_SOURCE`.
    private static let setOpenFileLock: Int32 = 37

    /// How long a run waits for another one.
    static let patience = 60

    /// Opens a file, and creates an empty one for the owner alone when there is none and `creates`.
    init(_ given: String, creates: Bool) throws(LedgerError) {
        path = try Self.resolve(given)
        let flags = O_RDWR | O_NOFOLLOW | O_CLOEXEC | (creates ? O_CREAT : 0)
        let opened = unsafe Glibc.open(path, flags, 0o600)
        guard opened >= 0 else {
            if errno == ENOENT, !creates { throw .missing(path: given) }
            throw .cannotOpen(path: given, reason: errno == ELOOP ? "it is a symbolic link" : Self.reason(errno))
        }
        descriptor = opened
        try expectPlain()
    }

    deinit {
        _ = close(descriptor)
    }

    /// Waits for the lock.
    func lock(seconds: Int = patience) throws(LedgerError) {
        for attempt in 0... {
            var lock = flock()
            lock.l_type = Int16(F_WRLCK)
            lock.l_whence = Int16(SEEK_SET)
            lock.l_start = 1 << 62
            lock.l_len = 1
            if unsafe fcntl(descriptor, Self.setOpenFileLock, &lock) == 0 { break }
            guard errno == EAGAIN || errno == EACCES || errno == EINTR else {
                throw .failed(path: path, reason: Self.reason(errno))
            }
            guard attempt < seconds * 50 else { throw .busy(path: path, seconds: seconds) }
            usleep(20_000)
        }
        // Whoever had the lock may have put another file in its place.
        try expectPlain()
    }

    /// Whether the file has no bytes yet.
    var isEmpty: Bool { (try? status())?.st_size == 0 }

    /// Throws unless the path still leads to this file, and it is a plain one with one name.
    func expectPlain() throws(LedgerError) {
        let opened = try status()
        var named = stat()
        guard unsafe lstat(path, &named) == 0, named.st_dev == opened.st_dev, named.st_ino == opened.st_ino else {
            throw .cannotOpen(path: path, reason: "somebody put another file in its place")
        }
        guard opened.st_mode & S_IFMT == S_IFREG else { throw .cannotOpen(path: path, reason: "it is no plain file") }
        guard opened.st_nlink == 1 else {
            throw .cannotOpen(path: path, reason: "it has a second name, and SQLite would not know of it")
        }
    }

    /// Brings the folder's entry of a new file to the device.
    func synchronizeFolder() throws(LedgerError) {
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
        let opened = unsafe Glibc.open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard opened >= 0 else { throw .failed(path: path, reason: Self.reason(errno)) }
        defer { _ = close(opened) }
        guard fsync(opened) == 0 else { throw .failed(path: path, reason: Self.reason(errno)) }
    }

    private func status() throws(LedgerError) -> stat {
        var opened = stat()
        guard unsafe fstat(descriptor, &opened) == 0 else { throw .failed(path: path, reason: Self.reason(errno)) }
        return opened
    }

    /// The absolute path.
    static func resolve(_ given: String) throws(LedgerError) -> String {
        guard !given.isEmpty, !given.hasSuffix("/"), !given.utf8.contains(0) else {
            throw .cannotOpen(path: given, reason: "a file name was expected")
        }
        let slash = given.lastIndex(of: "/")
        let folder = slash.map { $0 == given.startIndex ? "/" : String(given[..<$0]) } ?? "."
        let name = slash.map { String(given[given.index(after: $0)...]) } ?? given
        guard let resolved = unsafe realpath(folder, nil) else {
            throw .cannotOpen(path: given, reason: Self.reason(errno))
        }
        defer { unsafe free(resolved) }
        let parent = unsafe String(cString: resolved)
        return parent == "/" ? "/\(name)" : "\(parent)/\(name)"
    }

    private static func reason(_ code: Int32) -> String {
        guard let text = unsafe strerror(code) else { return "error \(code)" }
        return unsafe String(cString: text)
    }
}
