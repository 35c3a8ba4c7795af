import BillingFiles
import BillingRecords
import BillingValues

/// What the value of an event must be, which depends on its word; for each rule that it can break there is one of these.
struct EventValue: RecordRule {
    /// The rule that is looked for.
    let rule: InputRule

    /// The column of the word.
    let event: Int
    /// The column of the value.
    let value: Int
    /// What is looked for.
    let wanted: ValueFaults
    /// How amounts are written.
    var forms = ValueForms()

    /// The rules that a value can break, with what is wrong with it then.
    static let looked: [(InputRule, ValueFaults)] = [
        (.missingValue, .missing), (.invalidCycle, .notACycle), (.negativePrice, .negative),
        (.invalidAmount, [.notAnAmount, .tooManyDecimals, .amountOutOfRange]),
    ]

    var field: Int { value }
    var compared: [Int] { [event] }

    func judge(_ rows: RowBatch, _ isWrong: (Int) -> Void) {
        let events = rows.cells[event]
        rows.forEachValue(value) { record, text in
            guard Cell.isPresent(events[record]) else { return }
            let faults = faults(EventKind.allCases[Int(events[record])], text)
            if !faults.isDisjoint(with: wanted) { isWrong(record) }
        }
    }

    /// What is wrong with the value of an event.
    private func faults(_ kind: EventKind, _ text: Span<UInt8>) -> ValueFaults {
        switch kind {
        case .suspended, .ended, .portedOut, .free: return []
        case .offerChanged, .renumbered: return text.isEmpty ? .missing : []
        case .cycleChanged:
            if text.isEmpty { return .missing }
            return BillingCycle(iso8601: text) == nil ? .notACycle : []
        case .priceChanged, .discounted:
            // Only the form is judged: the currency is that of the subscription.
            var cell = Cell.absent
            return MoneyCheck(isRequired: true, maySink: false, decimal: forms.decimal).judge(
                text, currency: Cell.absent, &cell)
        }
    }

    func expected(_ record: RecordValues) -> String {
        guard let kind = EventKind(word: record[event]) else { return "a value" }
        switch kind {
        case .offerChanged: return "the new offer"
        case .renumbered: return "the new subscription_id"
        case .cycleChanged: return "an ISO 8601 duration like P30D or P1M"
        default: return wanted == .negative ? "0 or more" : "an amount like \(forms.amount), with at most 4 decimals"
        }
    }
}
