// Unsafe code: the zstd context and the buffers lent to it for the length of one call.
import CZstd
import Glibc

/// Unpacks Zstandard (RFC 8878), frame after frame; skippable frames are skipped.
///
/// The library's own limit on the window, 128 MiB, bounds the memory whatever a frame's header asks for.
@safe final class ZstdDecoder {
    private let context: OpaquePointer
    private var framesRead = 0
    private var isInsideFrame = false

    init() throws(SystemError) {
        guard let context = unsafe ZSTD_createDStream() else { throw SystemError(code: ENOMEM) }
        unsafe self.context = unsafe context
    }

    deinit {
        unsafe ZSTD_freeDStream(context)
    }

    /// Whether a frame has ended and no other has begun.
    var isBetweenFrames: Bool { framesRead > 0 && !isInsideFrame }

    /// Unpacks as much of `input` as fits `output`; stops at the end of a frame.
    func decode(
        _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
    ) throws(CompressionFault) -> DecodingStep {
        if framesRead == 0, !isInsideFrame, unsafe !input.isEmpty { unsafe try checkStart(of: input) }
        if unsafe !input.isEmpty { isInsideFrame = true }
        var source = unsafe ZSTD_inBuffer(src: input.baseAddress, size: input.count, pos: 0)
        var target = unsafe ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
        let hint = unsafe ZSTD_decompressStream(context, &target, &source)
        guard ZSTD_isError(hint) == 0 else {
            throw .damaged(reason: unsafe ZSTD_getErrorName(hint).map { unsafe String(cString: $0) } ?? "zstd \(hint)")
        }
        if hint == 0 {
            framesRead += 1
            isInsideFrame = false
        }
        return unsafe DecodingStep(consumed: source.pos, produced: target.pos)
    }

    /// The magic number of a frame, or that of a skippable one, of which only the lowest four bits vary.
    private func checkStart(of input: UnsafeRawBufferPointer) throws(CompressionFault) {
        let frame: [UInt8] = [0x28, 0xb5, 0x2f, 0xfd]
        let skippable: [UInt8] = [0x50, 0x2a, 0x4d, 0x18]
        let start = unsafe Array(input.prefix(4))
        if frame.starts(with: start) { return }
        if skippable.starts(with: start.enumerated().map { $0 == 0 ? $1 & 0xf0 : $1 }) { return }
        throw .anotherFormat(reason: "it does not start with the bytes 28 B5 2F FD")
    }
}
