import ArrearsRecovery
public import BillingFiles
public import BillingRecords
import BillingValues
public import RenewalAudit

/// The history of one subscription as a person would draw it: what was due, what was charged, what became of it.
public struct HistoryText {
    private let outcome: AuditOutcome
    private let rows: [RecordPosition: ChargeRow]
    private let style: TextStyle
    private let masked: Bool

    /// How far the text of an entry is indented.
    private static let indent = String(repeating: " ", count: 7)

    /// The texts of an outcome's subscriptions; `rows` has the charges of their histories.
    public init(_ outcome: AuditOutcome, rows: [RecordPosition: ChargeRow], style: TextStyle, masked: Bool) {
        self.outcome = outcome
        self.rows = rows
        self.style = style
        self.masked = masked
    }

    /// The lines of a history.
    public func lines(_ history: SubscriptionHistory) -> [String] {
        var lines = heading(history) + [""]
        for entry in history.entries { lines += self.lines(entry, history) }
        lines += arrears(history)
        if !history.unused.isEmpty {
            lines += ["", "  Charges that bear on no renewal of the span:"]
            lines += history.unused.map { line($0, of: nil) }
        }
        return lines
    }

    private func heading(_ history: SubscriptionHistory) -> [String] {
        let (table, row) = (outcome.subscriptions, history.row)
        var contract = [table.offer(row), table.paymentMethod(row)].filter { !$0.isEmpty }.map { VisibleText.of($0) }
        if let terms = history.terms {
            contract.append("\(terms.price) every \(terms.cycle)")
            if let line = table.inferredLine(row) {
                contract.append("inferred from \(line.charges) charges")
            } else {
                contract.append("activated on \(terms.activatedOn)")
            }
            if let endedOn = terms.endedOn { contract.append("ended on \(endedOn)") }
        } else {
            contract.append("contract not usable")
        }
        let identifier = VisibleText.of(table.subscriptionIdentifier(row))
        let number = table.msisdn(row)
        var second = [
            number.isEmpty
                ? "no telephone number"
                : "telephone \(VisibleText.of(masked ? PhoneNumberMask.mask(number) : number))"
        ]
        if !history.otherIdentifiers.isEmpty {
            second.append("also \(history.otherIdentifiers.map { VisibleText.of($0) }.joined(separator: ", "))")
        }
        let window = outcome.terms.window
        return [
            style.heading(identifier) + "  " + contract.joined(separator: ", "), "  " + second.joined(separator: ", "),
            "  renewals due from \(window.from) to \(window.to.adding(days: -1) ?? window.to), decided on "
                + "\(outcome.terms.decidedOn)",
        ]
    }

    private func lines(_ entry: SubscriptionHistory.Entry, _ history: SubscriptionHistory) -> [String] {
        let day = entry.day.map { "\($0)" } ?? String(repeating: " ", count: 10)
        var lines = ["  \(mark(entry)) \(day)  \(headline(entry, history))"]
        if case .nothingDue(let reason) = entry.kind, !entry.findings.isEmpty,
            !entry.findings.contains(where: { $0.reason == reason })
        {
            lines.append(Self.indent + reason)
        }
        for finding in entry.findings {
            let rule = entry.findings.count > 1 ? "\(finding.rule.identifier): " : ""
            lines.append(Self.indent + rule + finding.reason)
        }
        lines += entry.charges.map { line($0, of: entry.period) }
        return lines + usage(entry) + collections(entry, history)
    }

    /// One character that says how it is: `o` in order, `x` a finding, `?` undecided, `~` under way, `-` nothing due.
    private func mark(_ entry: SubscriptionHistory.Entry) -> String {
        let rules = entry.findings.map(\.rule)
        if rules.contains(.undecided) { return style.alarm("?") }
        if !rules.isEmpty { return style.alarm("x") }
        switch entry.kind {
        case .event: return "*"
        case .nothingDue: return "-"
        case .apart: return " "
        case .renewal(_, .charged): return style.calm("o")
        case .renewal(_, .inCollection): return "~"
        case .renewal(_, .nothingToPay): return "-"
        case .renewal(_, .open): return " "
        }
    }

    private func headline(_ entry: SubscriptionHistory.Entry, _ history: SubscriptionHistory) -> String {
        switch entry.kind {
        case .event(let text): return text
        case .nothingDue(let reason):
            let span = entry.period.map { "to \($0.end)  " } ?? ""
            let verdicts = verdicts(entry)
            return span + "nothing due: " + (verdicts.isEmpty ? reason : verdicts.joined(separator: ", "))
        case .apart:
            let span = entry.period.map { "to \($0.end)  " } ?? ""
            let verdicts = verdicts(entry)
            return span + (verdicts.isEmpty ? "a charge for no renewal" : verdicts.joined(separator: ", "))
        case .renewal(let due, let settlement):
            let end = entry.period.map { "to \($0.end)  " } ?? ""
            let amount = history.terms.map { "\(Money(minorUnits: due, currency: $0.price.currency))" } ?? ""
            let verdicts = verdicts(entry)
            return end + "\(amount) due: "
                + (verdicts.isEmpty ? Self.words(settlement) : verdicts.joined(separator: ", "))
        }
    }

    private func verdicts(_ entry: SubscriptionHistory.Entry) -> [String] {
        entry.findings.map { "\(style.alarm($0.rule.identifier)) (\(Self.words($0.confidence)))" }
    }

    private static func words(_ confidence: Discrepancy.Confidence) -> String {
        confidence == .confirmed ? "confirmed by usage" : "\(confidence.rawValue) confidence"
    }

    private static func words(_ settlement: SubscriptionHistory.Settlement) -> String {
        switch settlement {
        case .charged: "charged"
        case .inCollection: "in collection"
        case .nothingToPay: "nothing to pay"
        case .open: "no finding"
        }
    }

    /// A charge as its file has it: day, kind, amount, status, id and place; and the period that it states, if that is
    /// not the one that it stands under.
    private func line(_ charge: HistoryCharge, of entry: BillingPeriod?) -> String {
        guard let row = rows[charge.position], row.values.count == NativeColumns.charges.count else {
            return Self.indent + "a charge that cannot be shown"
        }
        // A number in the wrong column is a value, too; the id is what the charge is looked up by.
        let values = row.values.enumerated().map { place, value in
            let text = VisibleText.of(value)
            return masked && place > 0 ? LongNumberMask.mask(text) : text
        }
        let isOfEntry =
            values[4] == entry.map { "\($0.start)" }
            && (values[5].isEmpty || values[5] == entry.map { "\($0.end)" })
        let period =
            values[4].isEmpty || isOfEntry ? "" : " for \(values[4])" + (values[5].isEmpty ? "" : " to \(values[5])")
        let text =
            "\(values[3])  \(values[2]) \(values[6]) \(values[7]) \(values[8])\(period), \(values[0]) "
            + "(\(row.file):\(row.line))"
        let said = outcome.results?.note(at: charge.position).map { "; bank: \($0)" } ?? ""
        let use = (Self.words(charge.use).map { ": \($0)" } ?? "") + said
        return Self.indent + text + use
    }

    /// What a charge was taken for, where the row itself does not say it.
    private static func words(_ use: HistoryCharge.Use) -> String? {
        switch use {
        case .payment, .zero, .pending, .failure, .unused: nil
        case .giveBack: "given back"
        case .foreign: "in another currency"
        case .doubtful: "may bear on this renewal"
        case .outOfPlace: "nothing was due for it"
        }
    }

    /// The usage of the line, where the reason of a finding does not tell it already.
    private func usage(_ entry: SubscriptionHistory.Entry) -> [String] {
        guard let use = entry.use, !entry.findings.contains(where: { $0.rule == .unchargedRenewal }) else { return [] }
        switch use {
        case .used(let days, let first, let last):
            return [Self.indent + UsageEvidence.words(usedOn: days, first, last)]
        case .silent: return entry.isRenewal ? [Self.indent + "no service was used"] : []
        case .unknown: return []
        }
    }

    /// How the missed renewal of an entry is recovered.
    private func collections(_ entry: SubscriptionHistory.Entry, _ history: SubscriptionHistory) -> [String] {
        guard entry.findings.contains(where: { $0.rule == .unchargedRenewal }), let period = entry.period else {
            return []
        }
        let instalments = outcome.plan.instalments.filter { $0.row == history.row && $0.period == period }
        let uncollected = outcome.plan.uncollected.filter { $0.row == history.row && $0.period == period }
        return instalments.map { instalment in
            Self.indent + "will be collected on \(instalment.collectOn): \(instalment.amount), instalment "
                + "\(instalment.number) of \(instalment.count)" + (instalment.isOld ? ", check the limitation" : "")
        } + uncollected.map { Self.indent + "will not be collected: \(RecoveryText.explanation($0.reason))" }
    }

    /// The sum of what will be collected.
    private func arrears(_ history: SubscriptionHistory) -> [String] {
        let instalments = outcome.plan.instalments.filter { $0.row == history.row }
        guard let first = instalments.first, let last = instalments.last else { return [] }
        var tally = MoneyTally()
        for instalment in instalments {
            tally.add(amount: instalment.amount.minorUnits, currency: instalment.amount.currency.packedCode)
        }
        let days = instalments.count == 1 ? "on \(first.collectOn)" : "from \(first.collectOn) to \(last.collectOn)"
        let count = AmountText.people(instalments.count, "instalment")
        return ["", "  Recovery: \(count), \(AmountText.people(tally)), \(days)"]
    }
}

extension SubscriptionHistory.Entry {
    fileprivate var isRenewal: Bool { if case .renewal = kind { true } else { false } }
}
