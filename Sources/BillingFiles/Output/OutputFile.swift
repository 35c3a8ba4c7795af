// Unsafe code: the write buffer, allocated once and filled without a copy in between.
public import Crypto
import Glibc
import Synchronization

/// One file of an `OutputDirectory`, written from front to back and not visible to anybody before publication.
///
/// Bytes are gathered in a buffer, compressed if the output is to be, counted, and hashed on their way to the disk. Used
/// by one thread at a time; it may be sent to another one.
@safe public final class OutputFile {
    private static let bufferSize = 256 << 10

    /// Pieces from this size on go to the system without a copy to the buffer.
    private static let directSize = 64 << 10

    /// The file's name in its directory.
    public let name: String

    /// Bytes appended so far, before any compression.
    public private(set) var size: UInt64 = 0

    private let staged: StagedFile
    private let descriptor: FileDescriptor
    private let buffer: UnsafeMutableRawBufferPointer
    private var used = 0
    private var written: UInt64 = 0
    private var hash: SHA256?
    private let background: BackgroundWriter?
    private let encoder: StreamEncoder?
    private var writeBack = EarlyWriteBack()

    init(
        _ staged: StagedFile, descriptor: FileDescriptor, hashing: Bool, inBackground: Bool = false,
        encoder: StreamEncoder? = nil
    ) {
        name = staged.name
        background = inBackground ? BackgroundWriter(descriptor, hashing: hashing) : nil
        self.encoder = encoder
        self.staged = staged
        self.descriptor = descriptor
        hash = hashing && background == nil ? SHA256() : nil
        unsafe buffer = .allocate(byteCount: Self.bufferSize, alignment: 64)
    }

    deinit {
        unsafe buffer.deallocate()
    }

    /// Appends bytes.
    ///
    /// - Complexity: a copy for small pieces; pieces of 64 KiB and more go to the system directly.
    /// - Throws: `OutputError.writeFailed`; the run cannot be published after it.
    public func append(_ bytes: Span<UInt8>) throws(OutputError) {
        try unsafe bytes.withUnsafeBytes { (source) throws(OutputError) in
            size += UInt64(source.count)
            if let encoder { return try unsafe encode(source, with: encoder) }
            if background != nil { return unsafe try write(source) }
            if unsafe source.count > buffer.count - used { try flush() }
            if source.count >= Self.directSize {
                try flush()
                unsafe try write(source)
            } else {
                unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[used...]).copyMemory(from: source)
                used += source.count
            }
        }
    }

    /// Appends bytes.
    ///
    /// - Throws: `OutputError.writeFailed`; the run cannot be published after it.
    public func append(_ bytes: [UInt8]) throws(OutputError) {
        try append(bytes.span)
    }

    /// Appends text as UTF-8.
    ///
    /// - Throws: `OutputError.writeFailed`; the run cannot be published after it.
    public func append(_ text: String) throws(OutputError) {
        try append(Array(text.utf8))
    }

    /// Writes what is left, gives the file its final permissions and waits until it is on the device.
    ///
    /// - Parameter digest: the state of a hash that has seen exactly the bytes appended, from a caller that created
    ///   the file with `hashing` off. When nobody has hashed, the file is read once more.
    /// - Throws: `OutputError.writeFailed`, also when called twice.
    public func finish(digest: SHA256? = nil) throws(OutputError) -> OutputIdentity {
        try writeRest()
        do throws(SystemError) {
            let final =
                if let hash { hash.finalize() } else if let digest { digest.finalize() } else {
                    try descriptor.digest(from: 0)
                }
            try settle()
            return OutputIdentity(name: name, size: written, sha256: FileDigest.hexadecimal(final))
        } catch {
            throw .writeFailed(path: staged.path, reason: error.reason)
        }
    }

    /// Does the same as `finish(digest:)` and computes no digest, for files that no manifest names.
    ///
    /// Returns the size on disk in bytes.
    public func finishWithoutDigest() throws(OutputError) -> UInt64 {
        try writeRest()
        do throws(SystemError) {
            try settle()
        } catch {
            throw .writeFailed(path: staged.path, reason: error.reason)
        }
        return written
    }

    /// Brings everything that was appended to the system, whichever thread writes it.
    private func writeRest() throws(OutputError) {
        if let encoder { unsafe try encode(UnsafeRawBufferPointer(start: nil, count: 0), with: encoder, isLast: true) }
        try flush()
        do throws(SystemError) {
            if let background { hash = try background.finish() }
        } catch {
            throw .writeFailed(path: staged.path, reason: error.reason)
        }
    }

    private func settle() throws(SystemError) {
        try descriptor.setPermissions(staged.permissions)
        try descriptor.synchronize()
        try descriptor.close()
        staged.isFinished.store(true, ordering: .releasing)
    }

    /// The state of the hash over all bytes appended so far; nil when the file was created without hashing.
    public var digestSoFar: SHA256? {
        if let background { return background.digestSoFar }
        guard var digest = hash else { return nil }
        unsafe digest.update(bufferPointer: UnsafeRawBufferPointer(rebasing: buffer.prefix(used)))
        return digest
    }

    /// Compresses bytes through the buffer; with `isLast` the stream is ended.
    private func encode(
        _ bytes: UnsafeRawBufferPointer, with encoder: StreamEncoder, isLast: Bool = false
    ) throws(OutputError) {
        try expectOpen()
        var rest = unsafe bytes
        while true {
            let step: EncodingStep
            do throws(SystemError) {
                step = unsafe try encoder.encode(
                    rest, into: UnsafeMutableRawBufferPointer(rebasing: buffer[used...]), isLast: isLast)
            } catch {
                throw .writeFailed(path: staged.path, reason: error.reason)
            }
            used += step.produced
            unsafe rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(step.consumed))
            if unsafe step.isComplete || (!isLast && rest.isEmpty) { return }
            if unsafe used == buffer.count { try flush() }
        }
    }

    private func expectOpen() throws(OutputError) {
        guard !staged.isFinished.load(ordering: .acquiring) else {
            throw .writeFailed(path: staged.path, reason: "it was finished before")
        }
    }

    private func flush() throws(OutputError) {
        try expectOpen()
        let bytes = unsafe UnsafeRawBufferPointer(rebasing: buffer.prefix(used))
        unsafe try write(bytes)
        used = 0
    }

    private func write(_ bytes: UnsafeRawBufferPointer) throws(OutputError) {
        do throws(SystemError) {
            if let background {
                unsafe try background.append(bytes)
            } else {
                unsafe hash?.update(bufferPointer: bytes)
                unsafe try descriptor.write(bytes)
            }
        } catch {
            throw .writeFailed(path: staged.path, reason: error.reason)
        }
        written += UInt64(bytes.count)
        if background != nil { return }
        writeBack.advance(to: written, of: descriptor)
    }
}

/// What a directory knows of a file that somebody else writes.
final class StagedFile: Sendable {
    let name: String
    /// The path under which people will know the file, for messages.
    let path: String
    /// The permission bits that the finished file gets.
    let permissions: UInt32
    let isFinished = Atomic<Bool>(false)
    /// The file's entry in the list of what a signal removes.
    let cleanup: StagingCleanup.Entry?

    init(name: String, path: String, permissions: UInt32? = nil, cleanup: StagingCleanup.Entry?) {
        self.name = name
        self.path = path
        self.permissions = permissions ?? 0o666 & ~ProcessDefaults.mask
        self.cleanup = cleanup
    }
}
