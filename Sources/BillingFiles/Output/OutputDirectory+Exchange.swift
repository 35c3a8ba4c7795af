import Glibc

extension OutputDirectory {
    /// Takes the place of a directory that holds files, and keeps those that are not ours.
    func exchange(_ state: inout State) throws(OutputError) {
        let replacedName = names.replaced()
        do throws(SystemError) {
            guard try place.parent.statusOfEntry(place.name, followingLinks: false)?.kind == .directory else {
                throw SystemError(code: ENOTDIR)
            }
            do throws(SystemError) {
                try swapInOneStep(replacedName)
            } catch {
                guard error.isUnsupportedRename else { throw error }
                try swapInTwoSteps(replacedName)
            }
        } catch {
            throw .cannotCreate(path: path, reason: error.reason)
        }
        state.phase = .published
        do throws(SystemError) {
            try keepOthers(from: replacedName, but: state.files)
        } catch {
            throw .writeFailed(
                path: path, reason: "\(error.reason); what it held before is in '\(place.parentPath)/\(replacedName)'")
        }
    }

    /// The staging directory gets the final name and the old one the name `replacedName`, at once.
    private func swapInOneStep(_ replacedName: String) throws(SystemError) {
        guard usesRenameFlags else { throw SystemError(code: EINVAL) }
        let parent = place.parent
        let (staged, replaced) = (staging.name.entryName, replacedName.entryName)
        // Renamed first, so that the old directory never has a name that a later run would remove.
        try LinuxRename.rename(staged, in: parent, to: replaced, in: parent, rule: .keep)
        do throws(SystemError) {
            try LinuxRename.rename(replaced, in: parent, to: place.name.entryName, in: parent, rule: .exchange)
        } catch {
            try LinuxRename.rename(replaced, in: parent, to: staged, in: parent, rule: .replace)
            throw error
        }
    }

    /// The same for file systems that cannot exchange: in between, nothing has the final name.
    private func swapInTwoSteps(_ replacedName: String) throws(SystemError) {
        let parent = place.parent
        let (final, replaced) = (place.name.entryName, replacedName.entryName)
        try LinuxRename.rename(final, in: parent, to: replaced, in: parent, rule: .replace)
        do throws(SystemError) {
            try LinuxRename.rename(staging.name.entryName, in: parent, to: final, in: parent, rule: .replace)
        } catch {
            try LinuxRename.rename(replaced, in: parent, to: final, in: parent, rule: .replace)
            throw error
        }
    }

    /// Moves what is not ours from the old directory to the new one, and removes the old one with the rest.
    private func keepOthers(from replacedName: String, but files: [StagedFile]) throws(SystemError) {
        let old = try FileDescriptor(openingDirectory: replacedName, in: place.parent.number)
        let ours = Set(files.map(\.name.entryName))
        // Others first: until they are safe, nothing is removed. Again when somebody added a file meanwhile.
        for attempt in 1...3 {
            let entries = try old.entryNames()
            for entry in entries where !ours.contains(entry) {
                try staging.descriptor.rename(
                    entry, from: old, as: entry, keeping: true, usesFlags: usesRenameFlags)
            }
            try staging.descriptor.synchronize()
            for entry in entries where ours.contains(entry) { try old.removeEntry(entry) }
            do throws(SystemError) {
                try place.parent.removeEntry(replacedName.entryName, isDirectory: true)
                return
            } catch {
                guard error.code == ENOTEMPTY, attempt < 3 else { throw error }
            }
        }
    }
}
