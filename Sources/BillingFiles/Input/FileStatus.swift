// Unsafe code: the calls that fill a `stat` structure.
import Glibc

/// What the system knows of a file at one moment.
struct FileStatus: Equatable, Sendable {
    /// The kinds of file that an input or output treats differently.
    enum Kind: Sendable {
        case regular
        case directory
        case pipe
        case terminalOrCharacterDevice
        case socket
        case symbolicLink
        case blockDevice
    }

    /// A time of the file system, in seconds and nanoseconds since 1970.
    struct Moment: Equatable, Sendable {
        let seconds: Int
        let nanoseconds: Int
    }

    let kind: Kind
    let identity: FileIdentity
    /// Size in bytes; meaningful for regular files.
    let size: UInt64
    let modified: Moment
    let changed: Moment
    /// The twelve permission bits.
    let permissions: UInt32
    let owner: UInt32
    /// The device that a device file stands for.
    let representedDevice: UInt64

    private init(_ status: stat) {
        switch status.st_mode & S_IFMT {
        case S_IFREG: kind = .regular
        case S_IFDIR: kind = .directory
        case S_IFIFO: kind = .pipe
        case S_IFSOCK: kind = .socket
        case S_IFLNK: kind = .symbolicLink
        case S_IFBLK: kind = .blockDevice
        default: kind = .terminalOrCharacterDevice
        }
        identity = FileIdentity(device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
        size = UInt64(clamping: status.st_size)
        modified = Moment(seconds: status.st_mtim.tv_sec, nanoseconds: status.st_mtim.tv_nsec)
        changed = Moment(seconds: status.st_ctim.tv_sec, nanoseconds: status.st_ctim.tv_nsec)
        permissions = UInt32(status.st_mode & 0o7777)
        owner = UInt32(status.st_uid)
        representedDevice = UInt64(status.st_rdev)
    }

    /// The status of an open file.
    init(descriptor: Int32) throws(SystemError) {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw .current }
        self.init(status)
    }

    /// The status of `name` in the open directory `directory`, or of a path when that is `AT_FDCWD`.
    init(of name: String, in directory: Int32 = AT_FDCWD, followingLinks: Bool) throws(SystemError) {
        var status = stat()
        guard unsafe fstatat(directory, name, &status, followingLinks ? 0 : AT_SYMLINK_NOFOLLOW) == 0
        else { throw .current }
        self.init(status)
    }

    /// Whether the bytes are surely those of `earlier`: same file, same size, and neither time has moved.
    func describesSameBytes(as earlier: FileStatus) -> Bool {
        identity == earlier.identity && size == earlier.size && modified == earlier.modified
            && changed == earlier.changed
    }
}
