// Unsafe code: zlib's stream structure and the buffers lent to it for the length of one call.
import CZlib
import Glibc

/// Unpacks gzip (RFC 1952), member after member, with checksum and length of each checked by zlib.
///
/// Bytes after the last member that do not start another one are damage: what a cut or joined transfer leaves behind
/// looks the same as harmless padding, and money is at stake.
@safe final class GzipDecoder {
    /// At a fixed address, because zlib's inner state points back at the structure.
    private let stream: UnsafeMutablePointer<z_stream>
    private var membersRead = 0
    private var isInsideMember = false

    init() throws(SystemError) {
        unsafe stream = .allocate(capacity: 1)
        unsafe stream.initialize(to: z_stream())
        // 15 bits of window is all that the format allows; 16 more tell zlib to expect gzip and nothing else.
        let size = Int32(unsafe MemoryLayout<z_stream>.size)
        guard unsafe inflateInit2_(stream, 15 + 16, ZLIB_VERSION, size) == Z_OK else {
            throw SystemError(code: ENOMEM)
        }
    }

    deinit {
        unsafe inflateEnd(stream)
        unsafe stream.deinitialize(count: 1)
        unsafe stream.deallocate()
    }

    /// Whether a member has ended and no other has begun.
    var isBetweenMembers: Bool { membersRead > 0 && !isInsideMember }

    /// Unpacks as much of `input` as fits `output`; stops at the end of a member.
    func decode(
        _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
    ) throws(CompressionFault) -> DecodingStep {
        if !isInsideMember, unsafe !input.isEmpty {
            unsafe try checkStart(of: input)
            isInsideMember = true
        }
        let offered = UInt32(clamping: input.count)
        let room = UInt32(clamping: output.count)
        // zlib's declaration lacks a const; it never writes to its input.
        unsafe stream.pointee.next_in = UnsafeMutablePointer(
            mutating: input.baseAddress?.assumingMemoryBound(to: UInt8.self))
        unsafe stream.pointee.avail_in = offered
        unsafe stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
        unsafe stream.pointee.avail_out = room
        let outcome = unsafe inflate(stream, Z_NO_FLUSH)
        let step = unsafe DecodingStep(
            consumed: Int(offered - stream.pointee.avail_in), produced: Int(room - stream.pointee.avail_out))
        switch outcome {
        case Z_OK, Z_BUF_ERROR:
            return step
        case Z_STREAM_END:
            membersRead += 1
            isInsideMember = false
            guard unsafe inflateReset(stream) == Z_OK else { throw .damaged(reason: "zlib lost its state") }
            return step
        default:
            throw .damaged(reason: unsafe stream.pointee.msg.map { unsafe String(cString: $0) } ?? "zlib \(outcome)")
        }
    }

    /// A file of another kind deserves another message than a damaged one.
    private func checkStart(of input: UnsafeRawBufferPointer) throws(CompressionFault) {
        let isMember = unsafe input[0] == 0x1f && (input.count == 1 || input[1] == 0x8b)
        if isMember { return }
        throw membersRead == 0
            ? .anotherFormat(reason: "it does not start with the bytes 1F 8B")
            : .damaged(reason: "bytes that are not gzip follow member \(membersRead)")
    }
}
