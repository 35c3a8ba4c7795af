// Unsafe code: the buffers lent to an encoder for the length of one call.

/// What one call of an encoder did.
struct EncodingStep {
    /// Plain bytes taken from the front of the input.
    let consumed: Int
    /// Compressed bytes put at the front of the output.
    let produced: Int
    /// Whether the stream was ended and all of it is out.
    let isComplete: Bool
}

/// One of the encoders, behind one face.
///
/// The same plain bytes give the same compressed bytes: no time, no name and no property of the machine enters them.
enum StreamEncoder {
    case gzip(GzipEncoder)
    case zstd(ZstdEncoder)

    /// The encoder of a compression, nil for none.
    init?(_ compression: Compression) throws(SystemError) {
        switch compression {
        case .none: return nil
        case .gzip: self = .gzip(try GzipEncoder())
        case .zstd: self = .zstd(try ZstdEncoder())
        }
    }

    /// Compresses as much of `input` as the space in `output` lets it.
    ///
    /// With `isLast` the input is the rest of the text; call it again with what was not consumed until it is complete.
    func encode(
        _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer, isLast: Bool
    ) throws(SystemError) -> EncodingStep {
        switch self {
        case .gzip(let encoder): unsafe try encoder.encode(input, into: output, isLast: isLast)
        case .zstd(let encoder): unsafe try encoder.encode(input, into: output, isLast: isLast)
        }
    }
}
