import BillingRecords
import BillingValues

/// Works the outlines of lines out, one after the other.
///
/// Between two days on which anything changes, all renewals of a line are alike: one of them is looked at for all. So a
/// line costs as much as it has changes, however many renewals it has.
struct OutlineDrawing {
    /// The outlines, in the order of the lines.
    private(set) var outlines: ContiguousArray<DueOutline> = []

    /// Their runs.
    private(set) var runs: ContiguousArray<UniformRenewals> = []

    /// The lines whose timeline has in the window what their rows alone would have; they need no outline.
    private(set) var rowsAsSuch: [(row: Int, isQuiet: Bool)] = []

    /// The lines with an outline that are quiet.
    private(set) var quietRows: [Int] = []

    private let window: AuditWindow

    /// The days on which something changes for the line that is drawn; kept for the next one.
    private var changes: [CivilDate] = []

    init(window: AuditWindow) {
        self.window = window
    }

    /// What a cycle is.
    private enum Standing {
        case idle
        case later
        /// Due, and how long after the first day of the period; for an amount if nothing about it is in doubt.
        case due(amount: Int64?, daysToCollection: Int32)
    }

    /// Draws the line of a row.
    mutating func draw(_ timeline: Timeline, row: Int, packed: SubscriptionRow) {
        var outline = DueOutline(row: row, firstRun: runs.count)
        outline.sharesCollections = timeline.activationFee > 0 || !timeline.plannedCollections.isEmpty
        outline.judgesFee =
            timeline.activationFee > 0 && window.contains(timeline.terms.activatedOn)
            && timeline.activationFeeDay < window.to
        addRuns(of: timeline, to: &outline)
        // Words for claims are there for so many renewals.
        let limit = max(ClaimedPeriods.columns, Int(packed.dueCount))
        while let last = runs.last, runs.count > Int(outline.firstRun), last.places.upperBound > limit {
            runs.removeLast()
        }
        outline.runCount = UInt32(truncatingIfNeeded: runs.count) - outline.firstRun
        let own = runs[Int(outline.firstRun)...]
        outline.isUniform = own.reduce(0) { $0 + Int($1.count) } == Int(outline.dueCount)
        let isQuiet = timeline.isQuiet
        guard isAsRow(outline, packed) else {
            outlines.append(outline)
            if isQuiet { quietRows.append(row) }
            return
        }
        runs.removeLast(own.count)
        rowsAsSuch.append((row, isQuiet))
    }

    /// Whether the row alone says the same of the window.
    private func isAsRow(_ outline: DueOutline, _ packed: SubscriptionRow) -> Bool {
        guard outline.isUniform, !outline.sharesCollections, outline.laterCount == 0,
            outline.dueCount == packed.dueCount
        else { return false }
        guard outline.dueCount > 0 else { return true }
        guard outline.runCount == 1, let run = runs.last else { return false }
        return run.admitsDays && run.anchorDay == packed.anchorDay && run.cycle == packed.cycle
            && run.firstIndex == packed.firstDueIndex && run.amount == packed.price
    }

    /// Adds the runs of the line's due renewals, and counts these.
    private mutating func addRuns(of timeline: Timeline, to outline: inout DueOutline) {
        timeline.noteChanges(in: &changes)
        let isAnniversary = timeline.offer.calendar == .anniversary
        let ordinary = max(timeline.offer.offer?.firstOrdinaryPeriod ?? 0, timeline.collectionsEnd)
        var index = max(timeline.firstRenewal, timeline.grid.firstIndex(startingOnOrAfter: window.from))
        let last = timeline.grid.firstIndex(startingOnOrAfter: window.to)
        while index < last {
            guard let period = timeline.period(index), let standing = standing(timeline, index, period) else { return }
            var count = 1
            if isAnniversary, index >= ordinary { count = alike(timeline, from: index, period, last: last) }
            switch standing {
            case .idle: break
            case .later: outline.laterCount += UInt32(clamping: count)
            case .due(let amount, let daysToCollection):
                if let amount, isAnniversary || index >= ordinary {
                    add(timeline, index, count: count, of: outline, amount, daysToCollection)
                }
                outline.dueCount += UInt32(clamping: count)
            }
            index += count
        }
    }

    /// What a cycle is; nil beyond the calendar of the years.
    private func standing(_ timeline: Timeline, _ index: Int, _ period: BillingPeriod) -> Standing? {
        guard let dueOn = timeline.dueDay(ofCycle: index, period) else { return nil }
        guard timeline.idleness(ofCycle: index, period) == nil else { return .idle }
        guard dueOn < window.to else { return .later }
        return .due(
            amount: timeline.certainAmount(ofCycle: index, period),
            daysToCollection: Int32(clamping: dueOn.days(since: period.start)))
    }

    /// How many cycles from one on are as it is: those before the next change, of which none reaches into it.
    private func alike(_ timeline: Timeline, from index: Int, _ period: BillingPeriod, last: Int) -> Int {
        var next: CivilDate?
        for day in changes where day > period.start && next.map({ day < $0 }) ?? true { next = day }
        guard let next else { return last - index }
        guard period.end < next else { return 1 }
        // The last cycle that begins before the change may reach into it, or be cut off by it.
        let behind = timeline.grid.firstIndex(startingOnOrAfter: next)
        let reaches = timeline.grid.wholePeriod(behind - 1).map { $0.end >= next } ?? true
        return max(1, min(reaches ? behind - 1 : behind, last) - index)
    }

    /// Adds renewals to the run before them, or begins one.
    private mutating func add(
        _ timeline: Timeline, _ index: Int, count: Int, of outline: DueOutline, _ amount: Int64,
        _ daysToCollection: Int32
    ) {
        let stretch = timeline.grid.stretch(ofCycle: index)
        let anchor = BatchDate(stretch.anchor)
        let run = UniformRenewals(
            anchorDay: anchor.dayNumber, anchorMonthAndDay: anchor.monthAndDay,
            cycle: Int32(clamping: stretch.cycle.unit == .days ? stretch.cycle.count : -stretch.cycle.count),
            firstIndex: Int32(clamping: index - stretch.firstIndex), count: Int32(clamping: count),
            firstPlace: Int32(clamping: outline.dueCount), daysToCollection: daysToCollection,
            admitsDays: timeline.grid.stretches.count == 1 && timeline.offer.calendar == .anniversary, amount: amount)
        if runs.count > Int(outline.firstRun), let known = runs.last, known.isContinued(by: run) {
            runs[runs.count - 1].count += run.count
        } else {
            runs.append(run)
        }
    }
}

extension UniformRenewals {
    /// Whether another run begins where this one ends, and is like it.
    fileprivate func isContinued(by next: UniformRenewals) -> Bool {
        anchorDay == next.anchorDay && cycle == next.cycle && firstIndex + count == next.firstIndex
            && firstPlace + count == next.firstPlace && daysToCollection == next.daysToCollection
            && amount == next.amount
    }
}
