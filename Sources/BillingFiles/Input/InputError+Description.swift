extension InputError: CustomStringConvertible {
    /// What happened, to which file, and what to do about it, in one line.
    public var description: String {
        let place = path == "-" ? "standard input" : "'\(path)'"
        return switch self {
        case .cannotOpen(_, let reason):
            "cannot open \(place): \(reason); check the path and the permissions"
        case .readFailed(_, let reason):
            "reading \(place) failed: \(reason); check the disk and run again"
        case .notCompressedAsNamed(_, let format, let reason):
            "\(place) is not \(format): \(reason); rename it to what it holds, or export it again"
        case .damagedCompression(_, let reason):
            "\(place) is damaged: \(reason); transfer or export it again"
        case .expandsTooMuch(_, let limit):
            "\(place) unpacks to more than \(limit); unpack it yourself if you trust it"
        case .changedWhileRead:
            "\(place) was changed while it was read; wait until the export is complete and run again"
        }
    }
}
