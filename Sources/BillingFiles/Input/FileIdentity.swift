/// What tells one file from another, whatever the paths that lead to it.
///
/// Two paths with equal identities are one file: a hard link, a symbolic link, another spelling. The numbers are
/// `st_dev` and `st_ino` of POSIX `<sys/stat.h>` and hold for as long as the file exists.
public struct FileIdentity: Hashable, Sendable {
    /// The number of the device that holds the file.
    public let device: UInt64

    /// The number of the file on its device.
    public let inode: UInt64

    /// Makes an identity from the numbers that `fstat` gives.
    public init(device: UInt64, inode: UInt64) {
        self.device = device
        self.inode = inode
    }
}
