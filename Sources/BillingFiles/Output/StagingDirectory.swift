// Unsafe code: names lent to system calls.
import Glibc

/// A hidden directory that holds an output until it is complete.
///
/// It is locked (`flock`) as long as its run lives, which tells the next run which ones are leftovers of dead runs,
/// even where process numbers say nothing because several containers share a volume.
struct StagingDirectory: Sendable {
    let name: String
    let descriptor: FileDescriptor
    let cleanup: StagingCleanup.Entry?

    /// Creates and locks one in `parent`, whose absolute path is `parentPath`.
    init(_ names: StagingName, in parent: FileDescriptor, parentPath: String) throws(SystemError) {
        var lastError = SystemError(code: EEXIST)
        for _ in 0..<16 {
            let name = names.staged()
            // Listed before it exists: a signal that comes in between must not leave it behind.
            let cleanup = StagingCleanup.add(parentPath == "/" ? "/\(name)" : "\(parentPath)/\(name)")
            guard unsafe mkdirat(parent.number, name, 0o700) == 0 else {
                lastError = .current
                StagingCleanup.remove(cleanup)
                if lastError.code == EEXIST { continue }
                throw lastError
            }
            let descriptor: FileDescriptor
            do throws(SystemError) {
                descriptor = try FileDescriptor(openingDirectory: name, in: parent.number)
            } catch {
                try? parent.removeEntry(name.entryName, isDirectory: true)
                StagingCleanup.remove(cleanup)
                throw error
            }
            // A file system without locks gives another error: then nobody removes leftovers, and nobody is harmed.
            let isTaken = flock(descriptor.number, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK
            // Between its making and its locking, another run may have taken it for a leftover.
            let present = try parent.statusOfEntry(name, followingLinks: false)
            if !isTaken, present?.identity == (try descriptor.status()).identity {
                self.name = name
                self.descriptor = descriptor
                self.cleanup = cleanup
                return
            }
            StagingCleanup.remove(cleanup)
        }
        throw lastError
    }

    /// Removes the staging directories that dead runs left for this output in `parent`.
    ///
    /// Nothing is removed that is not of our naming and of our user, that a living process may use, or that holds
    /// anything but plain files. Failures are left alone: a leftover costs space and nothing else.
    static func removeLeftovers(of names: StagingName, in parent: FileDescriptor) {
        for entry in (try? parent.entryNames()) ?? [] {
            let name = String(decoding: entry.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
            if let process = names.process(ofReplaced: name), isDead(process) {
                try? parent.removeEntry(entry, isDirectory: true)
            }
            guard let process = names.process(of: name), process == getpid() || isDead(process),
                let leftover = try? FileDescriptor(openingDirectory: name, in: parent.number),
                let status = try? leftover.status(), status.owner == geteuid(),
                flock(leftover.number, LOCK_EX | LOCK_NB) == 0
            else { continue }
            leftover.removeFiles()
            try? parent.removeEntry(entry, isDirectory: true)
        }
    }

    private static func isDead(_ process: Int32) -> Bool {
        kill(process, 0) != 0 && errno == ESRCH
    }
}

extension FileDescriptor {
    /// Removes the files of this directory and leaves the directories in it.
    func removeFiles() {
        for entry in (try? entryNames()) ?? [] { try? removeEntry(entry) }
    }
}
