// Unsafe code: the buffer that the C library fills with the words of an error.
import Glibc

/// A system call that failed, by its `errno`.
struct SystemError: Error, Equatable {
    /// The value of `errno` right after the call.
    let code: Int32

    /// The error of the system call that has just failed on this thread.
    static var current: SystemError { SystemError(code: errno) }

    /// The system's own words for the error, such as "No such file or directory".
    ///
    /// `strerror_r`, because `strerror` shares one buffer among all threads.
    var reason: String {
        unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
            guard let words = buffer.baseAddress,
                unsafe strerror_r(code, words, buffer.count) == 0
            else { return "system error \(code)" }
            return unsafe String(cString: words)
        }
    }
}
