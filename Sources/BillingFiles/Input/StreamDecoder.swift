// Unsafe code: the buffers lent to a decoder for the length of one call.

/// What is wrong with a compressed stream.
enum CompressionFault: Error, Equatable {
    /// The first bytes belong to another format.
    case anotherFormat(reason: String)

    /// The format is right and the content is not.
    case damaged(reason: String)
}

/// What one call of a decoder did.
struct DecodingStep {
    /// Compressed bytes taken from the front of the input.
    let consumed: Int
    /// Plain bytes put at the front of the output.
    let produced: Int
}

/// One of the decoders, behind one face.
enum StreamDecoder {
    case gzip(GzipDecoder)
    case zstd(ZstdDecoder)

    /// The decoder of a compression, nil for none.
    init?(_ compression: Compression) throws(SystemError) {
        switch compression {
        case .none: return nil
        case .gzip: self = .gzip(try GzipDecoder())
        case .zstd: self = .zstd(try ZstdDecoder())
        }
    }

    /// Whether at least one member or frame was read and none is open: the only place where a stream may end.
    var isBetweenFrames: Bool {
        switch self {
        case .gzip(let decoder): decoder.isBetweenMembers
        case .zstd(let decoder): decoder.isBetweenFrames
        }
    }

    /// The format's name, as people write it.
    var formatName: String {
        switch self {
        case .gzip: "gzip"
        case .zstd: "Zstandard"
        }
    }

    /// Unpacks as much of `input` as fits `output`.
    ///
    /// An empty input asks for what the decoder still holds. Neither consuming nor producing anything means that the
    /// stream cannot go on without more input.
    func decode(
        _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
    ) throws(CompressionFault) -> DecodingStep {
        switch self {
        case .gzip(let decoder): unsafe try decoder.decode(input, into: output)
        case .zstd(let decoder): unsafe try decoder.decode(input, into: output)
        }
    }
}
