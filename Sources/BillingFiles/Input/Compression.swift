/// How the bytes of a file are compressed, told by its name.
public enum Compression: String, Hashable, Sendable, CaseIterable {
    /// The bytes are the text.
    case none

    /// gzip, RFC 1952: one member or many.
    case gzip

    /// Zstandard, RFC 8878: one frame or many.
    case zstd

    /// The compression that the end of `path` names: `.gz` and `.zst`, in capitals or not.
    public init(path: String) {
        let name = path.lowercased()
        self = name.hasSuffix(".gz") ? .gzip : name.hasSuffix(".zst") ? .zstd : .none
    }
}
