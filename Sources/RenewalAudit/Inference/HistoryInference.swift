import BillingRecords
import BillingValues

/// Infers cycle, price and life of a subscription from its renewal charges.
///
/// Stated periods are taken where enough charges state them, else the days of the charges, which may lie within the
/// grace around the due days. Of all cycles that explain the days the one is taken that leaves the fewest renewals
/// missing and charges unexplained. A history counts as regular only where chance would make one like it in fewer
/// than one of 10,000; and where two cycles explain it equally well and tell different renewals missing, nobody can
/// tell.
struct HistoryInference: Sendable {
    /// The grace around due days.
    let policy: MatchingPolicy

    /// The days up to which the exports are complete.
    let window: AuditWindow

    /// The chances below which a history counts as regular, and as surely so, in units of 2^-60.
    private static let (regular, sure) = (UInt64(1) << 60 / 10_000, UInt64(1) << 60 / 100_000_000)

    /// The line behind some observations, oldest first.
    func line(_ observations: ArraySlice<ChargeObservation>) -> Result<InferredLine, InferenceObstacle> {
        let posted = observations.filter(\.isPosted)
        guard let first = posted.first, posted.count >= 4 else { return .failure(.tooFewCharges) }
        guard posted.allSatisfy({ $0.currency == first.currency }), let currency = Currency(packedCode: first.currency)
        else { return .failure(.severalCurrencies) }
        let stated = posted.filter(\.isStated)
        let used = Set(stated.map(\.day)).count >= 4 ? stated : posted
        let isStated = used.allSatisfy(\.isStated)
        let best: CycleFit
        let chance: UInt64
        switch fit(used, isStated: isStated) {
        case .failure(let obstacle): return .failure(obstacle)
        case .success(let found): (best, chance) = found
        }
        guard let firstCycle = best.cycles.first, let counted = best.grid.counted(to: firstCycle) else {
            return .failure(.noCycle)
        }
        let offset = counted.index - firstCycle
        guard let prices = InferredPrices(used, fit: best).prices(counted.cycle, from: counted.anchor, offset: offset)
        else { return .failure(.noPrice) }
        // An attempt that failed shows that the line lived on.
        let attempts = observations.filter { !$0.isPosted }
        let last = attempts.reduce(best.cycles.last ?? firstCycle) { last, observation in
            CivilDate(dayNumber: observation.day).map { max(last, best.grid.nearest(to: BatchDate($0)).cycle) } ?? last
        }
        let isSure = chance <= Self.sure && best.missing * 3 <= best.cycles.count
        var line = InferredLine(
            cycle: counted.cycle, anchor: counted.anchor, firstCycle: counted.index, lastCycle: last + offset,
            currency: currency, prices: prices, charges: used.count, statesPeriods: isStated,
            missing: best.missing, certainty: isSure ? .good : .fair, ending: .none)
        // Up to the end of the grace a charge may still come.
        if let next = line.start(line.lastCycle + 1)?.adding(days: policy.graceDaysAfter), next < window.to {
            line.ending = .unexplained
        }
        return .success(line)
    }

    /// The one grid that explains the observations best, and the chance of its explaining them.
    private func fit(
        _ used: [ChargeObservation], isStated: Bool
    ) -> Result<(CycleFit, UInt64), InferenceObstacle> {
        var days: [BatchDate] = []
        for observation in used where observation.day != days.last?.dayNumber {
            if let date = CivilDate(dayNumber: observation.day) { days.append(BatchDate(date)) }
        }
        guard days.count >= 4 else { return .failure(.tooFewCharges) }
        let lengths = used.compactMap { $0.endDay == .min ? nil : Int($0.endDay) - Int($0.day) + 1 }
        let slack = isStated ? 0 : max(policy.graceDaysBefore, policy.graceDaysAfter)
        let candidates = CycleCandidates(days, lengths: Array(Set(lengths)), slack: slack + 3)
        var fits: [(fit: CycleFit, chance: UInt64, unexplained: Int)] = []
        for grid in candidates.grids(through: days) {
            // Two due days must not be near the same day.
            let room = (grid.shortestLength - 1) / 4
            let (before, after) =
                isStated ? (0, 0) : (min(policy.graceDaysBefore, room), min(policy.graceDaysAfter, room))
            let fit = CycleFit(days, grid: grid, before: before, after: after)
            guard fit.cycles.count >= 4, fit.outliers * 8 <= days.count, fit.missing <= fit.cycles.count else {
                continue
            }
            let attested = attestations(used, of: fit)
            guard attested.against * 8 <= used.count else { continue }
            guard fit.singleSteps >= 3 || attested.inFavour >= 4 else { continue }
            let chance = fit.chance(trials: candidates.count, attested: min(attested.inFavour, fit.cycles.count))
            if chance <= Self.regular { fits.append((fit, chance, fit.unexplained + attested.against)) }
        }
        // Of equal ones the first in the order of the grids.
        var found: (fit: CycleFit, chance: UInt64, unexplained: Int)?
        for fit in fits {
            guard let known = found else {
                found = fit
                continue
            }
            if (fit.unexplained, fit.fit.deviation) < (known.unexplained, known.fit.deviation) { found = fit }
        }
        guard let best = found else { return .failure(.noCycle) }
        for other in fits where other.unexplained == best.unexplained && best.fit.missing > 0 {
            guard agree(best.fit, other.fit, days: days, isStated: isStated) else { return .failure(.severalCycles) }
        }
        return .success((best.fit, best.chance))
    }

    /// How many charges state a period that ends with the grid's cycle, and how many state another end.
    private func attestations(_ used: [ChargeObservation], of fit: CycleFit) -> (inFavour: Int, against: Int) {
        var (inFavour, against) = (0, 0)
        for observation in used where observation.endDay != .min {
            guard let date = CivilDate(dayNumber: observation.day) else { continue }
            let (cycle, deviation) = fit.grid.nearest(to: BatchDate(date))
            guard deviation == 0 else { continue }
            if fit.grid.day(ofCycle: cycle + 1) - 1 == Int(observation.endDay) { inFavour += 1 } else { against += 1 }
        }
        return (inFavour, against)
    }

    /// Whether two grids tell the same renewals missing: on the same days where periods are stated, else as many
    /// between the same charges.
    private func agree(_ one: CycleFit, _ other: CycleFit, days: [BatchDate], isStated: Bool) -> Bool {
        guard !isStated else { return one.missingDays == other.missingDays }
        let bounds = days.map { Int($0.dayNumber) }
        let gaps = { (fit: CycleFit) in fit.missingDays.map { day in bounds.firstIndex { $0 >= day } ?? bounds.count } }
        return gaps(one).count == gaps(other).count && zip(gaps(one), gaps(other)).allSatisfy { abs($0 - $1) <= 1 }
    }
}

extension CycleFit {
    /// What the grid does not explain: renewals without a charge and, which is worse, charges without a renewal.
    ///
    /// Else a first charge with a gap behind it would be left out as one that nothing explains.
    fileprivate var unexplained: Int { missing + 4 * outliers }
}
