import Glibc
import Synchronization

extension OutputDirectory {
    /// Brings the files to their final name, all at once.
    ///
    /// - A new directory, or one that was empty: one rename.
    /// - One that holds files, when replacing: the two directories are exchanged in one step; then what the old one
    ///   held and the new one does not is moved over, and the old one removed. Killed in between (`SIGKILL`, a crash of
    ///   the machine), the process leaves the rest of the old files in `.NAME.rinnovo-replaced-…` beside it, which no
    ///   later run removes. The signals of `registerForSignals()` wait until all is done; a second one does not.
    /// - On a file system that cannot exchange, the old directory is renamed away first: for an instant the name is
    ///   not there at all.
    /// - A directory that must stay the one it is (see the type's comment): one rename a file.
    ///
    /// - Throws: `OutputError.writeFailed` when a file is not finished or the device fails; `alreadyExists`,
    ///   `wouldReplaceInput` or `cannotCreate` when the place has changed since. The output is then unpublished,
    ///   except after `writeFailed` of the very last steps: clearing up, and bringing the renames to the device.
    public func publish() throws(OutputError) {
        try StagingCleanup.publishing { () throws(OutputError) in
            try state.withLock { (state) throws(OutputError) in
                guard state.phase == .writing else {
                    throw .writeFailed(path: path, reason: "it was published or discarded before")
                }
                for file in state.files {
                    guard file.isFinished.load(ordering: .acquiring) else {
                        throw .writeFailed(path: file.path, reason: "it was not finished")
                    }
                    try expectReplaceable(file.name)
                }
                defer { forgetCleanup(of: state) }
                if let enclosing {
                    try publish(&state, inside: enclosing)
                } else {
                    try publishBeside(&state)
                }
            }
        }
        do throws(SystemError) {
            try (enclosing ?? place.parent).synchronize()
        } catch {
            throw .writeFailed(path: path, reason: error.reason)
        }
    }

    /// Runs what must not be cut in two by a signal of `registerForSignals()`, such as a publication and the note of it.
    ///
    /// The signal waits for its end; a second one does not.
    public static func withoutInterruption<Result>(_ body: () throws -> Result) throws -> Result {
        try StagingCleanup.publishing(body)
    }

    /// Takes published files off the list of what a signal removes.
    private func forgetCleanup(of state: borrowing State) {
        guard state.phase == .published else { return }
        for file in state.files { StagingCleanup.remove(file.cleanup) }
        StagingCleanup.remove(staging.cleanup)
    }

    /// One rename for the directory, in the way that what stands in its place asks for.
    private func publishBeside(_ state: inout State) throws(OutputError) {
        var deviceFailure: SystemError?
        do throws(SystemError) {
            let target = try place.parent.statusOfEntry(place.name, followingLinks: false)
            let isDirectory = target?.kind == .directory
            let permissions = isDirectory ? target?.permissions : nil
            try staging.descriptor.setPermissions(permissions ?? 0o777 & ~ProcessDefaults.mask)
            do throws(SystemError) {
                try staging.descriptor.synchronize()
            } catch {
                deviceFailure = error
                throw error
            }
            try place.parent.rename(
                staging.name.entryName, from: place.parent, as: place.name.entryName, keeping: !isDirectory,
                usesFlags: usesRenameFlags)
            state.phase = .published
            return
        } catch {
            if let deviceFailure { throw .writeFailed(path: path, reason: deviceFailure.reason) }
            switch error.code {
            case ENOTEMPTY, EEXIST:
                guard replacing else { throw .alreadyExists(path: path) }
            default:
                throw .cannotCreate(path: path, reason: error.reason)
            }
        }
        try exchange(&state)
    }
}
