/// Due and missed renewals day by day.
struct DayCounts: Sendable {
    private(set) var due: ArraySlice<Int32>
    private(set) var missed: ArraySlice<Int32>

    /// Days of which nothing is known yet.
    init(days: Int) {
        due = ArraySlice(repeating: 0, count: days)
        missed = due
    }

    init(due: ArraySlice<Int32>, missed: ArraySlice<Int32>) {
        self.due = due
        self.missed = missed
    }

    /// The number of days.
    var days: Int { due.count }

    mutating func add(due more: ArraySlice<Int32>, missed moreMissed: ArraySlice<Int32>) {
        for day in 0..<days {
            due[due.startIndex + day] += more[more.startIndex + day]
            missed[missed.startIndex + day] += moreMissed[moreMissed.startIndex + day]
        }
    }

    /// The renewals of some days.
    func count(_ range: ClosedRange<Int>) -> MissCount {
        var count = MissCount()
        for day in range {
            count.due += Int(due[due.startIndex + day])
            count.missed += Int(missed[missed.startIndex + day])
        }
        return count
    }

    /// All of them.
    var total: MissCount { days > 0 ? count(0...(days - 1)) : MissCount() }
}

extension DayCounts {
    /// The run of days within `range` whose renewals speak most for a share of misses against a lower rate.
    ///
    /// A run ends where charged renewals have taken back more than `drop` of what it had: two incidents with healthy
    /// weeks between them are two. Nil when nothing speaks for the share. O(days).
    func bestRun(in range: ClosedRange<Int>, _ weights: MissWeights, drop: Double) -> ClosedRange<Int>? {
        var best: (days: ClosedRange<Int>, sum: Double)?
        var (start, sum, peak) = (range.lowerBound, 0.0, 0.0)
        for day in range {
            let dueCount = due[due.startIndex + day]
            guard dueCount > 0 else { continue }
            if sum == 0 { start = day }
            sum += weights.sum(due: dueCount, missed: missed[missed.startIndex + day])
            if sum <= 0 || peak - sum > drop { (sum, peak) = (0, 0) }
            peak = max(peak, sum)
            if sum > (best?.sum ?? 0) { best = (start...day, sum) }
        }
        return best?.days
    }

    /// The run of days that exceeds a background rate most, whatever its share of misses.
    ///
    /// The share is not known before the run is, so it is estimated from the run that an assumed one gives, until both
    /// agree; from two assumptions, a low and a high share.
    func excessRun(over background: Double, drop: Double) -> (days: ClosedRange<Int>, count: MissCount, excess: Double)?
    {
        var best: (days: ClosedRange<Int>, count: MissCount, excess: Double)?
        guard days > 0 else { return nil }
        for assumed in [0.5, max(0.1, background * 3)] {
            var (share, last): (Double, ClosedRange<Int>?) = (assumed, nil)
            for _ in 0..<6 {
                guard let weights = MissWeights(share: share, against: background),
                    let run = bestRun(in: 0...(days - 1), weights, drop: drop), run != last
                else { break }
                last = run
                share = count(run).share
            }
            // Only the run that its own share gives counts: with a share that is too low two incidents are one.
            guard let last else { continue }
            let found = count(last)
            let excess = found.excess(over: background)
            if excess > (best?.excess ?? 0) { best = (last, found, excess) }
        }
        return best
    }
}
