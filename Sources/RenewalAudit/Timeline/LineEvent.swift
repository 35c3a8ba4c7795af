import BillingRecords
import BillingValues

/// An event that bears on the renewals of a line.
struct LineEvent: Hashable, Sendable {
    /// What the event says.
    enum Change: Hashable, Sendable {
        case suspended
        case ended
        case portedOut
        case free
        /// The price from now on, in minor units of the subscription's currency.
        case price(Int64)
        /// What is due for a while, in minor units.
        case discount(Int64)
        /// The cycle from now on, counted from the day of the event.
        case cycle(BillingCycle)
        /// Another offer from now on, by its name.
        case offer([UInt8])
        /// Something that could not be read: the event was rejected.
        case unreadable
    }

    /// What the event says.
    let change: Change

    /// The first day on which it holds; nil only where it could not be read.
    let effectiveOn: CivilDate?

    /// The first day on which it no longer holds, or nil for an open end.
    let until: CivilDate?

    /// Whether it was reported under an id that the line has left.
    let isOfFormerIdentifier: Bool

    /// Where it stands.
    let source: SubscriptionEvent.Source

    /// Whether it was rejected and may have told what was due before its day, as a new price tells that the row's is none
    /// of the old ones.
    var bearsOnEarlier = false

    /// Whether it was rejected and may have told that the line ended for good.
    var mayBeEnd = false

    /// Whether the event holds on a day.
    func holds(on day: CivilDate) -> Bool {
        if let effectiveOn, day < effectiveOn { return false }
        if let until, day >= until { return false }
        return true
    }
}

/// The events of one line that bear on its renewals, in the order of their days.
struct LineHistory: Sendable {
    /// The events; those without a readable day come first.
    let events: [LineEvent]

    init(_ events: [LineEvent]) {
        guard events.count > 1 else {
            self.events = events
            return
        }
        self.events = events.sorted { left, right in
            let (one, other) = (left.effectiveOn?.dayNumber ?? .min, right.effectiveOn?.dayNumber ?? .min)
            return one == other ? left.source < right.source : one < other
        }
    }
}
