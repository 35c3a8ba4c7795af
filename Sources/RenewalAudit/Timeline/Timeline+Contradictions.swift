import BillingRecords
import BillingValues

extension Timeline {
    /// The events that contradict others or the subscription's row, and in what, in the order of their days.
    var contradictions: [(event: LineEvent, text: String)] {
        var found: [(event: LineEvent, text: String)] = []
        var last: [String: LineEvent] = [:]
        for event in events {
            switch event.change {
            case .price(let amount):
                if let since = event.effectiveOn, since <= terms.activatedOn, offer.ownPrice ?? amount != amount {
                    found.append((event, "another price than the subscription's row from its activation on"))
                }
                note(event, "price", &last, &found)
            case .discount: note(event, "discount", &last, &found)
            case .cycle(let cycle):
                if let since = event.effectiveOn, since <= terms.activatedOn, cycle != terms.cycle {
                    found.append((event, "another cycle than the subscription's row from its activation on"))
                } else if event.until != nil {
                    found.append((event, "a cycle that ends, without one that follows"))
                }
                note(event, "cycle", &last, &found)
            case .ended, .portedOut:
                if let text = contradictionOfEnd(event) { found.append((event, text)) }
            case .offer: note(event, "offer", &last, &found)
            case .suspended, .free, .unreadable: break
            }
        }
        return found
    }

    /// Notes an event that says something else than another one of the same day.
    private func note(
        _ event: LineEvent, _ kind: String, _ last: inout [String: LineEvent],
        _ found: inout [(event: LineEvent, text: String)]
    ) {
        if let other = last[kind], other.effectiveOn == event.effectiveOn, other.change != event.change {
            found.append((event, "another \(kind) on the same day than \(text(other))"))
        }
        last[kind] = event
    }

    private func contradictionOfEnd(_ event: LineEvent) -> String? {
        for span in ends.doubtful where span.statements.contains(.event(event)) {
            if event.isOfFormerIdentifier { return "an end under an id that the line has left" }
            if event.effectiveOn.map({ $0 < terms.activatedOn }) ?? false { return "an end before the activation" }
            return "another day of the end than other evidence has"
        }
        return nil
    }
}
