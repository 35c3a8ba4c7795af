/// What stops the writing of an output.
///
/// After any of these nothing new stands under a final name, except where `OutputDirectory.publish()` says otherwise.
/// `description` is written for people.
public enum OutputError: Error, Hashable, Sendable {
    /// The output's place does not allow it: a missing parent, a file in the way, no permission.
    case cannotCreate(path: String, reason: String)

    /// Something is there already and replacing it was not asked for.
    case alreadyExists(path: String)

    /// The output would destroy a file that the same run reads.
    case wouldReplaceInput(path: String)

    /// The system failed while the output was written: disk full, quota, size limit, device error.
    case writeFailed(path: String, reason: String)

    /// The path of the output, "standard output" or "standard error" for those.
    public var path: String {
        switch self {
        case .cannotCreate(let path, _), .alreadyExists(let path), .wouldReplaceInput(let path),
            .writeFailed(let path, _):
            path
        }
    }
}

extension OutputError: CustomStringConvertible {
    /// What happened, to which output, and what to do about it, in one line.
    public var description: String {
        switch self {
        case .cannotCreate(let path, let reason):
            "cannot create '\(path)': \(reason); choose another place or make this one fit"
        case .alreadyExists(let path):
            "'\(path)' already exists; choose another place, or replace it with --force"
        case .wouldReplaceInput(let path):
            "'\(path)' is one of the inputs and will not be replaced; choose another output"
        case .writeFailed(let path, let reason):
            "writing '\(path)' failed: \(reason); make room or mend the device, and run again"
        }
    }
}
