/// What a reader of blocks allows a single record to cost.
///
/// A scanner holds no limit of its own: whoever collects bytes until a ``RecordCutter`` finds a whole record gives up
/// when more than ``maximumRecordBytes`` hold none, as they do behind a quote that is never closed.
public struct RecordLimits: Sendable, Equatable {
    /// The most bytes that one record may have, its line end included.
    public var maximumRecordBytes: Int

    /// Limits of so many bytes a record, one MiB unless said otherwise.
    public init(maximumRecordBytes: Int = 1 << 20) {
        self.maximumRecordBytes = maximumRecordBytes
    }
}
