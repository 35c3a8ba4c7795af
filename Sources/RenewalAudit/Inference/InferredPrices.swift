import BillingRecords
import BillingValues

/// The amounts of a history by cycle.
struct InferredPrices {
    /// The amount of each cycle that has exactly one charge, in the order of the cycles.
    private var amounts: [(cycle: Int, amount: Int64)] = []

    /// The amounts of observations, oldest first, by the cycles of a grid.
    init(_ observations: [ChargeObservation], fit: CycleFit) {
        var counts: [Int: (amount: Int64, charges: Int)] = [:]
        for observation in observations {
            guard let date = CivilDate(dayNumber: observation.day) else { continue }
            let cycle = fit.grid.nearest(to: BatchDate(date)).cycle
            counts[cycle] = (observation.amount, (counts[cycle]?.charges ?? 0) + 1)
        }
        amounts = fit.cycles.compactMap { cycle in
            counts[cycle].flatMap { $0.charges == 1 ? (cycle, $0.amount) : nil }
        }
    }

    /// The prices, oldest first; nil where the amounts change too often.
    ///
    /// A single other amount between charges of one price is no price but a charge that needs a look.
    ///
    /// - Parameter offset: what a cycle of the grid counts more when it is counted from `anchor`.
    func prices(_ cycle: BillingCycle, from anchor: CivilDate, offset: Int) -> [InferredLine.Price]? {
        var runs: [(amount: Int64, first: Int, last: Int)] = []
        for (place, entry) in amounts.enumerated() {
            if let last = runs.last, last.amount == entry.amount {
                runs[runs.count - 1].last = entry.cycle
                continue
            }
            let next = amounts.indices.contains(place + 1) ? amounts[place + 1].amount : nil
            if let last = runs.last, next == last.amount { continue }
            runs.append((entry.amount, entry.cycle, entry.cycle))
        }
        guard !runs.isEmpty, runs.count <= 1 + amounts.count / 4 else { return nil }
        var prices: [InferredLine.Price] = []
        for run in runs {
            guard let from = cycle.start(ofCycle: run.first + offset, from: anchor),
                let until = cycle.start(ofCycle: run.last + offset + 1, from: anchor)
            else { return nil }
            prices.append(InferredLine.Price(amount: run.amount, from: from, until: until))
        }
        return prices
    }
}
