// Unsafe code: the zstd context and the buffers lent to it for the length of one call.
import CZstd
import Glibc

/// Compresses to Zstandard (RFC 8878), one frame with a checksum, at the library's usual level.
@safe final class ZstdEncoder {
    private let context: OpaquePointer

    init() throws(SystemError) {
        guard let context = unsafe ZSTD_createCCtx() else { throw SystemError(code: ENOMEM) }
        unsafe self.context = unsafe context
        let outcome = unsafe ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
        guard ZSTD_isError(outcome) == 0 else { throw SystemError(code: EINVAL) }
    }

    deinit {
        unsafe ZSTD_freeCCtx(context)
    }

    /// Compresses as much of `input` as the space in `output` lets it.
    func encode(
        _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer, isLast: Bool
    ) throws(SystemError) -> EncodingStep {
        var source = unsafe ZSTD_inBuffer(src: input.baseAddress, size: input.count, pos: 0)
        var target = unsafe ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
        let left = unsafe ZSTD_compressStream2(context, &target, &source, isLast ? ZSTD_e_end : ZSTD_e_continue)
        guard ZSTD_isError(left) == 0 else { throw SystemError(code: EIO) }
        return unsafe EncodingStep(
            consumed: source.pos, produced: target.pos, isComplete: isLast && left == 0)
    }
}
