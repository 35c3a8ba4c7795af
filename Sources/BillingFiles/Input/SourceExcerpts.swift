// Unsafe code: the buffer that a few bytes around a place are read into.

/// Looks up the lines that findings are about, while the file is read or after.
///
/// Plain files only: in a compressed file no place can be found without unpacking all before it, and a pipe has passed.
public final class SourceExcerpts {
    /// How far before a place the beginning of its line is looked for.
    private static let reach = 4 << 10
    /// How many bytes from a place on are looked at.
    private static let ahead = 256

    private let source: InputSource?

    /// Excerpts of a file.
    public init(_ source: InputSource) {
        self.source = source.compression == .none && source.sizeOnDisk != nil ? source : nil
    }

    /// The line around a finding.
    ///
    /// - Returns: nil when there is none to show: the finding is about the whole file, or the file is compressed, no plain
    ///   file or not in UTF-8, or could not be read again.
    public func excerpt(of finding: InputFinding) -> SourceExcerpt? {
        guard let source, finding.place.line > 0 else { return nil }
        let offset = finding.place.byteOffset
        let first = offset - min(offset, UInt64(Self.reach))
        let count = Int(clamping: offset - first) + Self.ahead
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 1)
        defer { unsafe buffer.deallocate() }
        let (place, overflow) = source.start.addingReportingOverflow(first)
        guard !overflow, let filled = unsafe try? source.descriptor.read(at: place, into: buffer) else { return nil }
        let span = unsafe Span<UInt8>(_unsafeBytes: UnsafeRawBufferPointer(rebasing: buffer[..<filled]))
        return SourceExcerpt(
            bytes: span, offset: Int(clamping: offset - first), extent: finding.extent, startsFile: first == 0)
    }
}
