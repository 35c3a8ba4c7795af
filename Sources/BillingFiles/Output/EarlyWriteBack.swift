// Unsafe code: the look-up of a Linux call by name.
import Glibc

/// Starts the writing of a growing file to its device before anybody waits for it, so that the last `fsync` is short.
struct EarlyWriteBack {
    private typealias Call = @convention(c) @Sendable (Int32, Int64, Int64, UInt32) -> Int32

    /// Looked up by name because the Glibc overlay hides what is declared for `_GNU_SOURCE` only.
    private static let call: Call? = {
        guard let symbol = unsafe dlsym(nil, "sync_file_range") else { return nil }
        return unsafe unsafeBitCast(symbol, to: Call.self)
    }()

    /// `SYNC_FILE_RANGE_WRITE`: start, and do not wait.
    private static let startWriting: UInt32 = 2
    private static let step: UInt64 = 32 << 20

    private var started: UInt64 = 0

    /// Starts the writing of what was added since the last step, once that is worth a call.
    ///
    /// Errors are left alone: this is advice, and the final `fsync` reports what matters.
    mutating func advance(to size: UInt64, of file: FileDescriptor) {
        guard size - started >= Self.step, let call = Self.call else { return }
        _ = call(file.number, Int64(clamping: started), Int64(clamping: size - started), Self.startWriting)
        started = size
    }
}
