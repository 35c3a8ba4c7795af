import BillingRecords
import BillingValues

/// Shares the charges of collections that carry several amounts out to the periods that they are for.
///
/// A billing calendar may collect the activation fee and several periods on one day. In exports that is one charge of the
/// sum, a charge for each part, or anything between. A charge that comes to exactly some parts that follow each other is
/// split into them; the parts keep its place in the files, its day and its status. Charges that together come to exactly
/// what is open are shared out in the order of the parts. Where neither holds, nobody can tell which parts they pay.
struct CollectionSharing {
    /// The charges to be assigned: those of collections with the period of each part, all others as they were.
    private(set) var charges: [KeptCharge] = []

    /// The charges that nobody can share out, with the cycles that they may have paid.
    private(set) var unshared: [(charge: KeptCharge, cycles: [Int])] = []

    /// What is known of the activation fee; nil where the line's offer has none.
    private(set) var activationFee: ActivationFeeAccount?

    private let timeline: Timeline
    private let policy: MatchingPolicy
    private var collections: [OpenCollection]

    /// Shares out the charges of a line, which come in the order of the files.
    init(_ timeline: Timeline, charges: [KeptCharge], policy: MatchingPolicy) {
        self.timeline = timeline
        self.policy = policy
        collections = timeline.plannedCollections.map { OpenCollection($0, of: timeline) }
        if timeline.activationFee > 0, let period = timeline.period(0) {
            activationFee = ActivationFeeAccount(
                period: period, dueOn: timeline.activationFeeDay, due: timeline.activationFee)
        }
        guard !collections.isEmpty || activationFee != nil else {
            self.charges = charges.filter { $0.kind?.concernsRenewals ?? true }
            return
        }
        var waiting: [(charge: KeptCharge, collection: Int)] = []
        for charge in charges.sorted(by: { ($0.chargedOnDay, $0.position) < ($1.chargedOnDay, $1.position) }) {
            if let collection = share(charge) { waiting.append((charge, collection)) }
        }
        for place in collections.indices {
            shareTogether(waiting.filter { $0.collection == place }.map(\.charge), collection: place)
        }
        self.charges.sort { $0.position < $1.position }
    }

    /// Shares a charge out if it comes to some open parts of a collection exactly, or hands it on as it is.
    ///
    /// - Returns: the collection that it was made for, where it must be looked at together with the others of that day.
    private mutating func share(_ charge: KeptCharge) -> Int? {
        guard charge.reading == .sound, let kind = charge.kind else {
            shareUnreadable(charge)
            return nil
        }
        if kind == .oneOff {
            // Some exports call the activation fee a fee like any other.
            if charge.amount == timeline.activationFee { takeFee(charge) }
            return nil
        }
        guard kind.paysRenewal || kind == .activation, charge.amount > 0,
            charge.currency == timeline.terms.price.currency.packedCode
        else {
            if kind != .activation { charges.append(charge) }
            return nil
        }
        guard let place = collection(of: charge) else {
            // A fee that is collected apart from any first collection, or at another time.
            if kind == .activation { takeFee(charge) } else { charges.append(charge) }
            return nil
        }
        // Only what was posted settles a part; every attempt is seen against the whole.
        let isPosted = charge.status == .posted
        let collection = isPosted ? collections[place] : OpenCollection(collections[place].planned, of: timeline)
        let stated = statedCycles(charge)
        if let parts = collection.run(of: charge.amount, within: stated, feeFirst: kind == .activation) {
            if isPosted { collections[place].close(parts) }
            for part in parts { append(part, of: charge) }
            return nil
        }
        if kind == .activation, charge.amount <= timeline.activationFee {
            // No part of this collection, but the fee nevertheless, or some of it.
            takeFee(charge, isDoubtful: charge.amount < timeline.activationFee)
            return nil
        }
        let isOpen = collections[place].parts.count > 0 && collections[place].planned.parts > 1
        guard isOpen, isPosted, stated == nil || kind == .activation else {
            if kind == .activation { takeFee(charge, isDoubtful: true) } else { charges.append(charge) }
            return nil
        }
        return place
    }

    /// Shares out charges that together come to what is open, part by part; else notes that nobody can tell.
    private mutating func shareTogether(_ waiting: [KeptCharge], collection place: Int) {
        guard !waiting.isEmpty else { return }
        let open = collections[place].parts
        let paid = waiting.reduce(Int128(0)) { $0 + Int128($1.amount) }
        guard paid == open.reduce(Int128(0), { $0 + Int128($1.amount) }) else {
            let cycles = open.compactMap(\.cycle)
            for charge in waiting { unshared.append((charge, cycles)) }
            if open.contains(where: { $0.cycle == nil }) {
                activationFee?.isDoubtful = true
                activationFee?.charges += waiting
            }
            return
        }
        var rest = open[...]
        for charge in waiting {
            var left = charge.amount
            while left > 0, let part = rest.first {
                let taken = min(left, part.amount)
                append(.init(cycle: part.cycle, amount: taken), of: charge)
                left -= taken
                rest[rest.startIndex].amount -= taken
                if rest[rest.startIndex].amount == 0 { rest.removeFirst() }
            }
        }
        collections[place].close(open)
    }

    /// A rejected row without a readable amount may have paid every part of its collection.
    private mutating func shareUnreadable(_ charge: KeptCharge) {
        let isActivation = charge.kind == .activation
        // What else it may have paid is seen when it is assigned; an activation belongs to no renewal.
        if !isActivation { charges.append(charge) }
        if isActivation, charge.chargedOn == nil {
            for collection in collections { unshared.append((charge, collection.planned.cycles)) }
        } else if let place = collection(of: charge),
            isActivation || charge.periodStart == nil && collections[place].planned.parts > 1
        {
            unshared.append((charge, collections[place].planned.cycles))
        } else if !isActivation {
            return
        }
        takeFee(charge, isDoubtful: true)
    }

    /// The first collection that a charge was made for: by the period that it states, else by its day.
    private func collection(of charge: KeptCharge) -> Int? {
        if let start = charge.periodStart, charge.kind != .activation {
            guard let index = timeline.index(startingOn: start) else { return nil }
            return collections.firstIndex { $0.planned.cycles.contains(index) }
        }
        guard let day = charge.chargedOn else { return nil }
        let near = collections.indices.filter { place in
            let days = day.days(since: collections[place].planned.dueOn)
            return -policy.graceDaysBefore <= days && days <= policy.graceDaysAfter
        }
        return near.min { one, other in
            let distances = [one, other].map { abs(day.days(since: collections[$0].planned.dueOn)) }
            return distances[0] < distances[1]
        }
    }

    /// The cycles from the first to the last day that a charge states; nil where it states no period.
    private func statedCycles(_ charge: KeptCharge) -> ClosedRange<Int>? {
        guard charge.kind != .activation, let start = charge.periodStart,
            let first = timeline.index(startingOn: start)
        else { return nil }
        guard let end = charge.periodEnd else { return first...first }
        var last = first
        while let period = timeline.period(last + 1), period.end <= end, last - first < 36 { last += 1 }
        return first...last
    }

    private mutating func takeFee(_ charge: KeptCharge, isDoubtful: Bool = false) {
        guard activationFee != nil, !charge.isFailedCharge else { return }
        activationFee?.charges.append(charge)
        if isDoubtful {
            activationFee?.isDoubtful = true
        } else if charge.isPosted {
            // Paid apart from its collection, it is no part of the sum any more.
            for place in collections.indices {
                collections[place].close(collections[place].parts.filter { $0.cycle == nil })
            }
        }
    }

    /// Adds a part of a charge, as a charge for the part's period.
    private mutating func append(_ part: OpenCollection.Part, of charge: KeptCharge) {
        guard let cycle = part.cycle else { return takeFee(charge) }
        guard let period = timeline.period(cycle) else { return }
        var share = charge
        share.kind = charge.kind == .activation ? .renewal : charge.kind
        share.amount = part.amount
        share.periodStartDay = period.start.dayNumber
        share.periodEndDay = period.end.dayNumber
        charges.append(share)
    }
}

extension KeptCharge {
    /// Whether the charge was tried and took nothing.
    fileprivate var isFailedCharge: Bool { status == .failed || status == .reversed }
}
