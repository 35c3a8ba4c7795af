/// So many renewals, and so many of them missed.
struct MissCount: Hashable, Sendable {
    var due = 0
    var missed = 0

    /// The part of the renewals that was missed, from 0 to 1.
    var share: Double { due > 0 ? Double(missed) / Double(due) : 0 }

    static func + (left: Self, right: Self) -> Self {
        MissCount(due: left.due + right.due, missed: left.missed + right.missed)
    }

    static func - (left: Self, right: Self) -> Self {
        MissCount(due: left.due - right.due, missed: left.missed - right.missed)
    }
}

extension MissCount {
    /// How much likelier the count is at its own share than at a background rate, as a natural logarithm.
    ///
    /// 0 where the share does not exceed the background. By Chernoff's bound, renewals that are missed independently at
    /// the background rate give this or more with a probability of at most `exp(-excess)`.
    func excess(over background: Double) -> Double {
        guard due > 0, share > background else { return 0 }
        let charged = Double(due - missed)
        let missedPart = Double(missed) * naturalLogarithm(share / background)
        guard charged > 0 else { return missedPart }
        return missedPart + charged * naturalLogarithm((1 - share) / (1 - background))
    }

    /// How much likelier two counts are with a share each than with one share for both, as a natural logarithm.
    static func difference(_ one: MissCount, _ other: MissCount) -> Double {
        max(0, one.logLikelihood + other.logLikelihood - (one + other).logLikelihood)
    }

    private var logLikelihood: Double {
        guard missed > 0, missed < due else { return 0 }
        return Double(missed) * naturalLogarithm(share) + Double(due - missed) * naturalLogarithm(1 - share)
    }
}

/// What a missed and what a charged renewal say for one share of misses against another, in natural logarithms.
struct MissWeights {
    let missed: Double
    let charged: Double

    /// No incident is taken to be surer than this, so that a few stray charges do not cut it in two.
    private static let largestShare = 0.95

    /// The weights of a share against a lower rate; nil where it is not higher.
    init?(share: Double, against rate: Double) {
        let share = min(share, Self.largestShare)
        guard share > rate, rate > 0 else { return nil }
        missed = naturalLogarithm(share / rate)
        charged = naturalLogarithm((1 - share) / (1 - rate))
    }

    /// The weight of some renewals.
    func sum(due: Int32, missed count: Int32) -> Double {
        Double(count) * missed + Double(due - count) * charged
    }
}
