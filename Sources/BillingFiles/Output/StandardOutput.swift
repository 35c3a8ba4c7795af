// Unsafe code: the bytes lent to write, and the window size that ioctl fills.
import Glibc

/// Standard output or standard error, written without a buffer of its own and without losing an error.
///
/// `print` gives up its bytes silently when the disk behind a redirection is full; these calls say so.
public struct StandardOutput: Sendable {
    /// Standard output, descriptor 1.
    public static let output = StandardOutput(number: STDOUT_FILENO, name: "standard output")

    /// Standard error, descriptor 2.
    public static let error = StandardOutput(number: STDERR_FILENO, name: "standard error")

    private let number: Int32
    private let name: String

    init(number: Int32, name: String) {
        self.number = number
        self.name = name
    }

    /// Whether a person reads it on a terminal.
    public var isTerminal: Bool { isatty(number) == 1 }

    /// The terminal's width in columns, nil when it is no terminal or does not say.
    public var terminalWidth: Int? {
        var size = winsize()
        guard unsafe ioctl(number, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }

    /// Writes text as UTF-8.
    ///
    /// - Throws: `OutputError.writeFailed`.
    public func write(_ text: String) throws(OutputError) {
        try write(Array(text.utf8))
    }

    /// Writes bytes, all of them.
    ///
    /// - Throws: `OutputError.writeFailed`.
    public func write(_ bytes: [UInt8]) throws(OutputError) {
        try write(bytes.span)
    }

    /// Writes bytes, all of them.
    ///
    /// - Throws: `OutputError.writeFailed`.
    public func write(_ bytes: Span<UInt8>) throws(OutputError) {
        let descriptor = FileDescriptor(borrowing: number)
        do throws(SystemError) {
            try unsafe bytes.withUnsafeBytes { (source) throws(SystemError) in
                unsafe try descriptor.write(source)
            }
        } catch {
            throw .writeFailed(path: name, reason: error.reason)
        }
    }
}
