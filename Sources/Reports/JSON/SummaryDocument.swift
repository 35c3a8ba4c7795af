import ArrearsRecovery
import BillingFiles
import BillingRecords
import BillingValues
import RenewalAudit

/// `summary.json`: counts and sums for machines; its schema is `schemas/summary.schema.json`.
public enum SummaryDocument {
    /// The document of an outcome.
    ///
    /// Equal inputs give equal bytes: it names files without their folders and holds no time.
    /// Long runs of digits in rejected values are masked if asked for: they may be phone or account numbers.
    public static func make(_ outcome: AuditOutcome, masked: Bool) -> JSONValue {
        let counts = outcome.counts
        let members: [(String, JSONValue)] = [
            ("format", .integer(1)),
            ("window", window(outcome)),
            ("inputs", .array(outcome.inputs.map(input))),
            ("input_findings", inputFindings(outcome.findings, masked: masked)),
            ("subscriptions", .integer(outcome.verdicts.subscriptions)),
            ("renewals", renewals(counts)),
            ("rules", .array(AuditRule.allCases.sorted().compactMap { rule($0, counts) })),
            ("offers", .array(offers(outcome, counts))),
            ("days", .array(days(counts))),
            ("causes", causes(outcome)),
            ("recovery", recovery(outcome)),
            ("conservation", conservation(outcome)),
        ]
        return .object(members + inferred(outcome) + banks(outcome, masked: masked) + ledger(outcome))
    }

    /// A tally as an array of records and amount by currency.
    static func sums(_ tally: MoneyTally) -> JSONValue {
        .array(
            tally.sorted.map { entry in
                let code = AmountText.code(entry)
                return .object([
                    ("currency", code.isEmpty ? .null : .string(code)), ("records", .integer(entry.records)),
                    ("amount", code.isEmpty ? .null : .string(AmountText.plain(entry))),
                ])
            })
    }

    private static func window(_ outcome: AuditOutcome) -> JSONValue {
        let newest = CivilDate(dayNumber: outcome.newestCharge)
        return .object([
            ("from", .string(outcome.terms.window.from.description)),
            ("to", .string(outcome.terms.window.to.description)),
            ("decided_on", .string(outcome.terms.decidedOn.description)),
            ("newest_charge", newest.map { .string($0.description) } ?? .null),
        ])
    }

    private static func input(_ input: AuditOutcome.Input) -> JSONValue {
        var members: [(String, JSONValue)] = [
            ("role", .string(input.role)), ("name", .string(input.name)), ("records", .integer(input.records)),
            ("rejected", .integer(input.rejected)),
        ]
        if let format = input.format {
            members.append(("format", .string(format)))
            let skipped = input.skipped.sorted { $0.key < $1.key }
            members.append(("skipped", .object(skipped.map { ($0.key, .integer($0.value)) })))
        }
        return .object(members)
    }

    private static func inputFindings(_ findings: InputFindings, masked: Bool) -> JSONValue {
        let counts = InputRule.allCases.compactMap { rule in
            findings.counts[rule].map { (rule.identifier, JSONValue.integer($0)) }
        }
        let places = findings.kept.map { finding in
            JSONValue.object([
                ("rule", .string(finding.rule.identifier)), ("file", .string(finding.place.file)),
                ("line", .integer(finding.place.line)), ("record", .integer(finding.place.record)),
                ("column", .integer(finding.place.column)),
                ("field", finding.place.field.map { .string($0) } ?? .null),
                ("byte", .integer(Int(clamping: finding.place.byteOffset))),
                ("found", .string(masked ? LongNumberMask.mask(finding.found) : finding.found)),
                ("expected", .string(finding.expected)), ("remedy", .string(finding.rule.remedy)),
            ])
        }
        return .object([("counts", .object(counts)), ("places", .array(places))])
    }

    private static func renewals(_ counts: AuditCounts) -> JSONValue {
        .object([
            ("due", .integer(counts.due)), ("charged", .integer(counts.charged)),
            ("uncharged", .integer(counts.uncharged.renewals)),
            ("uncharged_subscriptions", .integer(counts.unchargedSubscriptions)),
            ("uncharged_amounts", sums(counts.uncharged.amount)),
            ("collection_failed", .integer(counts.count(.collectionFailed))),
            ("refunded", .integer(counts.count(.refundedRenewal))),
            ("undecided", .integer(counts.undecidedRenewals)), ("in_collection", .integer(counts.inCollection)),
        ])
    }

    private static func rule(_ rule: AuditRule, _ counts: AuditCounts) -> JSONValue? {
        guard let count = counts.rules[rule] else { return nil }
        return .object([
            ("rule", .string(rule.identifier)), ("findings", .integer(count.findings)),
            ("expected", sums(count.expected)), ("charged", sums(count.charged)),
            ("difference", sums(count.difference)),
        ])
    }

    private static func offers(_ outcome: AuditOutcome, _ counts: AuditCounts) -> [JSONValue] {
        OfferLine.all(outcome, counts).map { line in
            .object([
                ("offer", .string(line.offer)), ("payment_method", .string(line.paymentMethod)),
                ("currency", .string(line.currency)), ("due", .integer(line.due)),
                ("uncharged", .integer(line.uncharged.renewals)), ("amounts", sums(line.uncharged.amount)),
            ])
        }
    }

    private static func days(_ counts: AuditCounts) -> [JSONValue] {
        counts.unchargedByDay.sorted { $0.key < $1.key }.map { day, uncharged in
            .object([
                ("due_on", .string(day.description)), ("uncharged", .integer(uncharged.renewals)),
                ("amounts", sums(uncharged.amount)),
            ])
        }
    }

    private static func conservation(_ outcome: AuditOutcome) -> JSONValue {
        .object(
            [
                ("charges_read", sums(outcome.tally.total)),
                (
                    "places",
                    .object(outcome.tally.places.filter { $0.tally.records > 0 }.map { ($0.name, sums($0.tally)) })
                ),
            ] + usage(outcome))
    }

    /// What became of the usage records, where there are usage files.
    private static func usage(_ outcome: AuditOutcome) -> [(String, JSONValue)] {
        guard let usage = outcome.usage else { return [] }
        return [
            ("usage_read", .integer(usage.tally.total)),
            (
                "usage_places",
                .object(usage.tally.places.filter { $0.records > 0 }.map { ($0.name, .integer($0.records)) })
            ),
            ("usage_of_further_numbers", .integer(usage.strangers.furtherRecords)),
        ]
    }
}
