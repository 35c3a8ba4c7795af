import Glibc

/// What a writing process sets or asks once.
enum ProcessDefaults {
    /// The bits that the user's `umask` takes from new files and directories.
    ///
    /// Asked once, because asking means setting: a strict mask for an instant is the safe side to err on.
    static let mask: UInt32 = {
        let mask = umask(0o077)
        umask(mask)
        return UInt32(mask)
    }()

    /// Turns the signal of a file grown over `ulimit -f` into the error `EFBIG`, which is reported like a full disk.
    static let reportsFileSizeLimit: Bool = {
        let earlier = signal(SIGXFSZ, SIG_IGN)
        return earlier == nil
    }()
}
