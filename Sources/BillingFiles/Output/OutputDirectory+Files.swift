import Glibc
import Synchronization

extension OutputDirectory {
    /// Creates a file to write.
    ///
    /// - Parameters:
    ///   - name: its final name in the directory, never one that comes from data.
    ///   - hashing: whether to compute the SHA-256 while writing; see `OutputFile.finish(digest:)`.
    ///   - inBackground: whether the file is long enough that a thread of its own should write it; it is then hashed in any
    ///     case.
    /// - Throws: `OutputError.wouldReplaceInput`; `alreadyExists` for a name created before; `cannotCreate`.
    public func createFile(
        named name: String, hashing: Bool = true, inBackground: Bool = false
    ) throws(OutputError) -> sending OutputFile {
        let finalPath = "\(path)/\(name)"
        guard !name.isEmpty, name != ".", name != "..", !name.utf8.contains(where: { $0 == 0 || $0 == 0x2f }) else {
            throw .cannotCreate(path: finalPath, reason: "a file name was expected")
        }
        try expectReplaceable(name)
        let stagingPath = "\(enclosing == nil ? place.parentPath : path)/\(staging.name)/\(name)"
        let file = StagedFile(name: name, path: finalPath, cleanup: StagingCleanup.add(stagingPath))
        let descriptor = try state.withLock { (state) throws(OutputError) -> FileDescriptor in
            do throws(SystemError) {
                guard state.phase == .writing else { throw SystemError(code: EBADF) }
                let descriptor = try FileDescriptor(
                    opening: name, in: staging.descriptor.number, flags: O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW,
                    permissions: 0o600)
                state.files.append(file)
                return descriptor
            } catch {
                // The entry of the first file of this name still stands for it.
                StagingCleanup.remove(file.cleanup)
                if error.code == EEXIST { throw .alreadyExists(path: finalPath) }
                throw .cannotCreate(path: finalPath, reason: error.reason)
            }
        }
        return OutputFile(file, descriptor: descriptor, hashing: hashing, inBackground: inBackground)
    }

    /// Throws when what stands under the final name of a file must stay: an input, or a directory.
    func expectReplaceable(_ name: String) throws(OutputError) {
        let finalPath = "\(path)/\(name)"
        do throws(SystemError) {
            guard let target = try place.parent.statusOfEntry(place.name, followingLinks: false),
                target.kind == .directory
            else { return }
            let directory = try FileDescriptor(openingDirectory: place.name, in: place.parent.number)
            guard let entry = try directory.statusOfEntry(name, followingLinks: false) else { return }
            if inputs.contains(entry.identity) { throw SystemError(code: ETXTBSY) }
            // Replacing a link would leave the file it leads to in place, but the input would lose its name.
            if entry.kind == .symbolicLink, let followed = try directory.statusOfEntry(name, followingLinks: true),
                inputs.contains(followed.identity)
            {
                throw SystemError(code: ETXTBSY)
            }
            if entry.kind == .directory { throw SystemError(code: EISDIR) }
        } catch {
            if error.code == ETXTBSY { throw .wouldReplaceInput(path: finalPath) }
            throw .cannotCreate(path: finalPath, reason: error.reason)
        }
    }
}
