import BillingRecords
public import BillingValues

/// What was inferred of the subscriptions of an audit without a subscriptions file, row by row.
public struct Inference: Sendable {
    /// The line of each row; nil for those whose charges do not tell one.
    var lines: ContiguousArray<InferredLine?> = []

    /// How many subscriptions could not be judged, and why.
    public private(set) var obstacles: [InferenceObstacle: Int] = [:]

    /// How many lines have a cycle, in the order of the cycles' names.
    public private(set) var cycles: [(cycle: BillingCycle, subscriptions: Int)] = []

    /// How many charges tell the lines.
    public private(set) var charges = 0

    /// How many lines are judged.
    public private(set) var subscriptions = 0

    /// How many of them are told by stated periods.
    public private(set) var withPeriods = 0

    /// How many of them are surely regular.
    public private(set) var certain = 0

    /// How many of them stop before the end of the window, and nobody can tell why.
    public private(set) var stopped = 0

    /// How many of them stop together with many others.
    public private(set) var stoppedTogether = 0

    /// What was found for the observed subscriptions, in their order.
    init(_ found: [Result<InferredLine, InferenceObstacle>], window: AuditWindow) {
        lines.reserveCapacity(found.count)
        var stops = SystemicStops(window: window)
        for case .success(let line) in found { stops.add(line) }
        let outages = stops.outages()
        var byCycle: [BillingCycle: Int] = [:]
        for result in found {
            switch result {
            case .failure(let obstacle):
                obstacles[obstacle, default: 0] += 1
                lines.append(nil)
            case .success(var line):
                line.ending = outages(line)
                byCycle[line.cycle, default: 0] += 1
                count(line)
                lines.append(line)
            }
        }
        cycles = byCycle.map { ($0.key, $0.value) }.sorted { $0.0.description < $1.0.description }
    }

    private mutating func count(_ line: InferredLine) {
        subscriptions += 1
        charges += line.charges
        if line.statesPeriods { withPeriods += 1 }
        if line.certainty == .good { certain += 1 }
        switch line.ending {
        case .none: break
        case .unexplained: stopped += 1
        case .systemic: stoppedTogether += 1
        }
    }
}

extension ObservedSubscriptions {
    /// What the charges of some of the subscriptions tell; several threads may ask for different ones at once.
    public func lines(
        _ places: Range<Int>, policy: MatchingPolicy, window: AuditWindow
    ) -> [Result<InferredLine, InferenceObstacle>] {
        let inference = HistoryInference(policy: policy, window: window)
        return places.map { inference.line(observations($0)) }
    }
}
