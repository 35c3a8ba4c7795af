// Unsafe code: the buffers of read, pread and write. Every loop over short counts and EINTR is here and nowhere else.
import Glibc
import Synchronization

/// An open file, closed when its last owner lets go.
///
/// `read(at:into:)` may be called from several threads at once; the other calls share the file's position.
final class FileDescriptor: Sendable {
    /// The number that the system knows the file by.
    let number: Int32
    private let isOpen: Atomic<Bool>

    /// Takes over an open descriptor.
    init(adopting number: Int32) {
        self.number = number
        isOpen = Atomic(true)
    }

    /// Uses a descriptor that somebody else closes, such as a standard stream.
    init(borrowing number: Int32) {
        self.number = number
        isOpen = Atomic(false)
    }

    /// Opens `name` in `directory` (or a path, when that is `AT_FDCWD`); the descriptor is never inherited.
    convenience init(
        opening name: String, in directory: Int32 = AT_FDCWD, flags: Int32, permissions: UInt32 = 0
    ) throws(SystemError) {
        // A zero byte would cut the name short and open another file.
        guard !name.utf8.contains(0) else { throw SystemError(code: EINVAL) }
        while true {
            let number = unsafe openat(directory, name, flags | O_CLOEXEC | O_NOCTTY, mode_t(permissions))
            if number >= 0 {
                self.init(adopting: number)
                return
            }
            let error = SystemError.current
            guard error.code == EINTR else { throw error }
        }
    }

    deinit {
        try? close()
    }

    /// Closes the file now, so that an error of a delayed write is not lost.
    ///
    /// Later calls do nothing.
    func close() throws(SystemError) {
        guard isOpen.exchange(false, ordering: .acquiringAndReleasing) else { return }
        // On Linux the number is free again even after EINTR: closing twice could close someone else's file.
        guard Glibc.close(number) == 0 || errno == EINTR else { throw .current }
    }

    /// The file's present status.
    func status() throws(SystemError) -> FileStatus {
        try FileStatus(descriptor: number)
    }

    /// Waits until the file's bytes and size are on the device.
    func synchronize() throws(SystemError) {
        while fsync(number) != 0 {
            let error = SystemError.current
            guard error.code == EINTR else { throw error }
        }
    }

    /// Fills `destination` from the file's position on; fewer bytes mean the end.
    func read(into destination: UnsafeMutableRawBufferPointer) throws(SystemError) -> Int {
        var filled = 0
        while filled < destination.count {
            let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: destination[filled...])
            let count = unsafe Glibc.read(number, rest.baseAddress, rest.count)
            if count == 0 { break }
            if count > 0 {
                filled += count
            } else {
                try waitOrThrow(for: Int16(POLLIN))
            }
        }
        return filled
    }

    /// Fills `destination` from byte `offset` on; fewer bytes mean the end.
    func read(at offset: UInt64, into destination: UnsafeMutableRawBufferPointer) throws(SystemError) -> Int {
        var filled = 0
        while filled < destination.count {
            let (place, overflow) = offset.addingReportingOverflow(UInt64(filled))
            guard !overflow, let start = off_t(exactly: place) else { throw SystemError(code: EOVERFLOW) }
            let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: destination[filled...])
            let count = unsafe pread(number, rest.baseAddress, rest.count, start)
            if count == 0 { break }
            if count > 0 {
                filled += count
            } else {
                try waitOrThrow(for: Int16(POLLIN))
            }
        }
        return filled
    }

    /// Writes all of `source` at the file's position.
    func write(_ source: UnsafeRawBufferPointer) throws(SystemError) {
        var written = 0
        while written < source.count {
            let rest = unsafe UnsafeRawBufferPointer(rebasing: source[written...])
            let count = unsafe Glibc.write(number, rest.baseAddress, rest.count)
            if count >= 0 {
                written += count
            } else {
                try waitOrThrow(for: Int16(POLLOUT))
            }
        }
    }

    /// Returns when the failed call is worth another try: after a signal, or when a shared non-blocking pipe is ready.
    private func waitOrThrow(for event: Int16) throws(SystemError) {
        let error = SystemError.current
        if error.code == EINTR { return }
        guard error.code == EAGAIN else { throw error }
        var entry = pollfd(fd: number, events: event, revents: 0)
        _ = unsafe poll(&entry, 1, -1)
    }
}
