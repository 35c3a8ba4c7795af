// Unsafe code: zlib's stream structure and the buffers lent to it for the length of one call.
import CZlib
import Glibc

/// Compresses to gzip (RFC 1952), one member without a name and without a time.
@safe final class GzipEncoder {
    /// At a fixed address, because zlib's inner state points back at the structure.
    private let stream: UnsafeMutablePointer<z_stream>

    init() throws(SystemError) {
        unsafe stream = .allocate(capacity: 1)
        unsafe stream.initialize(to: z_stream())
        // 15 bits of window is all that the format allows; 16 more ask for gzip. 8 is zlib's usual memory, 256 KiB.
        let size = Int32(unsafe MemoryLayout<z_stream>.size)
        let outcome = unsafe deflateInit2_(
            stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size)
        guard outcome == Z_OK else { throw SystemError(code: ENOMEM) }
    }

    deinit {
        unsafe deflateEnd(stream)
        unsafe stream.deinitialize(count: 1)
        unsafe stream.deallocate()
    }

    /// Compresses as much of `input` as the space in `output` lets it.
    func encode(
        _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer, isLast: Bool
    ) throws(SystemError) -> EncodingStep {
        let offered = UInt32(clamping: input.count)
        let room = UInt32(clamping: output.count)
        // zlib's declaration lacks a const; it never writes to its input.
        unsafe stream.pointee.next_in = UnsafeMutablePointer(
            mutating: input.baseAddress?.assumingMemoryBound(to: UInt8.self))
        unsafe stream.pointee.avail_in = offered
        unsafe stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
        unsafe stream.pointee.avail_out = room
        // Only all of the rest may be called the end.
        let isEnd = isLast && Int(offered) == input.count
        let outcome = unsafe deflate(stream, isEnd ? Z_FINISH : Z_NO_FLUSH)
        // Z_BUF_ERROR says that nothing could be done this time, and is no error of the stream.
        guard outcome == Z_OK || outcome == Z_STREAM_END || outcome == Z_BUF_ERROR else {
            throw SystemError(code: EIO)
        }
        return unsafe EncodingStep(
            consumed: Int(offered - stream.pointee.avail_in), produced: Int(room - stream.pointee.avail_out),
            isComplete: outcome == Z_STREAM_END)
    }
}
