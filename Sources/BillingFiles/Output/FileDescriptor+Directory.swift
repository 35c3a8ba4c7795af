// Unsafe code: directory streams and the names in them.
import Glibc

extension FileDescriptor {
    /// Opens a directory for listing, and for the calls that name files relative to it.
    convenience init(openingDirectory name: String, in directory: Int32 = AT_FDCWD) throws(SystemError) {
        try self.init(opening: name, in: directory, flags: O_RDONLY | O_DIRECTORY | O_NOFOLLOW)
    }

    /// The names in this directory but `.` and `..`, as C strings: a name need not be UTF-8.
    func entryNames() throws(SystemError) -> [[CChar]] {
        // A descriptor of its own, because the stream moves its position and closes it.
        let copy = unsafe openat(number, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard copy >= 0 else { throw .current }
        guard let stream = unsafe fdopendir(copy) else {
            let error = SystemError.current
            _ = Glibc.close(copy)
            throw error
        }
        defer { unsafe closedir(stream) }
        var names: [[CChar]] = []
        while true {
            errno = 0
            guard let entry = unsafe readdir(stream) else {
                guard errno == 0 else { throw .current }
                return names
            }
            let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                unsafe bytes.prefix { $0 != 0 }.map(CChar.init(bitPattern:))
            }
            let dot = CChar(bitPattern: UInt8(ascii: "."))
            if name != [dot], name != [dot, dot] { names.append(name + [0]) }
        }
    }

    /// Removes a file, or an empty directory, of this directory.
    func removeEntry(_ name: [CChar], isDirectory: Bool = false) throws(SystemError) {
        guard unsafe unlinkat(number, name, isDirectory ? AT_REMOVEDIR : 0) == 0 else { throw .current }
    }

    /// Sets the permission bits.
    func setPermissions(_ permissions: UInt32) throws(SystemError) {
        guard fchmod(number, mode_t(permissions)) == 0 else { throw .current }
    }

    /// The status of an entry, nil when there is none.
    func statusOfEntry(_ name: String, followingLinks: Bool) throws(SystemError) -> FileStatus? {
        do throws(SystemError) {
            return try FileStatus(of: name, in: number, followingLinks: followingLinks)
        } catch {
            if error.code == ENOENT { return nil }
            throw error
        }
    }
}

extension String {
    /// The name as a C string, for the calls that take any bytes.
    var entryName: [CChar] { Array(utf8CString) }
}
