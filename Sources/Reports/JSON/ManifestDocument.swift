public import BillingFiles
import BillingValues
import RenewalAudit

/// `manifest.json`: what was read and written, by which program and policy, and how long it took.
///
/// The last file of a run: where it stands, the others are complete. The only output that may differ between two
/// equal runs.
public enum ManifestDocument {
    /// A file with its digest and, if it holds records, their number.
    public struct Entry: Sendable {
        let role: String

        /// The file's name, size and hash.
        public let digest: FileDigest

        /// How many records the file holds, if it holds any.
        public let records: Int?

        /// The file's name.
        public var name: String { digest.name }

        /// An entry for a file.
        public init(role: String, digest: FileDigest, records: Int?) {
            self.role = role
            self.digest = digest
            self.records = records
        }

        fileprivate var json: JSONValue {
            .object([
                ("role", .string(role)), ("name", .string(digest.name)),
                ("size", .integer(Int(clamping: digest.size))), ("sha256", .string(digest.sha256)),
                ("records", records.map { .integer($0) } ?? .null),
            ])
        }
    }

    /// The run of a ledger that published the files.
    public struct LedgerRun: Sendable {
        let name: String
        let run: Int
        let sha256: String

        /// A run by the name of the ledger's file, its number and the hash of its link.
        public init(name: String, run: Int, sha256: String) {
            self.name = name
            self.run = run
            self.sha256 = sha256
        }

        var json: JSONValue {
            .object([("name", .string(name)), ("run", .integer(run)), ("sha256", .string(sha256))])
        }
    }

    /// The document of a run; `policy` is the one in force, with the keys of a policy file.
    public static func make(
        version: String, outcome: AuditOutcome, policy: JSONValue, inputs: [Entry], outputs: [Entry],
        milliseconds: Int, ledger: LedgerRun? = nil
    ) -> JSONValue {
        let members: [(String, JSONValue)] = [
            ("format", .integer(1)), ("program", .string("rinnovo")), ("version", .string(version)),
            (
                "window",
                .object([
                    ("from", .string(outcome.terms.window.from.description)),
                    ("to", .string(outcome.terms.window.to.description)),
                    ("decided_on", .string(outcome.terms.decidedOn.description)),
                ])
            ),
            ("policy", policy),
            ("inputs", .array(inputs.map(\.json))), ("outputs", .array(outputs.map(\.json))),
            ("duration_ms", .integer(milliseconds)),
        ]
        return .object(members + (ledger.map { [("ledger", $0.json)] } ?? []))
    }

    /// The document of an approved plan, whose inputs were those of the audit that proposed it.
    public static func release(version: String, by name: String, on day: String, outputs: [Entry], ledger: LedgerRun)
        -> JSONValue
    {
        .object([
            ("format", .integer(1)), ("program", .string("rinnovo")), ("version", .string(version)),
            ("approved", .object([("by", .string(name)), ("on", .string(day))])),
            ("outputs", .array(outputs.map(\.json))), ("ledger", ledger.json),
        ])
    }
}
