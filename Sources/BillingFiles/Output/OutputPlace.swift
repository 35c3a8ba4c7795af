// Unsafe code: the path that realpath allocates.
import Glibc

/// Where an output goes: an open parent directory, a name in it, and what has that name now.
struct OutputPlace: Sendable {
    /// The absolute path, free of symbolic links.
    let path: String
    /// The last component of `path`.
    let name: String
    /// The absolute path of the directory that holds it.
    let parentPath: String
    let parent: FileDescriptor
    /// What has the name at the time of asking, nil when nothing has.
    let existing: FileStatus?

    /// Resolves `path`: what exists must be reachable, what does not exist must have a parent that does.
    init(_ path: String) throws(OutputError) {
        var given = path
        while given.count > 1, given.hasSuffix("/") { given.removeLast() }
        do throws(SystemError) {
            if given.isEmpty || given.utf8.contains(0) { throw SystemError(code: EINVAL) }
            let resolved: String
            do throws(SystemError) {
                resolved = try Self.resolve(given)
            } catch {
                guard error.code == ENOENT else { throw error }
                resolved = try Self.resolveMissing(given)
            }
            // Of "/" nothing is left: the root has no parent to stage in, and its mount is none of ours.
            guard let slash = resolved.lastIndex(of: "/"), resolved != "/" else { throw SystemError(code: EBUSY) }
            self.path = resolved
            name = String(resolved[resolved.index(after: slash)...])
            parentPath = slash == resolved.startIndex ? "/" : String(resolved[..<slash])
            parent = try FileDescriptor(openingDirectory: parentPath)
            existing = try parent.statusOfEntry(name, followingLinks: false)
        } catch {
            throw .cannotCreate(path: path, reason: error.reason)
        }
    }

    private static func resolve(_ path: String) throws(SystemError) -> String {
        guard let resolved = unsafe realpath(path, nil) else { throw .current }
        defer { unsafe free(resolved) }
        return unsafe String(cString: resolved)
    }

    private static func resolveMissing(_ path: String) throws(SystemError) -> String {
        // A symbolic link that leads nowhere is there all the same.
        if (try? FileStatus(of: path, followingLinks: false)) != nil { throw SystemError(code: ENOENT) }
        let (parent, name) =
            path.lastIndex(of: "/").map { slash in
                (slash == path.startIndex ? "/" : String(path[..<slash]), String(path[path.index(after: slash)...]))
            } ?? (".", path)
        if name == "." || name == ".." { throw SystemError(code: ENOENT) }
        let resolved = try resolve(parent)
        return resolved == "/" ? "/\(name)" : "\(resolved)/\(name)"
    }
}
