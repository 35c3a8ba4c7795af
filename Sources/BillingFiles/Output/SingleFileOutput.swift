import Glibc
import Synchronization

/// One output file that appears under its name complete, or not at all.
///
/// ```swift
/// let output = try SingleFileOutput(path: "charges.xml", replacing: false, inputs: [source.identity])
/// try output.file.append(bytes)
/// let identity = try output.file.finish()
/// try output.publish()
/// ```
///
/// A name that ends with `.gz` or `.zst` makes a gzip or Zstandard file. The file is written in a hidden directory beside its final place (see `OutputDirectory`) and renamed from there.
/// A symbolic link is followed: the file that it leads to is replaced, and the link stays. Used by one thread at a
/// time.
public final class SingleFileOutput {
    /// The file's absolute path, with symbolic links resolved.
    public let path: String

    /// Where the bytes go; to be finished before `publish()`.
    public let file: OutputFile

    private let place: OutputPlace
    private let staging: StagingDirectory
    private let staged: StagedFile
    private let replacing: Bool
    private let inputs: Set<FileIdentity>
    private var isOver = false

    /// Prepares an output without changing anything under its name.
    ///
    /// - Parameters:
    ///   - path: the file; its parent must exist.
    ///   - replacing: whether a file of that name may be replaced. Its permissions are kept.
    ///   - inputs: files that must not be replaced.
    ///   - hashing: whether to compute the SHA-256 while writing; see `OutputFile.finish(digest:)`.
    ///   - inBackground: whether a thread of its own writes the file, past the page cache; for long files.
    /// - Throws: `OutputError.cannotCreate`, `alreadyExists`, `wouldReplaceInput`.
    public init(
        path: String, replacing: Bool, inputs: [FileIdentity] = [], hashing: Bool = true,
        inBackground: Bool = false
    ) throws(OutputError) {
        _ = ProcessDefaults.reportsFileSizeLimit
        let place = try OutputPlace(path)
        let names = StagingName(for: place.name)
        self.place = place
        self.path = place.path
        self.replacing = replacing
        self.inputs = Set(inputs)
        try Self.expectFree(place, replacing: replacing, inputs: self.inputs)
        do throws(SystemError) {
            let encoder = try StreamEncoder(Compression(path: path))
            StagingDirectory.removeLeftovers(of: names, in: place.parent)
            staging = try StagingDirectory(names, in: place.parent, parentPath: place.parentPath)
            let stagingPath = place.parentPath == "/" ? "/\(staging.name)" : "\(place.parentPath)/\(staging.name)"
            staged = StagedFile(
                name: place.name, path: place.path, permissions: place.existing?.permissions,
                cleanup: StagingCleanup.add("\(stagingPath)/\(place.name)"))
            let descriptor = try Self.create(place, in: staging, staged)
            file = OutputFile(
                staged, descriptor: descriptor, hashing: hashing, inBackground: inBackground, encoder: encoder)
        } catch {
            throw .cannotCreate(path: path, reason: error.reason)
        }
    }

    deinit {
        discard()
    }

    /// Brings the finished file to its name in one rename, and the rename to the device.
    ///
    /// - Throws: `OutputError.writeFailed` when the file is not finished or the device fails; `alreadyExists`,
    ///   `wouldReplaceInput` or `cannotCreate` when the place has changed since.
    public func publish() throws(OutputError) {
        guard !isOver, staged.isFinished.load(ordering: .acquiring) else {
            throw .writeFailed(path: path, reason: isOver ? "it was published or discarded" : "it was not finished")
        }
        try StagingCleanup.publishing { () throws(OutputError) in
            try Self.expectFree(place, replacing: replacing, inputs: inputs)
            do throws(SystemError) {
                try place.parent.rename(
                    place.name.entryName, from: staging.descriptor, as: place.name.entryName, keeping: !replacing)
            } catch {
                if error.code == EEXIST { throw .alreadyExists(path: path) }
                throw .cannotCreate(path: path, reason: error.reason)
            }
            // Empty now: only the directory itself is removed.
            discard()
        }
        do throws(SystemError) {
            try place.parent.synchronize()
        } catch {
            throw .writeFailed(path: path, reason: error.reason)
        }
    }

    /// Removes what was written and not published.
    ///
    /// Does nothing after `publish()`.
    public func discard() {
        guard !isOver else { return }
        isOver = true
        try? staging.descriptor.removeEntry(place.name.entryName)
        try? place.parent.removeEntry(staging.name.entryName, isDirectory: true)
        StagingCleanup.remove(staged.cleanup)
        StagingCleanup.remove(staging.cleanup)
    }

    /// Creates the staged file; without one its directory does not stay either.
    private static func create(
        _ place: OutputPlace, in staging: StagingDirectory, _ staged: StagedFile
    ) throws(SystemError) -> FileDescriptor {
        do throws(SystemError) {
            return try FileDescriptor(
                opening: place.name, in: staging.descriptor.number, flags: O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW,
                permissions: 0o600)
        } catch {
            try? place.parent.removeEntry(staging.name.entryName, isDirectory: true)
            StagingCleanup.remove(staged.cleanup)
            StagingCleanup.remove(staging.cleanup)
            throw error
        }
    }

    private static func expectFree(
        _ place: OutputPlace, replacing: Bool, inputs: Set<FileIdentity>
    ) throws(OutputError) {
        let present: FileStatus?
        do throws(SystemError) {
            present = try place.parent.statusOfEntry(place.name, followingLinks: false)
        } catch {
            throw .cannotCreate(path: place.path, reason: error.reason)
        }
        guard let present else { return }
        if inputs.contains(present.identity) { throw .wouldReplaceInput(path: place.path) }
        guard present.kind == .regular else {
            throw .cannotCreate(path: place.path, reason: "it exists and is not a regular file")
        }
        if !replacing { throw .alreadyExists(path: place.path) }
    }
}
