import BillingValues

/// Tells lines whose charges stop together from lines that end one by one.
///
/// Lines of one cycle, price and currency are taken together. Where at least ten of them stop within one cycle, and they
/// are at least half of the lines that were charged until then, and eight times the share that stopped in a cycle
/// before, it is an outage that lasts to the end of the window. Nobody can tell of any single line; of them all one can. Lines of a
/// discontinued offer, which end one after the other, are none; and where fewer lines are charged to the end of the
/// window than stop, the exports may end before it does.
struct SystemicStops {
    private struct Group: Hashable {
        let cycle: BillingCycle
        let price: Int64
        let currency: Currency
    }

    private struct Days {
        var stops: [CivilDate] = []
        var lastCharges: [CivilDate] = []
        var charges = 0
    }

    private var groups: [Group: Days] = [:]
    private let window: AuditWindow

    /// How many lines are charged to the end of the window.
    private var charged = 0

    init(window: AuditWindow) {
        self.window = window
    }

    private static func group(_ line: InferredLine) -> Group? {
        line.prices.last.map { Group(cycle: line.cycle, price: $0.amount, currency: line.currency) }
    }

    /// Counts a line.
    mutating func add(_ line: InferredLine) {
        guard let group = Self.group(line) else { return }
        groups[group, default: Days()].charges += line.charges
        if line.ending == .unexplained, let day = line.stopsOn {
            groups[group, default: Days()].stops.append(day)
        } else if let day = line.start(line.lastCycle) {
            charged += 1
            groups[group, default: Days()].lastCharges.append(day)
        }
    }

    /// The outages: for a line that stops from a day on, how many lines stopped of how many.
    func outages() -> (InferredLine) -> InferredLine.Ending {
        var found: [Group: (from: CivilDate, stopped: Int, exposed: Int)] = [:]
        for (group, days) in groups { found[group] = outage(days, cycle: group.cycle.shortestLengthInDays) }
        let outages = found
        return { line in
            guard line.ending == .unexplained, let day = line.stopsOn, let group = Self.group(line),
                let outage = outages[group], day >= outage.from,
                day.days(since: outage.from) < line.cycle.shortestLengthInDays
            else { return line.ending }
            return .systemic(stopped: outage.stopped, of: outage.exposed)
        }
    }

    private func outage(_ days: Days, cycle: Int) -> (from: CivilDate, stopped: Int, exposed: Int)? {
        let stops = days.stops.sorted()
        let charged = days.lastCharges.sorted()
        var best: (from: CivilDate, stopped: Int, exposed: Int)?
        var excess = Int.min
        var (chargedBefore, stoppedUntil) = (0, 0)
        for (place, day) in stops.enumerated() where place == 0 || stops[place - 1] != day {
            while chargedBefore < charged.count, charged[chargedBefore] < day { chargedBefore += 1 }
            while stoppedUntil < stops.count, stops[stoppedUntil].days(since: day) < cycle { stoppedUntil += 1 }
            let stopped = stoppedUntil - place
            let exposed = stops.count - place + charged.count - chargedBefore
            guard stopped >= 10, stopped <= self.charged, stopped * 2 >= exposed, day >= window.from else { continue }
            guard stopped * days.charges >= 8 * place * exposed else { continue }
            // The day that tells stopped lines and charged ones apart best.
            if stopped * 2 - exposed > excess { (excess, best) = (stopped * 2 - exposed, (day, stopped, exposed)) }
        }
        return best
    }
}
