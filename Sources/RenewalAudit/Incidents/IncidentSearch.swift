/// Finds the regions of combinations and days that explain the missed renewals, the weightiest first.
///
/// Each round takes the combination and the days whose misses exceed the background most, narrows it to what the
/// misses really have in common, widens it where a condition adds nothing, and takes its renewals out. The search ends
/// when the rest is no more than background.
struct IncidentSearch {
    private(set) var series: MissSeries
    private let missed: [MissedRenewal]
    private let background: Double
    private let limits: IncidentSignificance

    /// The regions found so far.
    private(set) var regions: [IncidentRegion] = []

    /// Combinations that turned out to be no incident in this round.
    private var dismissed: Set<Int> = []

    /// More incidents than this are a rotten export, not causes.
    private static let rounds = 100

    /// With more incidents than this the time is not spent on seeing each without the others.
    private static let mostToReconsider = 20

    /// The least and the greatest background that is assumed.
    private static let backgrounds = 0.001...0.3

    private init(_ series: MissSeries, missed: [MissedRenewal], background: Double) {
        self.series = series
        self.missed = missed
        self.background = min(max(background, Self.backgrounds.lowerBound), Self.backgrounds.upperBound)
        let values = series.combinations.count { $0.dimensions.count == 1 }
        limits = IncidentSignificance(combinations: series.combinations.count, days: series.days, values: values)
    }

    /// The regions of a series, and the rate of misses beside them.
    ///
    /// The background is first assumed to be high, then known from what lies outside of the regions found; the second
    /// search, with it, counts.
    static func regions(
        of series: MissSeries, missed: [MissedRenewal]
    ) -> (regions: [IncidentRegion], outside: MissCount) {
        guard !missed.isEmpty, !series.combinations.isEmpty else {
            return ([], series.days(of: .everything).total)
        }
        var first = IncidentSearch(series, missed: missed, background: max(0.02, quietRate(series)))
        first.run()
        let outside = first.series.days(of: .everything).total
        // Half as much again: what was counted can lie below the rate by chance.
        var second = IncidentSearch(series, missed: missed, background: outside.share * 1.5)
        for _ in 0..<2 {
            second.run()
            second.reconsider(series)
        }
        return (second.regions, second.series.days(of: .everything).total)
    }

    /// The share of misses on quiet days: a twentieth of the days has less.
    private static func quietRate(_ series: MissSeries) -> Double {
        let all = series.days(of: .everything)
        let shares = (0..<all.days).map { all.count($0...$0) }.filter { $0.due > 0 }.map(\.share).sorted()
        return shares.isEmpty ? 0 : shares[shares.count / 20]
    }

    private mutating func run() {
        for _ in 0..<Self.rounds {
            guard let (place, first) = weightiest() else { return }
            let region = refined(first)
            if region.count.share < IncidentSignificance.smallestShare {
                dismissed.insert(place)
                continue
            }
            if isIncident(region) { regions.append(region) }
            series.remove(region.combination, region.days)
            dismissed = []
        }
    }

    /// The combination and the days with the greatest excess, if it is more than chance.
    private func weightiest() -> (place: Int, region: IncidentRegion)? {
        var best: (place: Int, region: IncidentRegion, excess: Double)?
        for (place, combination) in series.combinations.enumerated() where !dismissed.contains(place) {
            guard
                let run = series.days(ofCombination: place).excessRun(over: background, drop: limits.run),
                run.excess >= limits.incident, run.excess > (best?.excess ?? 0),
                run.count.share >= IncidentSignificance.smallestShareToNarrow
            else { continue }
            best = (
                place, IncidentRegion(combination: combination, days: run.days, count: run.count), run.excess
            )
        }
        return best.map { ($0.place, $0.region) }
    }

    private func isIncident(_ region: IncidentRegion) -> Bool {
        // The renewals of one subscription share its fate and count as one.
        let subscriptions = subscriptions(region)
        return subscriptions >= IncidentSignificance.fewestSubscriptions
            && region.count.share >= IncidentSignificance.smallestShare
            && region.count.excess(over: background) * weight(region, subscriptions) >= limits.incident
    }

    /// Finds the days of each region again without the renewals of all others, and drops those of which nothing is
    /// left.
    ///
    /// Where incidents overlap, the first of them was seen together with what the others missed.
    private mutating func reconsider(_ whole: MissSeries) {
        guard regions.count > 1, regions.count <= Self.mostToReconsider else { return }
        var kept = regions
        for region in regions {
            guard let place = kept.firstIndex(of: region) else { continue }
            var rest = whole
            for (other, region) in kept.enumerated() where other != place {
                rest.remove(region.combination, region.days)
            }
            let days = rest.days(of: region.combination)
            guard let run = days.excessRun(over: background, drop: limits.run) else {
                kept.remove(at: place)
                continue
            }
            let again = IncidentRegion(combination: region.combination, days: run.days, count: run.count)
            if isIncident(again) { kept[place] = again } else { kept.remove(at: place) }
        }
        regions = kept
        series = whole
        for region in regions { series.remove(region.combination, region.days) }
    }

    /// How many subscriptions missed renewals in a region.
    private func subscriptions(_ region: IncidentRegion) -> Int {
        var (count, last) = (0, Int32(-1))
        for renewal in missed where renewal.row != last && region.contains(renewal, cells: series.cells) {
            count += 1
            last = renewal.row
        }
        return count
    }

    private func weight(_ region: IncidentRegion, _ subscriptions: Int) -> Double {
        region.count.missed > 0 ? min(1, Double(subscriptions) / Double(region.count.missed)) : 1
    }
}

extension IncidentSearch {
    /// The region narrowed until no part of it has a higher share, and widened where a condition adds nothing.
    private func refined(_ region: IncidentRegion) -> IncidentRegion {
        var region = region
        for _ in 0..<8 {
            let weight = weight(region, subscriptions(region))
            guard let part = strongestPart(of: region, weight: weight) else { break }
            region = withWholeRun(widened(part, weight: weight))
        }
        return region
    }

    /// The part with one value more, and perhaps fewer days, whose share is most surely above that of the rest.
    private func strongestPart(of region: IncidentRegion, weight: Double) -> IncidentRegion? {
        var best: (region: IncidentRegion, difference: Double)?
        func consider(_ combination: Combination, _ days: ClosedRange<Int>, _ part: MissCount, _ limit: Double) {
            let rest = series.count(region.combination, days) - part
            guard part.missed > 0, rest.due > 0, part.share > rest.share else { return }
            let difference = MissCount.difference(part, rest) * weight
            if difference >= limit, difference > (best?.difference ?? 0) {
                best = (IncidentRegion(combination: combination, days: days, count: part), difference)
            }
        }
        for dimension in series.dimensions where !region.combination.dimensions.contains(dimension) {
            for (value, days) in series.days(of: region.combination, by: dimension) {
                let combination = region.combination.with(dimension, value)
                let part = days.count(region.days)
                consider(combination, region.days, part, limits.part)
                let rest = region.count - part
                guard let weights = MissWeights(share: part.share, against: max(rest.share, background)),
                    let run = days.bestRun(in: region.days, weights, drop: limits.run), run != region.days
                else { continue }
                consider(combination, run, days.count(run), limits.run)
            }
        }
        return best?.region
    }

    /// The region without the conditions that its misses do not need: the renewals beside it are missed alike.
    private func widened(_ region: IncidentRegion, weight: Double) -> IncidentRegion {
        var region = region
        for dimension in region.combination.dimensions.members {
            let wider = region.combination.without(dimension)
            let all = series.count(wider, region.days)
            let beside = all - region.count
            let isAlike =
                beside.due == 0
                || (beside.excess(over: background) * weight > limits.part
                    && (beside.share >= region.count.share
                        || MissCount.difference(region.count, beside) * weight < limits.part))
            if isAlike { region = IncidentRegion(combination: wider, days: region.days, count: all) }
        }
        return region
    }

    /// The same combination on all the days of its incident, which narrowing may have cut.
    private func withWholeRun(_ region: IncidentRegion) -> IncidentRegion {
        guard let run = series.days(of: region.combination).excessRun(over: background, drop: limits.run) else {
            return region
        }
        return IncidentRegion(combination: region.combination, days: run.days, count: run.count)
    }
}
