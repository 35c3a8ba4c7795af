// Unsafe code: buffers for bytes that nobody looks at, and the block of the second reading when nobody has hashed.
public import Crypto
import Synchronization

extension InputSource {
    /// Whether every byte was read and the end was an allowed one.
    var reachedEnd: Bool { text.withLock { $0.reachedEnd } }

    /// Ends the reading: makes sure that all was read and that nobody changed the file meanwhile.
    ///
    /// A file counts as changed when its size, the time of its last writing or that of its last change of status is
    /// not what it was at opening, or when it held another number of bytes than its size.
    ///
    /// - Parameter digest: the state of a hash that has seen exactly the bytes on disk, from a caller that switched
    ///   `hashing` off. When nobody has hashed, the file is read once more.
    /// - Throws: `InputError.changedWhileRead`, or `readFailed` when there was more to read.
    public func finish(digest: SHA256? = nil) throws(InputError) -> InputIdentity {
        let size = try finishWithoutDigest()
        let ownDigest = text.withLock { $0.stored.digest }
        let final =
            if let ownDigest { ownDigest } else if let digest { digest.finalize() } else { try digestReadAgain(size) }
        return InputIdentity(name: displayName, size: size, sha256: FileDigest.hexadecimal(final))
    }

    /// Ends the reading like `finish(digest:)` and computes no digest; returns the size as stored in bytes.
    ///
    /// - Throws: `InputError.changedWhileRead`, or `readFailed` when there was more to read.
    @discardableResult
    public func finishWithoutDigest() throws(InputError) -> UInt64 {
        try expectEnd()
        try expectUnchanged()
        let size = text.withLock { $0.stored.consumed }
        if let sizeOnDisk, size != sizeOnDisk { throw .changedWhileRead(path: path) }
        return size
    }

    /// Throws when the open file is no longer as it was at opening.
    ///
    /// A stream has no such state.
    func expectUnchanged() throws(InputError) {
        guard sizeOnDisk != nil else { return }
        let present: FileStatus
        do throws(SystemError) {
            present = try descriptor.status()
        } catch {
            throw .readFailed(path: path, reason: error.reason)
        }
        guard present.describesSameBytes(as: opened) else { throw .changedWhileRead(path: path) }
    }

    /// Reads what is left and looks at none of it, for a caller that stopped early and will read the input again.
    ///
    /// - Throws: `InputError`; reading cannot go on after one.
    public func passOverRest() throws(InputError) {
        let rest = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
        defer { unsafe rest.deallocate() }
        while unsafe try read(into: rest) > 0 {}
    }

    /// Throws unless nothing is left to read.
    ///
    /// One more read tells, for the caller that stopped exactly at the end.
    private func expectEnd() throws(InputError) {
        if reachedEnd { return }
        let rest = UnsafeMutableRawBufferPointer.allocate(byteCount: 1, alignment: 1)
        defer { unsafe rest.deallocate() }
        guard unsafe try read(into: rest) > 0 else { return }
        try expectUnchanged()
        throw .readFailed(path: path, reason: "reading stopped before the end")
    }

    private func digestReadAgain(_ size: UInt64) throws(InputError) -> SHA256Digest {
        guard let file = sizeOnDisk != nil ? descriptor : spool else {
            throw .readFailed(path: path, reason: "its digest was not kept")
        }
        do throws(SystemError) {
            return try file.digest(from: sizeOnDisk != nil ? start : 0)
        } catch {
            throw .readFailed(path: path, reason: error.reason)
        }
    }
}
