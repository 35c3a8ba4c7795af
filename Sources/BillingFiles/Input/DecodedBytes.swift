// Unsafe code: the buffer between the stored bytes and the decoder, and the buffers lent by callers.

/// The text of an input: its stored bytes, decompressed where the name says so, within the limits.
///
/// Sendable although unchecked: it cannot be copied, and it alone owns its block and its decoder.
@safe struct DecodedBytes: ~Copyable, @unchecked Sendable {
    /// Large enough that system calls do not count, small enough to stay in a second-level cache.
    private static let blockSize = 256 << 10

    private let path: String
    private let limits: InputLimits
    private let decoder: StreamDecoder?
    private let block: UnsafeMutableRawBufferPointer
    private var pending = 0..<0
    private var decodedFrom: UInt64 = 0
    /// The bytes underneath.
    private(set) var stored: StoredBytes
    /// Bytes of text yielded so far.
    private(set) var produced: UInt64 = 0
    /// Whether the end of the stored bytes was decoded, and was an allowed one.
    private var hasDecodedAll = false
    /// Text that was looked at and not yet yielded.
    private var ahead: ArraySlice<UInt8> = []

    /// Whether everything was yielded, and the end was an allowed one.
    var reachedEnd: Bool { hasDecodedAll && ahead.isEmpty }

    /// Starts at the first byte of `stored`.
    init(
        _ stored: consuming StoredBytes, compression: Compression, limits: InputLimits, path: String
    ) throws(InputError) {
        self.path = path
        self.limits = limits
        do throws(SystemError) {
            decoder = try StreamDecoder(compression)
        } catch {
            throw .cannotOpen(path: path, reason: error.reason)
        }
        unsafe block = .allocate(byteCount: compression == .none ? 0 : Self.blockSize, alignment: 64)
        self.stored = stored
    }

    deinit {
        unsafe block.deallocate()
    }

    /// Ends the copying of the stored bytes.
    mutating func keepNoCopy() { stored.keepNoCopy() }

    /// The next bytes of text, which `read` yields all the same; fewer than `count` only at the end.
    mutating func peek(_ count: Int) throws(InputError) -> [UInt8] {
        let missing = count - ahead.count
        if missing > 0 {
            let more = UnsafeMutableRawBufferPointer.allocate(byteCount: missing, alignment: 1)
            defer { unsafe more.deallocate() }
            let got = unsafe try decode(into: more)
            unsafe ahead += more.prefix(got)
        }
        return Array(ahead.prefix(count))
    }

    /// Fills `destination`; fewer bytes mean the end.
    mutating func read(into destination: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
        let known = min(ahead.count, destination.count)
        if known > 0 {
            unsafe destination.copyBytes(from: ahead.prefix(known))
            ahead.removeFirst(known)
        }
        return known + (unsafe try decode(into: UnsafeMutableRawBufferPointer(rebasing: destination[known...])))
    }

    private mutating func decode(into destination: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
        guard !hasDecodedAll, unsafe !destination.isEmpty else { return 0 }
        guard let decoder else {
            let count = unsafe try readStored(into: destination)
            hasDecodedAll = stored.reachedEnd
            try account(for: count, consumed: nil)
            return count
        }
        var filled = 0
        while filled < destination.count, !hasDecodedAll {
            let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: destination[filled...])
            filled += unsafe try decode(with: decoder, into: rest)
        }
        return filled
    }

    /// One step of the decoder, on fresh input when the last block is used up.
    private mutating func decode(
        with decoder: StreamDecoder, into destination: UnsafeMutableRawBufferPointer
    ) throws(InputError) -> Int {
        if pending.isEmpty, !stored.reachedEnd {
            let whole = unsafe block
            pending = 0..<(unsafe try readStored(into: whole))
        }
        if pending.isEmpty, decoder.isBetweenFrames {
            hasDecodedAll = true
            return 0
        }
        let step: DecodingStep
        do throws(CompressionFault) {
            step = unsafe try decoder.decode(
                UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(block)[pending]), into: destination)
        } catch {
            throw inputError(for: error, format: decoder.formatName)
        }
        if step.consumed == 0, step.produced == 0 {
            throw inputError(
                for: stored.consumed == 0
                    ? .anotherFormat(reason: "it is empty") : .damaged(reason: "it ends in the middle"),
                format: decoder.formatName)
        }
        pending = (pending.lowerBound + step.consumed)..<pending.upperBound
        decodedFrom += UInt64(step.consumed)
        try account(for: step.produced, consumed: decodedFrom)
        return step.produced
    }

    private mutating func readStored(into destination: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
        do throws(StoredBytesFailure) {
            return unsafe try stored.read(into: destination)
        } catch {
            throw .readFailed(path: path, reason: error.reason)
        }
    }

    private mutating func account(for count: Int, consumed: UInt64?) throws(InputError) {
        produced += UInt64(count)
        if let limit = limits.limitBroken(produced: produced, consumed: consumed) {
            throw .expandsTooMuch(path: path, limit: limit)
        }
    }

    private func inputError(for fault: CompressionFault, format: String) -> InputError {
        switch fault {
        case .anotherFormat(let reason): .notCompressedAsNamed(path: path, format: format, reason: reason)
        case .damaged(let reason): .damagedCompression(path: path, reason: reason)
        }
    }
}
