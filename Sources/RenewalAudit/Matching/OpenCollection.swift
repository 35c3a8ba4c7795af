import BillingValues

/// The parts of a planned collection that no charge has settled yet.
struct OpenCollection {
    /// An amount that a collection carries.
    struct Part: Hashable {
        /// The cycle that it pays for; nil for the activation fee.
        let cycle: Int?
        /// The amount in minor units, above zero.
        var amount: Int64
    }

    /// What was planned.
    let planned: PlannedCollection

    /// The open parts: the activation fee, then the periods in their order.
    private(set) var parts: [Part]

    /// A planned collection of which nothing is settled.
    init(_ planned: PlannedCollection, of timeline: Timeline) {
        self.planned = planned
        parts = planned.activationFee > 0 ? [Part(cycle: nil, amount: planned.activationFee)] : []
        for cycle in planned.cycles {
            let amount = timeline.price(ofCycle: cycle)
            if amount > 0 { parts.append(Part(cycle: cycle, amount: amount)) }
        }
    }

    /// Settles parts.
    mutating func close(_ settled: [Part]) { parts.removeAll { settled.contains($0) } }

    /// Open parts that follow each other and come to an amount exactly; the earliest and fewest, with the activation fee
    /// only where the charge is one of an activation or where nothing else comes to the amount.
    ///
    /// - Parameter cycles: the cycles among which they must be, and all of which they must hold; nil for any.
    func run(of amount: Int64, within cycles: ClosedRange<Int>?, feeFirst: Bool) -> [Part]? {
        let fee = parts.filter { $0.cycle == nil }
        let periods = parts.filter { part in part.cycle.map { cycles?.contains($0) ?? true } ?? false }
        let earliest = Self.run(of: amount, in: periods, startsFirst: false, isWhole: cycles != nil)
        let withFee =
            fee.isEmpty ? nil : Self.run(of: amount, in: fee + periods, startsFirst: true, isWhole: cycles != nil)
        return feeFirst ? withFee ?? earliest : earliest ?? withFee
    }

    /// Parts of a list that follow each other and come to an amount exactly, the earliest.
    ///
    /// - Parameters:
    ///   - startsFirst: whether the first of the list must be among them.
    ///   - isWhole: whether every period of the list must be among them, and one at least.
    private static func run(of amount: Int64, in parts: [Part], startsFirst: Bool, isWhole: Bool) -> [Part]? {
        let periods = parts.count { $0.cycle != nil }
        for start in parts.indices where start == 0 || !startsFirst {
            var sum = Int128(0)
            for end in start..<parts.count {
                sum += Int128(parts[end].amount)
                if sum > Int128(amount) { break }
                let run = Array(parts[start...end])
                let isFit = !isWhole || periods > 0 && run.count { $0.cycle != nil } == periods
                if sum == Int128(amount), isFit { return run }
            }
        }
        return nil
    }
}
