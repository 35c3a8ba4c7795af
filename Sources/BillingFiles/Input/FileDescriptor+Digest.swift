// Unsafe code: the block that the file is read into.
import Crypto

extension FileDescriptor {
    /// The SHA-256 of a seekable file's bytes from `offset` to the end.
    func digest(from offset: UInt64) throws(SystemError) -> SHA256Digest {
        let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
        defer { unsafe block.deallocate() }
        var hash = SHA256()
        var place = offset
        while true {
            let count = unsafe try read(at: place, into: block)
            unsafe hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: block.prefix(count)))
            guard count == block.count else { return hash.finalize() }
            place += UInt64(count)
        }
    }
}
