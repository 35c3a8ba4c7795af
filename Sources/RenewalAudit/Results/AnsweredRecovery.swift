public import BillingRecords
public import BillingValues

/// A recovery charge of an earlier run that no charges file has, and that banks have answered to.
///
/// Its id is a pure function of subscription and period, so that the answer alone tells what it collects.
public struct AnsweredRecovery: Hashable, Sendable {
    /// The id of the charge.
    public let identifier: [UInt8]

    /// The group of its results.
    public let group: Int

    /// The row of the subscription, or the id of one that the subscriptions do not have.
    public let subject: Discrepancy.Subject

    /// The id of the subscription in the charge.
    public let subscription: [UInt8]

    /// The first day of the period.
    public let periodStart: CivilDate

    /// The last day of the period, where it is known.
    public let periodEnd: CivilDate?

    /// What it collects; nil where neither a plan nor a bank nor a due renewal tells.
    public let amount: Money?

    /// What became of it.
    public let history: CollectionHistory

    /// The day of the result that decides; where none does, that on which it was to be collected.
    public let day: CivilDate

    /// A recovery from its parts; `planned` is what an earlier run planned to collect.
    public init(
        identifier: [UInt8], group: Int, subject: Discrepancy.Subject, subscription: [UInt8],
        period: (start: CivilDate, end: CivilDate?), planned: Money?, due: Money?, collectOn: CivilDate?,
        results: BankResults
    ) {
        let all = results.results(ofGroup: group)
        // What was written is only sent.
        history = CollectionHistory(exported: .pending, amount: planned, results: all)
        amount = planned ?? all.lazy.compactMap(\.amount).first ?? due
        day = history.deciding.flatMap { all[$0].decidedOn } ?? collectOn ?? period.start
        self.identifier = identifier
        self.group = group
        self.subject = subject
        self.subscription = subscription
        (periodStart, periodEnd) = period
    }
}

/// The parts of the id of a recovery charge: `R-`, the id of the subscription, and the first day as eight digits.
public struct RecoveryReference: Hashable, Sendable {
    /// The id of the subscription.
    public let subscription: [UInt8]

    /// The first day of the period.
    public let periodStart: CivilDate

    /// The parts of a reference; nil when it is none of a recovery charge, or stands for one by a hash.
    public init?(_ reference: [UInt8]) {
        guard reference.count > 11, reference.starts(with: "R-".utf8), reference[reference.count - 9] == 0x2D else {
            return nil
        }
        var number = 0
        for digit in reference.suffix(8) {
            guard (0x30...0x39).contains(digit) else { return nil }
            number = number * 10 + Int(digit - 0x30)
        }
        guard let day = CivilDate(year: number / 10_000, month: number / 100 % 100, day: number % 100) else {
            return nil
        }
        periodStart = day
        subscription = Array(reference[2..<(reference.count - 9)])
    }
}

extension ChargeSieve {
    /// Adds recovery charges that no file has, as if they stood behind all charges of the files.
    ///
    /// They count neither in the tally nor for the day of the newest charge.
    ///
    /// - Parameter positions: where each of them is said to stand.
    public mutating func add(_ recoveries: [AnsweredRecovery], at positions: [RecordPosition]) {
        guard !recoveries.isEmpty else { return }
        for (recovery, position) in zip(recoveries, positions) {
            let charge = KeptCharge(recovery, at: position)
            guard case .subscription(let row) = recovery.subject else {
                strangers.append(StrangerCharge(subscription: recovery.subscription, charge: charge))
                continue
            }
            if watch.contains(row: row, startDay: recovery.periodStart.dayNumber) { watched.append(charge) }
            if subscriptions.rows[row].isUsable, subscriptions.window.contains(recovery.periodStart) {
                kept.append(charge)
            }
        }
        sort()
    }
}

extension KeptCharge {
    fileprivate init(_ recovery: AnsweredRecovery, at position: RecordPosition) {
        var row = UInt32.max
        if case .subscription(let known) = recovery.subject { row = UInt32(truncatingIfNeeded: known) }
        let isSound = recovery.history.contradiction == nil && recovery.amount != nil
        self.init(
            row: row, kind: .recovery, status: recovery.history.status, reading: isSound ? .sound : .contested,
            amount: recovery.amount?.minorUnits ?? 0, currency: recovery.amount?.currency.packedCode ?? 0,
            chargedOnDay: recovery.day.dayNumber, periodStartDay: recovery.periodStart.dayNumber,
            periodEndDay: recovery.periodEnd?.dayNumber ?? .min, position: position)
    }
}

extension RenewalJudge {
    /// The due renewal of a row that begins on a day, and what is due for it; nil where there is none in the window.
    public func renewal(ofRow row: Int, startingOn start: CivilDate) -> (period: BillingPeriod, due: Money)? {
        let account = account(ofRow: row)
        guard let terms = account.terms, let period = account.periods.first(where: { $0.period.start == start })
        else { return nil }
        return (period.period, Money(minorUnits: period.due, currency: terms.price.currency))
    }
}
