// The unsafe code of this module: the calls of the C functions that see many bytes at once.
//
// Each function hands C the pointer of a span and a count that it has checked against it, and keeps no pointer.

import CByteScan

/// The instruction set for which the separator index was compiled.
struct SeparatorKernel: Sendable, Equatable {
    fileprivate var kernel: cbytescan_kernel

    /// Every kernel that runs on this processor, the fastest last.
    static let available: [SeparatorKernel] = [
        CBYTESCAN_PORTABLE, CBYTESCAN_BASELINE, CBYTESCAN_AVX2, CBYTESCAN_AVX512,
    ]
    .filter { cbytescan_kernel_runs($0) }.map(SeparatorKernel.init)

    static let best = available.last ?? SeparatorKernel(kernel: CBYTESCAN_PORTABLE)

    static func == (left: SeparatorKernel, right: SeparatorKernel) -> Bool {
        left.kernel.rawValue == right.kernel.rawValue
    }
}

/// What stands before bytes of which the separators are wanted, as far as quotes go.
struct QuotingState {
    fileprivate var quoting = CBYTESCAN_OUTSIDE

    /// The state at the start of a record.
    init() {}
}

/// What `appendSeparators` saw; the fields are those of `cbytescan_index`.
struct SeparatorIndex {
    /// The end of the range, or the first byte that needs a closer look.
    var stop: Int
    var lineFeeds = 0
    /// False only if no quote stands before `stop`.
    var mayHoldQuotes = false
    /// False only if all bytes before `stop` are ASCII.
    var mayHoldNonASCII = false
}

/// Entries of scratch that `appendSeparators` needs behind those it appends.
let separatorIndexSlack = Int(CBYTESCAN_SLACK)

/// Appends the offsets of the delimiters and LF of `range` that stand outside quotes to `fieldEnds`, up to the first
/// byte that needs a closer look.
func appendSeparators(
    of block: Span<UInt8>, in range: Range<Int>, dialect: Dialect, kernel: SeparatorKernel,
    state: inout QuotingState, to fieldEnds: inout [UInt32]
) -> SeparatorIndex {
    precondition(range.lowerBound >= 0 && range.upperBound <= block.count)
    var index = SeparatorIndex(stop: range.lowerBound)
    guard !range.isEmpty else { return index }
    fieldEnds.append(addingCapacity: range.count + separatorIndexSlack) { output in
        unsafe output.withUnsafeMutableBufferPointer { entries, initializedCount in
            unsafe block.withUnsafeBufferPointer { bytes in
                guard let bytes = bytes.baseAddress, let positions = entries.baseAddress else { return }
                let seen = unsafe cbytescan_index_separators(
                    kernel.kernel, bytes, range.lowerBound, range.upperBound, block.count, dialect.delimiter,
                    dialect.quote, state.quoting, positions + initializedCount)
                initializedCount += seen.separators
                state.quoting = seen.quoting
                index = SeparatorIndex(
                    stop: seen.stop, lineFeeds: seen.line_feeds, mayHoldQuotes: seen.quotes,
                    mayHoldNonASCII: seen.non_ascii)
            }
        }
    }
    return index
}

/// The end of the last record that is whole by the first byte that needs a closer look, and whether there is such a
/// byte; `start` is a record start.
func lastPlainRecordEnd(
    in bytes: Span<UInt8>, from start: Int, dialect: Dialect, kernel: SeparatorKernel
) -> (end: Int, isStopped: Bool) {
    precondition(start >= 0 && start <= bytes.count)
    return unsafe bytes.withUnsafeBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return (start, false) }
        let seen = unsafe cbytescan_index_separators(
            kernel.kernel, base, start, buffer.count, buffer.count, dialect.delimiter, dialect.quote,
            CBYTESCAN_OUTSIDE, nil)
        return (seen.last_record_end, seen.stop < buffer.count)
    }
}

/// The offset of the first `byte` at or behind `start`, nil if there is none.
func firstOffset(of byte: UInt8, in bytes: Span<UInt8>, from start: Int) -> Int? {
    precondition(start >= 0 && start <= bytes.count)
    let offset = unsafe bytes.withUnsafeBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return bytes.count }
        return unsafe start + cbytescan_find(base + start, buffer.count - start, byte)
    }
    return offset < bytes.count ? offset : nil
}

/// The eight bytes at `offset` as one word, which must lie within `bytes`; the access is checked.
@inline(__always)
func word(of bytes: Span<UInt8>, at offset: Int) -> UInt64 {
    unsafe bytes.bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
}

/// Whether a field must stand in quotes: it has the delimiter, a quote, a CR or an LF.
func needsQuotes(_ field: Span<UInt8>, _ dialect: Dialect) -> Bool {
    unsafe field.withUnsafeBufferPointer { bytes in
        guard let base = bytes.baseAddress else { return false }
        return unsafe cbytescan_needs_quotes(base, bytes.count, dialect.delimiter, dialect.quote)
    }
}

/// Lends the bytes of a text in UTF-8.
func withBytes(of text: String, _ body: (Span<UInt8>) -> Void) {
    var text = text
    text.withUTF8 { bytes in body(unsafe Span(_unsafeElements: bytes)) }
}

/// Appends all bytes of a span at once.
func appendAll(_ span: Span<UInt8>, to bytes: inout [UInt8]) {
    unsafe span.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
}
