// Unsafe code: the bytes lent to the system, and the block in which a kept text is copied.
import Glibc

/// An output on standard output.
///
/// What was written to a stream cannot be taken back. With `isKept` the text is therefore held in a private temporary
/// file (in `$TMPDIR`, else `/var/tmp`) until it is published, like a file that appears complete or not at all.
@safe public final class StreamOutput {
    private static let blockSize = 256 << 10

    private let spool: FileDescriptor?
    private let output = StandardOutput.output
    private var isPublished = false

    /// Prepares the output.
    ///
    /// - Throws: `OutputError.writeFailed` when there is no place for a temporary file.
    public init(isKept: Bool) throws(OutputError) {
        do throws(SystemError) {
            spool = isKept ? try FileDescriptor.temporary() : nil
        } catch {
            throw Self.failure(of: error)
        }
    }

    /// Appends bytes.
    ///
    /// - Throws: `OutputError.writeFailed`.
    public func append(_ bytes: Span<UInt8>) throws(OutputError) {
        guard let spool else { return try output.write(bytes) }
        do throws(SystemError) {
            try unsafe bytes.withUnsafeBytes { (source) throws(SystemError) in unsafe try spool.write(source) }
        } catch {
            throw Self.failure(of: error)
        }
    }

    /// Writes out what was kept.
    ///
    /// - Throws: `OutputError.writeFailed`.
    public func publish() throws(OutputError) {
        guard let spool, !isPublished else { return }
        isPublished = true
        let block = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.blockSize, alignment: 4096)
        defer { unsafe block.deallocate() }
        var offset: UInt64 = 0
        while true {
            let count: Int
            do throws(SystemError) {
                count = unsafe try spool.read(at: offset, into: block)
            } catch {
                throw Self.failure(of: error)
            }
            guard count > 0 else { return }
            try output.write(unsafe Span(_unsafeBytes: UnsafeRawBufferPointer(rebasing: block.prefix(count))))
            offset += UInt64(count)
        }
    }

    private static func failure(of error: SystemError) -> OutputError {
        .writeFailed(
            path: "standard output", reason: "its temporary copy (in TMPDIR or /var/tmp): \(error.reason)")
    }
}
