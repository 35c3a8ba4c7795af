import BillingRecords
import RenewalAudit

/// What banks have said, for the terminal.
struct ResultsText {
    let results: ResultsOutcome
    let style: TextStyle

    /// The lines; the first is empty.
    var lines: [String] {
        var lines = ["", style.heading("What banks say of the collections")]
        let places = [
            ("of charges in the files", results.ofCharges), ("of recovery charges in no file", results.ofRecoveries),
            ("of rejected rows", results.ofRejectedRows), ("of unknown charges", results.unknown),
            ("that name no charge", results.unnamed),
        ].filter { $0.1 > 0 }.map { "\(AmountText.people($0.1)) \($0.0)" }
        lines.append(
            "  \(AmountText.people(results.read, "result")) read = "
                + (places.isEmpty ? "0" : places.joined(separator: " + ")))
        var table = TextTable(["what became of the charges", "charges", "amount"])
        for (status, words) in Self.ends {
            guard let tally = results.ends[status] else { continue }
            table.add([words, AmountText.people(tally.records), AmountText.people(tally)])
        }
        for contradiction in CollectionHistory.Contradiction.allCases {
            guard let tally = results.contradictions[contradiction] else { continue }
            table.add([
                "cannot tell: \(contradiction.words)", AmountText.people(tally.records), AmountText.people(tally),
            ])
        }
        if !table.isEmpty { lines += [""] + table.lines(style) }
        var reasons = TextTable(["why", "charges", "amount"])
        for reason in results.reasons {
            let verb = reason.status == .failed ? "refused" : "returned"
            reasons.add([
                "\(verb): \(Self.words(reason.code))", AmountText.people(reason.tally.records),
                AmountText.people(reason.tally),
            ])
        }
        if !reasons.isEmpty { lines += [""] + reasons.lines(style) }
        if results.changed > 0 {
            let verb = results.changed == 1 ? "has" : "have"
            lines.append(
                "  \(AmountText.people(results.changed, "charge")) \(verb) another status by these results than in the export"
            )
        }
        if results.unnamedLosses > 0 {
            lines.append(
                style.alarm(
                    "  \(AmountText.people(results.unnamedLosses, "refusal or return", plural: "refusals or returns")) "
                        + "without a charge's id: their charges are taken for what the export says"))
        }
        return lines
    }

    private static let ends: [(ChargeStatus, String)] = [
        (.posted, "booked"), (.pending, "not booked yet"), (.failed, "refused"), (.reversed, "returned"),
    ]

    /// A code with what it means.
    static func words(_ code: [UInt8]) -> String {
        code.isEmpty ? "no reason stated" : BankReason.text(code)
    }
}

/// What is collected by direct debit, for the terminal.
struct CollectionsText {
    let collections: CollectionsOutcome
    let style: TextStyle

    /// The lines; the first is empty.
    var lines: [String] {
        var lines = ["", style.heading("Direct debits")]
        if let days = collections.days {
            let span = days.first == days.last ? "on \(days.first)" : "from \(days.first) to \(days.last)"
            lines.append(
                "  \(AmountText.people(collections.debits.records, "collection")), "
                    + "\(AmountText.people(collections.debits)), \(span), in "
                    + AmountText.people(collections.batches, "batch", plural: "batches")
                    + (collections.file.map { ": \($0) (\(collections.version))" } ?? ""))
        } else {
            lines.append("  nothing to collect")
        }
        for refused in collections.refused {
            lines.append(
                "  not collected, \(refused.reason.replacing("-", with: " ")): "
                    + "\(AmountText.people(refused.tally.records, "charge")), \(AmountText.people(refused.tally))")
        }
        return lines
    }
}
