import Glibc

extension OutputDirectory {
    /// Renames the files one by one into the directory that encloses the staging one.
    ///
    /// When one cannot be renamed and nothing is replaced, those before it are taken back; when replacing, what they
    /// replaced is gone, so they stay.
    func publish(_ state: inout State, inside directory: FileDescriptor) throws(OutputError) {
        var published: [[CChar]] = []
        do throws(SystemError) {
            try staging.descriptor.synchronize()
            for file in state.files {
                let name = file.name.entryName
                try directory.rename(
                    name, from: staging.descriptor, as: name, keeping: !replacing, usesFlags: usesRenameFlags)
                published.append(name)
            }
        } catch {
            if !replacing {
                for name in published {
                    try? staging.descriptor.rename(name, from: directory, as: name, keeping: true)
                }
            }
            if error.code == EEXIST { throw .alreadyExists(path: path) }
            throw .cannotCreate(path: path, reason: error.reason)
        }
        state.phase = .published
        do throws(SystemError) {
            try directory.removeEntry(staging.name.entryName, isDirectory: true)
        } catch {
            throw .writeFailed(path: path, reason: error.reason)
        }
    }
}
