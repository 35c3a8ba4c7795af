// Unsafe code: the buffers lent by callers, and the scratch block of skipped text.
import Synchronization

/// A second look at an input that was read to its end, for the few records that need one.
///
/// Offsets count bytes of the *unpacked* text. Plain files, and pipes through their private copy, are read in place:
/// any order, several threads at once. Compressed files are unpacked again from the start: ask with offsets that do
/// not decrease, because a step back starts over. Threads then wait for one another.
///
/// What was read counts only when `confirm` has made sure that the file is still the one that was read first.
public final class InputReplay: Sendable {
    private static let scratchSize = 256 << 10

    private let source: InputSource
    private let textSize: UInt64
    private let unpacked = Mutex<UnpackedAgain>(UnpackedAgain())

    /// Prepares the second look.
    ///
    /// - Throws: `InputError.readFailed` when `source` was not read to its end, or was opened as not replayable;
    ///   `changedWhileRead` when the file is no longer what it was.
    public init(of source: InputSource) throws(InputError) {
        self.source = source
        textSize = source.text.withLock { $0.produced }
        guard source.reachedEnd else {
            throw .readFailed(path: source.path, reason: "a second look needs a first one to the end")
        }
        guard source.sizeOnDisk != nil || source.spool != nil else {
            throw .readFailed(path: source.path, reason: "no copy of the stream was kept")
        }
        try source.expectUnchanged()
    }

    /// Reads up to `count` bytes of text from byte `offset` on; `confirm` must be called before anything that lasts is
    /// made of them.
    ///
    /// The file is not asked here, because that costs as much as reading the few bytes of a record.
    ///
    /// Returns the bytes put at the front of `destination`: fewer than `count` only at the end of the text or of
    /// `destination`.
    ///
    /// - Complexity: of the bytes read for plain files; of the distance from the last call for compressed ones.
    /// - Throws: `InputError.changedWhileRead`, `readFailed`, and for compressed files those of decompression.
    public func read(
        offset: UInt64, count: Int, into destination: UnsafeMutableRawBufferPointer
    ) throws(InputError) -> Int {
        guard offset < textSize, count > 0 else { return 0 }
        let wanted = min(count, destination.count, Int(clamping: textSize - offset))
        nonisolated(unsafe) let target = unsafe UnsafeMutableRawBufferPointer(rebasing: destination.prefix(wanted))
        let filled =
            source.compression == .none
            ? unsafe try readInPlace(offset, into: target)
            : try unpacked.withLock { (state) throws(InputError) -> Int in
                unsafe try readUnpacking(offset, into: target, state: &state)
            }
        guard filled == wanted else { throw .changedWhileRead(path: source.path) }
        return filled
    }

    /// Makes sure that the file is still the one that was read first.
    ///
    /// After reading, not before it: what was changed later does not matter to the bytes that were read.
    ///
    /// - Throws: `InputError.changedWhileRead`.
    public func confirm() throws(InputError) { try source.expectUnchanged() }

    private func readInPlace(
        _ offset: UInt64, into target: UnsafeMutableRawBufferPointer
    ) throws(InputError) -> Int {
        do throws(SystemError) {
            return unsafe try (source.spool ?? source.descriptor).read(at: source.start + offset, into: target)
        } catch {
            throw .readFailed(path: source.path, reason: error.reason)
        }
    }

    private func readUnpacking(
        _ offset: UInt64, into target: UnsafeMutableRawBufferPointer, state: inout UnpackedAgain
    ) throws(InputError) -> Int {
        if state.isAfter(offset) {
            let stored = StoredBytes(
                source.spool ?? source.descriptor, start: source.start, hashing: false, spool: nil)
            state.restart(
                with: try DecodedBytes(
                    stored, compression: source.compression, limits: source.limits, path: source.path))
        }
        let scratch = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.scratchSize, alignment: 64)
        defer { unsafe scratch.deallocate() }
        while state.position < offset {
            let step = min(Self.scratchSize, Int(clamping: offset - state.position))
            let skipped = unsafe UnsafeMutableRawBufferPointer(rebasing: scratch.prefix(step))
            guard unsafe try state.read(into: skipped) == step else {
                throw .changedWhileRead(path: source.path)
            }
        }
        return unsafe try state.read(into: target)
    }
}

/// A decompression that was started over, and how far it has come.
struct UnpackedAgain: ~Copyable, Sendable {
    private var text: DecodedBytes?

    /// The offset of the next byte of text.
    private(set) var position: UInt64 = 0

    /// Whether `offset` can only be reached from the start.
    func isAfter(_ offset: UInt64) -> Bool {
        text == nil || position > offset
    }

    mutating func restart(with text: consuming DecodedBytes) {
        self.text = consume text
        position = 0
    }

    mutating func read(into target: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
        let count = unsafe try text?.read(into: target) ?? 0
        position += UInt64(count)
        return count
    }
}
