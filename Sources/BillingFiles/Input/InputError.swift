/// What stops the reading of an input file.
///
/// Bad values inside a file are findings and never an `InputError`: these are the cases in which the bytes themselves
/// cannot be had or cannot be trusted. `description` is written for people.
public enum InputError: Error, Hashable, Sendable {
    /// The file is missing, is a directory or a device, or may not be read.
    case cannotOpen(path: String, reason: String)

    /// The system failed while the file was read, or its bytes could not be kept for a second look.
    case readFailed(path: String, reason: String)

    /// The name promises a compression that the first bytes do not keep.
    case notCompressedAsNamed(path: String, format: String, reason: String)

    /// The compressed bytes are cut short, altered, or followed by bytes that belong to nothing.
    case damagedCompression(path: String, reason: String)

    /// The file unpacks to more than the limit named.
    case expandsTooMuch(path: String, limit: String)

    /// Somebody wrote to the file between its opening and its last reading.
    case changedWhileRead(path: String)

    /// The path of the file, `-` for standard input.
    public var path: String {
        switch self {
        case .cannotOpen(let path, _), .readFailed(let path, _), .notCompressedAsNamed(let path, _, _),
            .damagedCompression(let path, _), .expandsTooMuch(let path, _), .changedWhileRead(let path):
            path
        }
    }
}
