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
        let digest: FileDigest

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

    /// The document of a run; `policy` is the one in force, with the keys of a policy file.
    public static func make(
        version: String, outcome: AuditOutcome, policy: JSONValue, inputs: [Entry], outputs: [Entry],
        milliseconds: Int
    ) -> JSONValue {
        .object([
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
        ])
    }
}
