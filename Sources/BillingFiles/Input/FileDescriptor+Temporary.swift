// Unsafe code: the template that mkstemp rewrites, and the environment.
import Glibc

extension FileDescriptor {
    /// A new file without a name, for the copy of a stream: it vanishes with its descriptor, whatever ends the run.
    ///
    /// It lies in `$TMPDIR`, else in `/var/tmp`, which survives large files better than a `/tmp` held in memory.
    /// Nobody else can open it: mode 0600 from the start, and unlinked at once.
    static func temporary() throws(SystemError) -> FileDescriptor {
        if let configured = unsafe getenv("TMPDIR") {
            let directory = unsafe String(cString: configured)
            if !directory.isEmpty, let file = try? temporary(in: directory) { return file }
        }
        return try temporary(in: "/var/tmp")
    }

    private static func temporary(in directory: String) throws(SystemError) -> FileDescriptor {
        var template = Array("\(directory)/.rinnovo-XXXXXX".utf8CString)
        let number = unsafe mkstemp(&template)
        guard number >= 0 else { throw .current }
        let file = FileDescriptor(adopting: number)
        guard unsafe unlink(template) == 0, fcntl(number, F_SETFD, FD_CLOEXEC) == 0 else { throw .current }
        return file
    }
}
