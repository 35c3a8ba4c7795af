/// What stops the use of a ledger.
///
/// After any of these the ledger is as it was before. `description` is written for people.
public enum LedgerError: Error, Hashable, Sendable {
    /// There is no ledger under this name.
    case missing(path: String)

    /// The file cannot be opened or created: no permission, a symbolic link, a directory, a second name.
    case cannotOpen(path: String, reason: String)

    /// The file is something else.
    case notALedger(path: String, reason: String)

    /// The ledger was written by a newer program.
    case newerVersion(path: String, version: Int)

    /// Another run has the ledger, and did not let go of it for so many seconds.
    case busy(path: String, seconds: Int)

    /// The ledger contradicts itself: somebody altered it, or the device lost something.
    case broken(path: String, reason: String)

    /// A run was interrupted while its files were brought to their place, and nothing tells whether they got there.
    case unclear(path: String, run: Int, output: String)

    /// The run is not in a state in which this can be done.
    case notPossible(path: String, reason: String)

    /// The device failed.
    case failed(path: String, reason: String)

    /// The path of the ledger.
    public var path: String {
        switch self {
        case .missing(let path), .cannotOpen(let path, _), .notALedger(let path, _), .newerVersion(let path, _),
            .busy(let path, _), .broken(let path, _), .unclear(let path, _, _), .notPossible(let path, _),
            .failed(let path, _):
            path
        }
    }
}

extension LedgerError: CustomStringConvertible {
    /// What happened and what to do about it, in one line.
    public var description: String {
        switch self {
        case .missing(let path): "there is no ledger '\(path)'; the first audit with --ledger makes one"
        case .cannotOpen(let path, let reason): "cannot open the ledger '\(path)': \(reason)"
        case .notALedger(let path, let reason): "'\(path)' is no ledger of rinnovo: \(reason); it is left as it is"
        case .newerVersion(let path, let version):
            "the ledger '\(path)' has version \(version), and this program knows version \(LedgerSchema.version): "
                + "use the newer program"
        case .busy(let path, let seconds):
            "another run has used the ledger '\(path)' for more than \(seconds) seconds; wait for it and run again"
        case .broken(let path, let reason):
            "the ledger '\(path)' cannot be trusted: \(reason); see what 'rinnovo ledger verify' says"
        case .unclear(let path, let run, let output):
            "run \(run) of the ledger '\(path)' was interrupted while '\(output)' was published, and nothing tells "
                + "whether its files were used; say so with 'rinnovo ledger confirm' or 'rinnovo ledger withdraw'"
        case .notPossible(_, let reason): reason
        case .failed(let path, let reason):
            "using the ledger '\(path)' failed: \(reason); make room or mend the device, and run again"
        }
    }
}
