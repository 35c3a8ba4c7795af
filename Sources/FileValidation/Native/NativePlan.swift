import BillingFiles
import BillingRecords
import BillingValues

/// How native files are judged.
struct NativePlan {
    private static let cycle = "an ISO 8601 duration of whole days, weeks, months or years like P30D or P1M"

    let names: [String]
    let forms: ValueForms

    private var date: String { "a date as \(forms.date)" }

    /// The plan for a file of a kind with these columns; columns that are not there are not judged.
    static func make(
        _ kind: NativeKind, names: [String], today: CivilDate?, lines: KnownLines?, forms: ValueForms = ValueForms()
    ) -> TablePlan {
        let plan = NativePlan(names: names, forms: forms)
        var table = TablePlan(columns: names.map { TablePlan.Column(name: $0) })
        table.distrustsOpenEnd = true
        for name in kind.columns { plan.fill(&table, name, kind) }
        table.rules = plan.rules(kind, today: today)
        if let lines, kind == .charges || kind == .events { plan.compare(&table, kind, with: lines) }
        table.uniqueKeys = plan.keys(kind)
        return table
    }

    /// The first column of a name.
    private func field(_ name: String) -> Int? { names.firstIndex(of: name) }

    private func fill(_ table: inout TablePlan, _ name: String, _ kind: NativeKind) {
        guard let field = field(name) else { return }
        let (check, wording) = check(name, kind)
        table.columns[field].check = check
        table.columns[field].wording = wording
        table.columns[field].refusesLineBreaks = name != "offer"
        table.columns[field].isSelfDelimiting = Self.selfDelimiting.contains(name)
    }

    private func check(_ name: String, _ kind: NativeKind) -> (ColumnCheck, NativeWording) {
        switch (kind, name) {
        case (.charges, "charge_id"), (.usage, "record_id"):
            return (.text(TextCheck(isRequired: true)), NativeWording(kind: "an id"))
        case (.usage, "msisdn"): return (.text(TextCheck(isRequired: true)), NativeWording(kind: "a phone number"))
        case (_, "subscription_id"):
            return (
                .text(TextCheck(isRequired: true)),
                NativeWording(missing: .missingSubscription, kind: "the id of a subscription")
            )
        case (.charges, "kind"): return words(ChargeKind.allCases.map(\.word), .unknownKind)
        case (.charges, "status"), (.results, "status"): return words(ChargeStatus.allCases.map(\.word), .unknownStatus)
        case (.events, "event"): return words(EventKind.allCases.map(\.word), .unknownEvent)
        case (_, "charged_on"), (_, "activated_on"), (_, "effective_on"), (_, "decided_on"):
            return (.date(DateCheck(isRequired: true, order: forms.dateOrder)), NativeWording(kind: date))
        case (_, "period_start"), (_, "period_end"), (_, "ended_on"), (_, "until"):
            return (.date(DateCheck(isRequired: false, order: forms.dateOrder)), NativeWording(kind: date))
        case (_, "amount"), (_, "price"):
            let check = MoneyCheck(
                isRequired: kind != .usage && kind != .results, maySink: name == "amount", decimal: forms.decimal)
            return (
                .money(check, currency: field("currency")),
                NativeWording(kind: "an amount like \(forms.amount)", currency: field("currency"))
            )
        case (_, "currency"):
            return (
                .currency(CurrencyCheck(isRequired: kind != .usage && kind != .results)),
                NativeWording(kind: "a currency code of ISO 4217")
            )
        case (_, "cycle"): return (.cycle(CycleCheck()), NativeWording(kind: Self.cycle))
        case (.usage, "started_at"):
            let example = forms.dateOrder == nil ? "a time like 2025-03-01T12:00:00" : "\(date) hh:mm:ss"
            return (.timestamp(TimestampCheck(order: forms.dateOrder)), NativeWording(kind: example))
        case (.usage, "duration_s"), (.usage, "volume_bytes"):
            return (.count(CountCheck()), NativeWording(kind: "a whole number, 0 or more"))
        default: return (.text(TextCheck(isRequired: false)), NativeWording(kind: "a text"))
        }
    }

    private func words(_ words: [String], _ rule: InputRule) -> (ColumnCheck, NativeWording) {
        (.word(WordCheck(words)), NativeWording(word: rule, kind: "one of \(words.joined(separator: ", "))"))
    }

    private func rules(_ kind: NativeKind, today: CivilDate?) -> [any RecordRule] {
        var rules: [any RecordRule] = []
        switch kind {
        case .subscriptions:
            if let activated = field("activated_on"), let ended = field("ended_on") {
                rules.append(EndedBeforeActivation(activated: activated, ended: ended))
            }
        case .events:
            if let effective = field("effective_on"), let until = field("until") {
                rules.append(InvalidUntil(effective: effective, until: until))
            }
            if let event = field("event"), let value = field("value") {
                for (rule, wanted) in EventValue.looked {
                    rules.append(EventValue(rule: rule, event: event, value: value, wanted: wanted, forms: forms))
                }
            }
        case .charges:
            if let start = field("period_start"), let end = field("period_end") {
                rules.append(InvalidPeriod(start: start, end: end))
            }
            guard let kind = field("kind") else { break }
            if let amount = field("amount") { rules.append(AmountSign(kind: kind, amount: amount)) }
            if let today, let day = field("charged_on"), let status = field("status") {
                rules.append(ChargeInFuture(chargedOn: day, kind: kind, status: status, today: today))
            }
        case .usage, .results: break
        }
        return rules
    }

    /// Compares the ids with the known lines, and the periods with their cycles.
    private func compare(_ table: inout TablePlan, _ kind: NativeKind, with lines: KnownLines) {
        guard let subscription = field("subscription_id") else { return }
        table.columns[subscription].check = .line(LineCheck(lines: lines))
        guard kind == .charges else {
            table.rules.append(EventOfNobody(subscription: subscription))
            return
        }
        table.rules.append(ChargeOfNobody(subscription: subscription))
        if let kind = field("kind"), let start = field("period_start"), let end = field("period_end") {
            table.rules.append(
                PeriodNotWholeCycle(subscription: subscription, kind: kind, start: start, end: end, lines: lines))
        }
    }

    private func keys(_ kind: NativeKind) -> [UniqueKey] {
        let (name, rule): (String, InputRule) =
            switch kind {
            case .charges: ("charge_id", .duplicateIdentifier)
            case .usage: ("record_id", .duplicateIdentifier)
            case .subscriptions: ("subscription_id", .duplicateSubscription)
            case .events, .results: ("", .duplicateIdentifier)
            }
        return field(name).map { [UniqueKey(fields: [$0], rule: rule, countsEmpty: false)] } ?? []
    }

    /// Columns whose sound values are never the beginning of a longer sound value.
    private static let selfDelimiting: Set<String> = [
        "kind", "charged_on", "period_start", "period_end", "currency", "status", "activated_on", "ended_on", "event",
        "effective_on", "until",
    ]
}
