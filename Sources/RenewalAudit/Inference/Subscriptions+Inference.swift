import BillingRecords
import BillingValues

extension Subscriptions {
    /// The table of subscriptions of which only the charges are known, in the order of their ids.
    ///
    /// Subscriptions whose charges tell no contract have a row without terms. Phone numbers, offers and payment
    /// methods are empty. O(subscriptions).
    ///
    /// - Parameter lines: what `ObservedSubscriptions.lines` found for all of them.
    public init(
        inferred observed: ObservedSubscriptions, lines: [Result<InferredLine, InferenceObstacle>], window: AuditWindow
    ) {
        self.init(window: window)
        let inference = Inference(lines, window: window)
        let batchSize = 4096
        for start in stride(from: 0, to: observed.count, by: batchSize) {
            var batch = SubscriptionBatch()
            var texts: [UInt8] = []
            for place in start..<min(start + batchSize, observed.count) {
                let identifier = observed.identifier(place)
                let text = BatchText(
                    start: UInt32(truncatingIfNeeded: texts.count),
                    length: UInt32(truncatingIfNeeded: identifier.count), isUnescaped: false)
                texts.append(contentsOf: identifier)
                batch.subscriptions.append(
                    SubscriptionRecord(
                        subscription: text, msisdn: .empty, offer: .empty, paymentMethod: .empty,
                        terms: inference.lines[place].flatMap(\.terms), byteOffset: 0,
                        ordinal: UInt32(truncatingIfNeeded: place - start)))
            }
            append(batch, block: texts.span, blockOrdinal: UInt32(truncatingIfNeeded: start / batchSize))
        }
        for row in 0..<count { limitDue(row, to: inference.lines[row]) }
        self.inference = inference
        _ = buildIndex()
    }

    /// Leaves those renewals of a row due of which its charges tell anything.
    private mutating func limitDue(_ row: Int, to line: InferredLine?) {
        guard let line else { return }
        let first = max(Int(rows[row].firstDueIndex), line.firstCycle)
        let end = min(Int(rows[row].firstDueIndex) + Int(rows[row].dueCount), line.endOfDue ?? .max)
        dueCount -= Int(rows[row].dueCount)
        rows[row].firstDueIndex = Int32(clamping: first)
        rows[row].dueCount = UInt32(clamping: max(0, end - first))
        dueCount += Int(rows[row].dueCount)
        // A charge of another price must not pass as regular.
        if line.prices.count > 1 { rows[row].markTimeline() }
    }

    /// What the charges of a row's subscription tell; nil where they tell nothing, and where a file told it.
    public func inferredLine(_ row: Int) -> InferredLine? { inference?.lines[row] }

    /// The days whose renewals of a row are judged.
    func window(ofRow row: Int) -> AuditWindow {
        guard let line = inferredLine(row), let first = line.start(line.firstCycle) else { return window }
        let end = line.endOfDue.flatMap { line.start($0) } ?? window.to
        if let life = AuditWindow(from: max(window.from, first), to: min(window.to, end)) { return life }
        // Nothing of its life is judged; the day after the first of a cycle begins none.
        return first.adding(days: 1).flatMap { day in
            day.adding(days: 1).flatMap { AuditWindow(from: day, to: $0) }
        } ?? window
    }
}

extension InferredLine {
    /// The terms as a row has them, with the first price.
    fileprivate var terms: RenewalTerms? {
        prices.first.map { price in
            RenewalTerms(
                activatedOn: anchor, endedOn: nil, cycle: cycle,
                price: Money(minorUnits: price.amount, currency: currency))
        }
    }

    /// The index of the first cycle that is not judged any more; nil where all are up to the end of the window.
    ///
    /// Where the charges stop the first renewal without one is judged, and a person decides.
    var endOfDue: Int? {
        switch ending {
        case .none: lastCycle + 1
        case .unexplained: lastCycle + 2
        case .systemic: nil
        }
    }
}
