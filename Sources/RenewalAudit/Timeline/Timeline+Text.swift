import BillingRecords
import BillingValues

/// What events say, in words for the evidence; no id and no phone number is among them.
extension Timeline {
    func text(_ event: LineEvent) -> String {
        let since = event.effectiveOn.map { "\($0)" } ?? "an unreadable day"
        let span = "from \(since)" + (event.until.map { " until \($0)" } ?? "")
        let place = "(\(place(event.source)))"
        return switch event.change {
        case .suspended: "suspended \(span) \(place)"
        case .free: "free \(span) \(place)"
        case .ended: "ended on \(since)" + (event.until.map { " until \($0)" } ?? "") + " \(place)"
        case .portedOut: "ported out on \(since)" + (event.until.map { " until \($0)" } ?? "") + " \(place)"
        case .price(let amount): "a price of \(money(amount)) \(span) \(place)"
        case .discount(let amount): "a discounted price of \(money(amount)) \(span) \(place)"
        case .cycle(let cycle): "a cycle of \(cycle) \(span) \(place)"
        case .offer(let name): "the offer \(OfferText.of(name)) \(span) \(place)"
        case .unreadable: "a rejected event \(place)"
        }
    }

    func text(_ statement: LineEnds.Statement) -> String {
        switch statement {
        case .row(let day): "the subscription ended on \(day)"
        case .event(let event) where event.change == .unreadable: "\(text(event)) may name another day"
        case .event(let event): "the line \(event.change == .ended ? "" : "was ")\(text(event))"
        }
    }

    /// Where an event stands, as `file:line`.
    private func place(_ source: SubscriptionEvent.Source) -> String {
        let file = files.indices.contains(source.file) ? files[source.file] : "events"
        return "\(file):\(source.line)"
    }

    func money(_ amount: Int64) -> String {
        Money(minorUnits: amount, currency: terms.price.currency).description
    }
}
