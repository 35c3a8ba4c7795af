// This file holds unsafe code: the buffers and paths of the system's calls.

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The files that schema documents are read from.
enum SchemaFiles {
    /// The absolute path of a file without links and `..`; nil when there is no such file.
    static func canonicalPath(_ path: String) -> String? {
        // A zero byte would cut the path short and name another file.
        guard !path.utf8.contains(0), let resolved = unsafe realpath(path, nil) else { return nil }
        defer { unsafe free(resolved) }
        return unsafe String(cString: resolved)
    }

    /// The bytes of a regular file, at most `limit` of them.
    ///
    /// - Parameters:
    ///   - path: A canonical path; a link that has taken the file's place meanwhile is not followed.
    ///   - limit: The most bytes that are read.
    ///   - name: The file as faults call it.
    static func read(_ path: String, limit: Int, name: String) -> Result<[UInt8], SchemaRefusal> {
        func failure(_ kind: SchemaFault.Kind, _ message: String) -> Result<[UInt8], SchemaRefusal> {
            .failure(SchemaRefusal(faults: [SchemaFault(kind, file: name, message)]))
        }
        // Opening must not wait for a writer, should the path be a pipe.
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK | O_NOFOLLOW)
        guard file >= 0 else { return failure(.unreadable, unsafe "cannot be opened: \(text(strerror(errno)))") }
        defer { close(file) }
        var status = stat()
        guard unsafe fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            return failure(.unreadable, "is no regular file")
        }
        guard status.st_size <= limit else { return failure(.limit, "is larger than \(limit) bytes") }
        var bytes: [UInt8] = []
        while true {
            // One byte more than is allowed, should the file grow.
            let room = min(1 << 18, limit + 1 - bytes.count)
            guard room > 0 else { return failure(.limit, "is larger than \(limit) bytes") }
            var count = 0
            let chunk = unsafe [UInt8](unsafeUninitializedCapacity: room) { buffer, filled in
                count = unsafe Glibc.read(file, buffer.baseAddress, room)
                filled = max(0, count)
            }
            if count == 0 { return .success(bytes) }
            if count > 0 {
                bytes += chunk
            } else if errno != EINTR {
                return failure(.unreadable, unsafe "cannot be read: \(text(strerror(errno)))")
            }
        }
    }
}
