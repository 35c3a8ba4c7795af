// Unsafe code: the buffers lent by callers for the length of one call.
import Crypto
import Glibc
import Synchronization

/// One input file, opened once and read from its first byte to its last.
///
/// ```swift
/// let source = try InputSource(path: "charges.csv.gz")
/// while try source.read(into: buffer) > 0 { ... }
/// let identity = try source.finish()
/// ```
///
/// The path `-` is standard input. Regular files and pipes are read; directories and devices are refused (a terminal
/// and the null device are not). `.gz` and `.zst` at the end of the name mean gzip and Zstandard, and what `read` gives
/// is the unpacked text. Files are read and not mapped, so that one cut short underneath cannot kill the process.
///
/// The size, the times and the SHA-256 are those of the bytes on disk, compressed if they are. Safe to share among
/// threads; reads are then served one at a time.
public final class InputSource: Sendable {
    /// The path as given, `-` for standard input.
    public let path: String

    /// The compression that the name promises.
    public let compression: Compression

    /// Tells this file from every other, whatever path leads to it.
    public let identity: FileIdentity

    /// The file's size on disk in bytes at opening, nil for a pipe or a terminal.
    public let sizeOnDisk: UInt64?

    let limits: InputLimits
    let descriptor: FileDescriptor
    /// The status at opening, to which `finish` compares.
    let opened: FileStatus
    /// Where the input starts in its file; not 0 when standard input was already read by another program.
    let start: UInt64
    /// The copy of a stream, nil for regular files and for streams that need no second look.
    let spool: FileDescriptor?
    let text: Mutex<DecodedBytes>
    private let progress = Atomic<UInt64>(0)

    /// Opens the file.
    ///
    /// - Parameters:
    ///   - path: a path, or `-` for standard input.
    ///   - limits: where reading stops with `InputError.expandsTooMuch`.
    ///   - hashing: whether to compute the SHA-256 while reading; a caller that hashes the same bytes itself can
    ///     switch it off and hand its digest to `finish`.
    ///   - replayable: whether `InputReplay` will look at the input again. Pipes are then copied to a private
    ///     temporary file while they are read.
    /// - Throws: `InputError.cannotOpen`, or `readFailed` when the private copy cannot be made.
    public init(
        path: String, limits: InputLimits = InputLimits(), hashing: Bool = true, replayable: Bool = true
    ) throws(InputError) {
        self.path = path
        self.limits = limits
        compression = Compression(path: path)
        do throws(SystemError) {
            descriptor =
                path == "-"
                ? FileDescriptor(borrowing: STDIN_FILENO) : try FileDescriptor(opening: path, flags: O_RDONLY)
            opened = try descriptor.status()
            identity = opened.identity
            let place = opened.kind == .regular ? lseek(descriptor.number, 0, SEEK_CUR) : 0
            start = UInt64(clamping: place)
            sizeOnDisk = opened.kind == .regular ? opened.size - min(start, opened.size) : nil
        } catch {
            throw .cannotOpen(path: path, reason: error.reason)
        }
        if let refusal = Self.refusal(of: opened, descriptor: descriptor, isStandardInput: path == "-") {
            throw .cannotOpen(path: path, reason: refusal)
        }
        do throws(SystemError) {
            spool = replayable && sizeOnDisk == nil ? try FileDescriptor.temporary() : nil
        } catch {
            throw .readFailed(path: path, reason: StoredBytesFailure.keeping(error).reason)
        }
        if sizeOnDisk != nil {
            // Only advice: a file system that does not take it reads as before.
            _ = posix_fadvise(descriptor.number, off_t(clamping: start), 0, POSIX_FADV_SEQUENTIAL)
        }
        text = Mutex(
            try DecodedBytes(
                StoredBytes(descriptor, start: sizeOnDisk == nil ? nil : start, hashing: hashing, spool: spool),
                compression: compression, limits: limits, path: path))
    }

    /// A second reading of an input, from a regular file and without hashing.
    init(
        _ first: InputSource, descriptor: FileDescriptor, opened: FileStatus, start: UInt64
    ) throws(InputError) {
        path = first.path
        compression = first.compression
        identity = first.identity
        limits = first.limits
        self.descriptor = descriptor
        self.opened = opened
        self.start = start
        sizeOnDisk = opened.size - min(start, opened.size)
        spool = nil
        text = Mutex(
            try DecodedBytes(
                StoredBytes(descriptor, start: start, hashing: false, spool: nil), compression: compression,
                limits: limits, path: path))
    }

    /// The last component of the path, or "standard input".
    public var displayName: String {
        if path == "-" { return "standard input" }
        return path.split(separator: "/").last.map(String.init) ?? path
    }

    /// Bytes of the file on disk that were read so far: with `sizeOnDisk`, how far the reading is.
    public var bytesConsumed: UInt64 { progress.load(ordering: .relaxed) }

    /// Fills `destination` with the next bytes of text, unpacked when the file is compressed.
    ///
    /// Fewer bytes than asked for come only at the end, and 0 after it.
    ///
    /// - Throws: `InputError`; reading cannot go on after one.
    public func read(into destination: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
        // The lock keeps the buffer no longer than this call.
        nonisolated(unsafe) let destination = unsafe destination
        return try text.withLock { (text) throws(InputError) -> Int in
            let count = unsafe try text.read(into: destination)
            progress.store(text.stored.consumed, ordering: .relaxed)
            return count
        }
    }

    /// The next bytes of text, which `read` gives all the same: what tells a format by content.
    ///
    /// Fewer than `count` come only at the end.
    ///
    /// - Throws: `InputError`; reading cannot go on after one.
    public func peek(_ count: Int) throws(InputError) -> [UInt8] {
        try text.withLock { (text) throws(InputError) -> [UInt8] in
            let bytes = try text.peek(count)
            progress.store(text.stored.consumed, ordering: .relaxed)
            return bytes
        }
    }

    /// Why a file that could be opened is no input, or nil.
    private static func refusal(
        of status: FileStatus, descriptor: FileDescriptor, isStandardInput: Bool
    ) -> String? {
        let nullDevice: UInt64 = 0x103
        return switch status.kind {
        case .regular, .pipe: nil
        case .directory: "it is a directory"
        case .socket: isStandardInput ? nil : "it is a socket"
        case .terminalOrCharacterDevice:
            isatty(descriptor.number) == 1 || status.representedDevice == nullDevice ? nil : "it is a device"
        case .blockDevice, .symbolicLink: "it is a device"
        }
    }
}
