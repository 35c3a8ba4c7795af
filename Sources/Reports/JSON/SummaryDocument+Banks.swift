import BillingRecords
import BillingValues
import RenewalAudit

extension SummaryDocument {
    /// What banks say, and what they are asked to collect; nothing without results and collections.
    static func banks(_ outcome: AuditOutcome, masked: Bool) -> [(String, JSONValue)] {
        (outcome.results.map { [("results", results($0, masked: masked))] } ?? [])
            + (outcome.collections.map { [("collections", collections($0))] } ?? [])
    }

    private static func results(_ results: ResultsOutcome, masked: Bool) -> JSONValue {
        let ends = [ChargeStatus.posted, .pending, .failed, .reversed].map { status in
            (status.word, sums(results.ends[status] ?? MoneyTally()))
        }
        let contradictions = CollectionHistory.Contradiction.allCases.compactMap { contradiction in
            results.contradictions[contradiction].map { tally in
                JSONValue.object([("reason", .string(contradiction.rawValue)), ("amounts", sums(tally))])
            }
        }
        return .object([
            ("read", .integer(results.read)),
            (
                "places",
                .object([
                    ("charges", .integer(results.ofCharges)), ("recoveries", .integer(results.ofRecoveries)),
                    ("rejected_rows", .integer(results.ofRejectedRows)), ("unknown", .integer(results.unknown)),
                    ("unnamed", .integer(results.unnamed)),
                ])
            ),
            ("unnamed_losses", .integer(results.unnamedLosses)),
            ("charges", .object(ends)),
            ("changed", .integer(results.changed)),
            (
                "reasons",
                .array(
                    results.reasons.map { reason in
                        let code = String(decoding: reason.code, as: UTF8.self)
                        return .object([
                            ("code", .string(masked ? LongNumberMask.mask(code) : code)),
                            ("words", BankReason.words(reason.code).map { .string($0) } ?? .null),
                            ("status", .string(reason.status.word)), ("amounts", sums(reason.tally)),
                        ])
                    })
            ),
            ("contradictions", .array(contradictions)),
        ])
    }

    private static func collections(_ collections: CollectionsOutcome) -> JSONValue {
        .object([
            ("file", collections.file.map { .string($0) } ?? .null), ("version", .string(collections.version)),
            ("collections", .integer(collections.debits.records)), ("amounts", sums(collections.debits)),
            ("batches", .integer(collections.batches)),
            ("first_collection", collections.days.map { .string($0.first.description) } ?? .null),
            ("last_collection", collections.days.map { .string($0.last.description) } ?? .null),
            (
                "refused",
                .array(
                    collections.refused.map { refused in
                        .object([("reason", .string(refused.reason)), ("amounts", sums(refused.tally))])
                    })
            ),
        ])
    }
}
