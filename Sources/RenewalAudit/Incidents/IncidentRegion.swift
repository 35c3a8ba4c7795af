/// A combination and the days on which its renewals were missed.
struct IncidentRegion: Hashable, Sendable {
    var combination: Combination
    var days: ClosedRange<Int>
    var count: MissCount

    /// Whether a missed renewal lies in it; `cells` are those of the series.
    func contains(_ renewal: MissedRenewal, cells: [RenewalCell]) -> Bool {
        days.contains(Int(renewal.day)) && combination.contains(cells[Int(renewal.cell)])
    }
}

/// When a share of missed renewals is an incident, and when two shares differ: the rule of significance.
///
/// All figures are natural logarithms of likelihood ratios.
struct IncidentSignificance: Sendable {
    /// What an incident's excess over the background must reach.
    let incident: Double

    /// What the difference of two parts on the same days must reach before one of them is told apart.
    let part: Double

    /// The same when the days are chosen too, and what charged renewals must take back before an incident is over.
    let run: Double

    /// An incident has at least this share of misses; less is no cause but a correlation.
    static let smallestShare = 0.25

    /// Below this share of misses a combination is not even narrowed to what they have in common.
    static let smallestShareToNarrow = 0.1

    /// An incident concerns at least so many subscriptions.
    static let fewestSubscriptions = 3

    /// One in so many audits of healthy data may show an incident that is none.
    private static let odds = 10_000.0

    /// The limits for a search among so many combinations of so many days, each with so many values beside it.
    ///
    /// By the union bound: the chance that any region of all that are looked at reaches `incident` by itself is at most
    /// 1 in 10,000, whatever they share.
    init(combinations: Int, days: Int, values: Int) {
        let runs = Double(max(1, days)) * Double(max(1, days) + 1) / 2
        incident = naturalLogarithm(Double(max(1, combinations)) * runs * Self.odds)
        part = naturalLogarithm(Double(max(1, values)) * 1_000)
        run = part + naturalLogarithm(runs)
    }
}
