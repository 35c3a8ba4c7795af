import ArrearsRecovery
import BillingFiles
import BillingRecords
import BillingValues
import RenewalAudit

/// What a person wants to know first of an audit, for the terminal.
public struct AuditText {
    private let outcome: AuditOutcome
    private let counts: AuditCounts
    private let style: TextStyle
    private let isVerbose: Bool

    /// How many lines the tables have at most, unless verbose.
    private static let tableLimit = 10

    /// The text of an outcome.
    public init(_ outcome: AuditOutcome, style: TextStyle, isVerbose: Bool) {
        self.outcome = outcome
        self.style = style
        self.isVerbose = isVerbose
        counts = outcome.counts
    }

    /// The lines of the text; `files` are the written ones and `directory` where they are, nil when none were.
    public func lines(directory: String?, files: [(name: String, records: Int?)]) -> [String] {
        overview + inferred + incident + causes + otherFindings + results + recovery + collections + ledger
            + rejectedRows + conservation
            + written(directory: directory, files: files)
    }

    private var overview: [String] {
        let window = outcome.terms.window
        let lastDay = window.to.adding(days: -1) ?? window.to
        var lines = [
            style.heading("Renewals due from \(window.from) to \(lastDay), decided on \(outcome.terms.decidedOn)")
        ]
        var table = TextTable(["", "renewals", "share"])
        table.add(["due", AmountText.people(counts.due), ""])
        add("charged", counts.charged, to: &table)
        add("uncharged", counts.uncharged.renewals, to: &table)
        if counts.count(.collectionFailed) > 0 { add("collection failed", counts.count(.collectionFailed), to: &table) }
        if counts.count(.refundedRenewal) > 0 { add("refunded", counts.count(.refundedRenewal), to: &table) }
        if counts.inCollection > 0 { add("in collection", counts.inCollection, to: &table) }
        if counts.undecidedRenewals > 0 { add("undecided", counts.undecidedRenewals, to: &table) }
        lines.append("")
        lines.append("  \(AmountText.people(outcome.verdicts.subscriptions, "subscription"))")
        lines += table.lines(style)
        return lines
    }

    private var inferred: [String] {
        outcome.subscriptions.inference.map {
            InferenceText(inference: $0, style: style, isCollected: outcome.plan.collectsInferred).lines
        } ?? []
    }

    private func add(_ name: String, _ count: Int, to table: inout TextTable) {
        table.add([name, AmountText.people(count), AmountText.share(count, of: counts.due)])
    }

    private var incident: [String] {
        guard counts.uncharged.renewals > 0 else {
            return ["", style.calm("Every renewal that was due was charged, failed, given back or is undecided.")]
        }
        let subscriptions = AmountText.people(counts.unchargedSubscriptions, "subscription")
        let verb = counts.uncharged.renewals == 1 ? "was" : "were"
        let head =
            "\(AmountText.people(counts.uncharged.renewals, "renewal")) of \(subscriptions) \(verb) never "
            + "charged: \(AmountText.people(counts.uncharged.amount))"
        return ["", style.alarm(head)] + offers + days
    }

    private var offers: [String] {
        // Charges tell no offers.
        guard outcome.subscriptions.inference == nil else { return [] }
        var table = TextTable(["by offer and payment method", "due", "uncharged", "share", "amount"])
        let lines = OfferLine.all(outcome, counts).filter { $0.uncharged.renewals > 0 }
        for line in lines.prefix(isVerbose ? lines.count : Self.tableLimit) {
            table.add([
                "\(VisibleText.of(line.offer.utf8)), \(VisibleText.of(line.paymentMethod.utf8))",
                AmountText.people(line.due), AmountText.people(line.uncharged.renewals),
                AmountText.share(line.uncharged.renewals, of: line.due), AmountText.people(line.uncharged.amount),
            ])
        }
        return [""] + table.lines(style) + more(lines.count)
    }

    private var days: [String] {
        var months: [(month: Int, first: CivilDate, last: CivilDate, uncharged: AuditCounts.Uncharged)] = []
        for (day, uncharged) in counts.unchargedByDay.sorted(by: { $0.key < $1.key }) {
            if let last = months.last, last.month == day.monthNumber {
                months[months.count - 1].last = day
                months[months.count - 1].uncharged.renewals += uncharged.renewals
                months[months.count - 1].uncharged.amount.add(uncharged.amount)
            } else {
                months.append((day.monthNumber, day, day, uncharged))
            }
        }
        var table = TextTable(["by day due", "uncharged", "amount"])
        let limit = isVerbose ? months.count : max(Self.tableLimit, 13)
        for month in months.suffix(limit) {
            let days = month.first == month.last ? "\(month.first)" : "\(month.first) to \(month.last)"
            table.add([days, AmountText.people(month.uncharged.renewals), AmountText.people(month.uncharged.amount)])
        }
        let hidden = months.count - min(limit, months.count)
        return [""] + table.lines(style) + (hidden > 0 ? [style.faint("  and \(hidden) earlier months")] : [])
    }

    private func more(_ count: Int) -> [String] {
        let hidden = count - min(count, Self.tableLimit)
        return hidden > 0 && !isVerbose ? [style.faint("  and \(hidden) more (--verbose shows all)")] : []
    }

    private var causes: [String] {
        IncidentText(outcome.causes, style: style, limit: isVerbose ? .max : Self.tableLimit).lines
    }

    private var otherFindings: [String] {
        var table = TextTable(["other findings", "count", "charged less due"])
        for rule in AuditRule.allCases.sorted() where rule != .unchargedRenewal {
            guard let count = counts.rules[rule] else { continue }
            let difference = count.difference.records > 0 ? AmountText.people(count.difference) : "-"
            table.add([rule.identifier, AmountText.people(count.findings), difference])
        }
        guard !table.isEmpty else { return [] }
        return [""] + table.lines(style) + furtherNumbers
            + [style.faint("  rinnovo rules explain NAME tells what each of them means")]
    }

    /// What is said of numbers without a subscription that are too many to be found each.
    private var furtherNumbers: [String] {
        guard let strangers = outcome.usage?.strangers, strangers.furtherRecords > 0 else { return [] }
        return [
            "  and \(AmountText.people(strangers.furtherRecords, "usage record")) of further numbers without a "
                + "subscription: the first \(AmountText.people(strangers.limit)) are reported"
        ]
    }

    private var recovery: [String] {
        guard counts.uncharged.renewals > 0 else { return [] }
        return RecoveryText(
            outcome.plan, policy: outcome.recoveryPolicy, notices: outcome.noticeCounts, style: style,
            limit: isVerbose ? .max : Self.tableLimit
        ).lines
    }

    private var results: [String] {
        outcome.results.map { ResultsText(results: $0, style: style).lines } ?? []
    }

    private var collections: [String] {
        outcome.collections.map { CollectionsText(collections: $0, style: style).lines } ?? []
    }

    private var ledger: [String] {
        guard let ledger = outcome.ledger else { return [] }
        return LedgerText(ledger: ledger, style: style, planned: RecoveryAccount(outcome.plan).collected).lines
    }

    private var conservation: [String] {
        let places = outcome.tally.places.filter { $0.tally.records > 0 }
        let parts = places.map { "\(AmountText.people($0.tally.records)) \($0.name.replacing("_", with: " "))" }
        let total = outcome.tally.total
        var lines = [
            "", style.heading("Nothing lost"),
            "  \(AmountText.people(total.records)) charges read = \(parts.joined(separator: " + "))",
            "  \(AmountText.people(total)) in them, to the cent in the same places",
        ]
        if let usage = outcome.usage {
            let places = usage.tally.places.filter { $0.records > 0 }
            let parts = places.map { "\(AmountText.people($0.records)) \($0.name.replacing("_", with: " "))" }
            lines.append(
                "  \(AmountText.people(usage.tally.total, "usage record")) read = "
                    + (parts.isEmpty ? "0" : parts.joined(separator: " + ")))
        }
        if isVerbose {
            for place in places { lines.append("    \(place.name): \(AmountText.people(place.tally))") }
        }
        return lines
    }

    private var rejectedRows: [String] {
        guard !outcome.findings.isEmpty else { return [] }
        return [""] + FindingText(style: style, isVerbose: isVerbose).lines(outcome.findings)
    }

    /// Where the files are; also for a run that prints nothing else of the audit.
    public func written(directory: String?, files: [(name: String, records: Int?)]) -> [String] {
        guard let directory else { return ["", "Dry run: nothing was written."] }
        var lines = ["", style.heading("Files in \(directory)")]
        let width = files.map(\.name.count).max() ?? 0
        for file in files {
            let padding = String(repeating: " ", count: width - file.name.count)
            let records = file.records.map { padding + "   " + AmountText.people($0, "record") } ?? ""
            lines.append("  " + file.name + records)
        }
        return lines
    }
}
