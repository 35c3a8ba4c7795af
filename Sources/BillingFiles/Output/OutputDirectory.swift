// Unsafe code: names lent to a system call.
import Glibc
import Synchronization

/// A set of files that appears under its final name all at once, or not at all.
///
/// ```swift
/// let directory = try OutputDirectory(path: "out", replacing: false, inputs: [source.identity])
/// let file = try directory.createFile(named: "notices.csv")
/// try file.append(bytes)
/// let identity = try file.finish()
/// try directory.publish()
/// ```
///
/// The files are written to a hidden directory beside the final one (mode 0700), brought to the device, and renamed.
/// Whatever ends the run before `publish()` leaves the final name as it was; the hidden directory is removed by
/// `discard()`, by the last reference, by the usual signals after `registerForSignals()`, and else by the next run.
///
/// Where a rename cannot replace the directory itself, because it is the root of a mount, the process's working
/// directory, or in a parent that may not be written, the hidden directory lies inside it and the files are renamed
/// one by one: each whole, in the order of their creation, but not all in one step.
public final class OutputDirectory: Sendable {
    enum Phase {
        case writing
        case published
        case discarded
    }

    struct State {
        var files: [StagedFile] = []
        var phase = Phase.writing
    }

    /// The directory's absolute path, with symbolic links resolved.
    public let path: String

    let place: OutputPlace
    let names: StagingName
    let staging: StagingDirectory
    /// The final directory when the staging one lies inside it, nil when they lie side by side.
    let enclosing: FileDescriptor?
    let replacing: Bool
    let inputs: Set<FileIdentity>
    /// Whether to use the flags of `renameat2`; tests switch them off to take the way of poorer file systems.
    let usesRenameFlags: Bool
    let state = Mutex(State())

    /// Prepares an output without changing anything under its final name.
    ///
    /// An empty directory may be there already; one that holds files may be when `replacing`: then files that
    /// are written again are replaced and all others kept.
    ///
    /// - Parameters:
    ///   - path: the directory; its parent must exist.
    ///   - replacing: whether files may be replaced.
    ///   - inputs: files that must not be.
    /// - Throws: `OutputError.cannotCreate`, `alreadyExists`, `wouldReplaceInput`.
    public convenience init(path: String, replacing: Bool, inputs: [FileIdentity] = []) throws(OutputError) {
        try self.init(path: path, replacing: replacing, inputs: inputs, usesRenameFlags: true)
    }

    init(
        path: String, replacing: Bool, inputs: [FileIdentity], usesRenameFlags: Bool
    ) throws(OutputError) {
        _ = ProcessDefaults.reportsFileSizeLimit
        self.replacing = replacing
        self.inputs = Set(inputs)
        self.usesRenameFlags = usesRenameFlags
        let place = try OutputPlace(path)
        self.place = place
        self.path = place.path
        names = StagingName(for: place.name)
        let existing = try Self.open(place, inputs: self.inputs)
        do throws(SystemError) {
            StagingDirectory.removeLeftovers(of: names, in: place.parent)
            if let existing {
                StagingDirectory.removeLeftovers(of: names, in: existing)
                let isEmpty = try existing.entryNames().isEmpty
                guard replacing || isEmpty else { throw SystemError(code: ENOTEMPTY) }
            }
            enclosing = try Self.isFixed(place) ? existing : nil
            staging = try StagingDirectory(
                names, in: enclosing ?? place.parent, parentPath: enclosing == nil ? place.parentPath : place.path)
        } catch {
            if error.code == ENOTEMPTY { throw .alreadyExists(path: path) }
            throw .cannotCreate(path: path, reason: error.reason)
        }
    }

    deinit {
        discard()
    }

    /// Makes every unpublished directory vanish when SIGINT, SIGTERM, SIGHUP or SIGPIPE ends the process.
    ///
    /// The process still ends by the signal. Call it once, early; later calls do nothing.
    public static func registerForSignals() {
        _ = StagingCleanup.handlesSignals
    }

    /// Removes everything that was written and not published.
    ///
    /// Does nothing after `publish()`.
    public func discard() {
        state.withLock { state in
            guard state.phase == .writing else { return }
            state.phase = .discarded
            for file in state.files {
                try? staging.descriptor.removeEntry(file.name.entryName)
                StagingCleanup.remove(file.cleanup)
            }
            try? (enclosing ?? place.parent).removeEntry(staging.name.entryName, isDirectory: true)
            StagingCleanup.remove(staging.cleanup)
        }
    }

    /// The existing directory, nil when there is none; anything else of that name is refused.
    private static func open(_ place: OutputPlace, inputs: Set<FileIdentity>) throws(OutputError) -> FileDescriptor? {
        guard let existing = place.existing else { return nil }
        guard existing.kind == .directory else {
            if inputs.contains(existing.identity) { throw .wouldReplaceInput(path: place.path) }
            throw .cannotCreate(path: place.path, reason: "it exists and is not a directory")
        }
        do throws(SystemError) {
            return try FileDescriptor(openingDirectory: place.name, in: place.parent.number)
        } catch {
            throw .cannotCreate(path: place.path, reason: error.reason)
        }
    }

    /// Whether the existing directory must stay the one it is.
    private static func isFixed(_ place: OutputPlace) throws(SystemError) -> Bool {
        guard let existing = place.existing else { return false }
        let parent = try place.parent.status().identity
        let current = try FileStatus(of: ".", followingLinks: true).identity
        if existing.identity.device != parent.device || existing.identity == current { return true }
        return unsafe faccessat(place.parent.number, ".", W_OK | X_OK, AT_EACCESS) != 0
    }
}
