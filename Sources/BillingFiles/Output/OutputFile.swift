// Unsafe code: the write buffer, allocated once and filled without a copy in between.
public import Crypto
import Glibc
import Synchronization

/// One file of an `OutputDirectory`, written from front to back and not visible to anybody before publication.
///
/// Bytes are gathered in a buffer, counted, and hashed on their way to the disk. Used by one thread at a time; it may
/// be sent to another one.
@safe public final class OutputFile {
    private static let bufferSize = 256 << 10

    /// Pieces from this size on go to the system without a copy to the buffer.
    private static let directSize = 64 << 10

    /// The file's name in its directory.
    public let name: String

    /// Bytes appended so far.
    public private(set) var size: UInt64 = 0

    private let staged: StagedFile
    private let descriptor: FileDescriptor
    private let buffer: UnsafeMutableRawBufferPointer
    private var used = 0
    private var written: UInt64 = 0
    private var hash: SHA256?
    private let background: BackgroundWriter?
    private var writeBack = EarlyWriteBack()

    init(_ staged: StagedFile, descriptor: FileDescriptor, hashing: Bool, inBackground: Bool = false) {
        name = staged.name
        background = inBackground ? BackgroundWriter(descriptor) : nil
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
            if let background {
                do throws(SystemError) {
                    try unsafe background.append(source)
                } catch {
                    throw .writeFailed(path: staged.path, reason: error.reason)
                }
                size += UInt64(source.count)
                return
            }
            if unsafe source.count > buffer.count - used { try flush() }
            if source.count >= Self.directSize {
                try flush()
                unsafe try write(source)
            } else {
                unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[used...]).copyMemory(from: source)
                used += source.count
            }
            size += UInt64(source.count)
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
        try flush()
        do throws(SystemError) {
            hash = try background?.finish() ?? hash
            let final =
                if let hash { hash.finalize() } else if let digest { digest.finalize() } else {
                    try descriptor.digest(from: 0)
                }
            try descriptor.setPermissions(staged.permissions)
            try descriptor.synchronize()
            try descriptor.close()
            staged.isFinished.store(true, ordering: .releasing)
            return OutputIdentity(name: name, size: size, sha256: FileDigest.hexadecimal(final))
        } catch {
            throw .writeFailed(path: staged.path, reason: error.reason)
        }
    }

    /// The state of the hash over all bytes appended so far; nil when the file was created without hashing.
    public var digestSoFar: SHA256? {
        if let background { return background.digestSoFar }
        guard var digest = hash else { return nil }
        unsafe digest.update(bufferPointer: UnsafeRawBufferPointer(rebasing: buffer.prefix(used)))
        return digest
    }

    private func flush() throws(OutputError) {
        guard !staged.isFinished.load(ordering: .acquiring) else {
            throw .writeFailed(path: staged.path, reason: "it was finished before")
        }
        let bytes = unsafe UnsafeRawBufferPointer(rebasing: buffer.prefix(used))
        unsafe try write(bytes)
        used = 0
    }

    private func write(_ bytes: UnsafeRawBufferPointer) throws(OutputError) {
        unsafe hash?.update(bufferPointer: bytes)
        do throws(SystemError) {
            unsafe try descriptor.write(bytes)
        } catch {
            throw .writeFailed(path: staged.path, reason: error.reason)
        }
        written += UInt64(bytes.count)
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
