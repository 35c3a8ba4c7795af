// Unsafe code: the buffers lent by callers for the length of one call.
import Crypto
import Glibc

/// The bytes of an input as they lie on disk or come through a pipe, hashed and counted while they pass.
struct StoredBytes: ~Copyable, Sendable {
    private let descriptor: FileDescriptor
    /// Where the next byte lies in a seekable file; nil for a stream, which has only its own position.
    private var position: UInt64?
    private var hash: SHA256?
    private var spool: FileDescriptor?
    /// Bytes read so far.
    private(set) var consumed: UInt64 = 0
    /// Whether the end was seen.
    ///
    /// A stream is not asked again after it: a terminal would go on.
    private(set) var reachedEnd = false

    /// Starts at the first byte.
    ///
    /// - Parameters:
    ///   - start: the first byte's place in a seekable file, nil for a stream.
    ///   - spool: a file that receives a copy of everything read.
    init(_ descriptor: FileDescriptor, start: UInt64?, hashing: Bool, spool: FileDescriptor?) {
        self.descriptor = descriptor
        self.position = start
        self.hash = hashing ? SHA256() : nil
        self.spool = spool
    }

    /// The digest of what was read so far, nil when hashing is off.
    var digest: SHA256Digest? { hash?.finalize() }

    /// Ends the copying.
    mutating func keepNoCopy() { spool = nil }

    /// Fills `destination`; fewer bytes mean the end.
    mutating func read(into destination: UnsafeMutableRawBufferPointer) throws(StoredBytesFailure) -> Int {
        guard !reachedEnd, unsafe !destination.isEmpty else { return 0 }
        let count: Int
        do throws(SystemError) {
            if let position {
                count = unsafe try descriptor.read(at: position, into: destination)
                self.position = position + UInt64(count)
            } else {
                count = unsafe try descriptor.read(into: destination)
            }
        } catch {
            throw .reading(error)
        }
        if count < destination.count { reachedEnd = true }
        consumed += UInt64(count)
        let bytes = unsafe UnsafeRawBufferPointer(rebasing: destination.prefix(count))
        unsafe hash?.update(bufferPointer: bytes)
        do throws(SystemError) {
            unsafe try spool?.write(bytes)
        } catch {
            throw .keeping(error)
        }
        return count
    }
}

/// Which side of `StoredBytes` failed.
enum StoredBytesFailure: Error {
    case reading(SystemError)
    case keeping(SystemError)

    /// The failure as the reason of an `InputError.readFailed`.
    var reason: String {
        switch self {
        case .reading(let error): error.reason
        case .keeping(let error): "the temporary copy (in TMPDIR or /var/tmp) could not be written: \(error.reason)"
        }
    }
}
