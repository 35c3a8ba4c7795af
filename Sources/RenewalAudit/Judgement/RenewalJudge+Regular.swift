import BillingRecords

/// Lines of which nothing has to be looked at, or only what no regular charge settled.
extension RenewalJudge {
    /// What is known of a row before its timeline is worked out.
    struct Outlook {
        /// Whether it has a timeline.
        var hasTimeline = false

        /// The timeline, where nothing less tells what is due.
        var timeline: Timeline?

        /// The outline of its timeline, where that is not what the row alone would have.
        var outline: DueOutline?

        /// How many judged renewals are due.
        var dueCount: Int

        /// How many renewals of the window are collected on a day that the exports do not reach.
        var laterCount = 0

        /// Whether the renewals that no charge settled are all that there is to look at where nothing was kept.
        var isSimple: Bool
    }

    /// How many renewals of a row are due, where its row alone tells that regular charges settled all of them; nil
    /// where there is more to look at.
    ///
    /// So it is with nearly every line of which no charge was kept.
    @inline(__always)
    func settledByRow(_ row: Int) -> Int? {
        let packed = subscriptions.rows[row]
        guard packed.isUsable, packed.isAsRow else { return nil }
        let count = Int(packed.dueCount)
        return packed.price <= 0 || claims.areClaimed(first: count, ofRow: row) ? count : nil
    }

    /// What is known of a row before its timeline is worked out.
    func outlook(_ row: Int) -> Outlook {
        let packed = subscriptions.rows[row]
        // What was inferred may be doubtful where nothing was charged.
        var outlook = Outlook(dueCount: subscriptions.dueCount(row), isSimple: subscriptions.inference == nil)
        guard packed.hasTimeline, packed.isUsable else { return outlook }
        outlook.hasTimeline = true
        if packed.isAsRow, outlook.isSimple { return outlook }
        if let outline = subscriptions.outlines[row] {
            outlook.outline = outline
            outlook.dueCount = Int(outline.dueCount)
            outlook.laterCount = Int(outline.laterCount)
            outlook.isSimple = !outline.judgesFee
        } else if let timeline = subscriptions.timeline(row) {
            outlook.timeline = timeline
            outlook.dueCount = timeline.dueCount
            outlook.laterCount = timeline.laterCount
            outlook.isSimple = false
        }
        return outlook
    }

    /// Whether nothing can be found on a row: regular charges settled every renewal, and whatever else was kept are
    /// attempts that failed.
    func isSettled(_ row: Int, _ outlook: Outlook, kept: ContiguousArray<KeptCharge>.SubSequence) -> Bool {
        guard subscriptions.rows[row].isUsable, outlook.timeline == nil else { return false }
        guard kept.allSatisfy(\.isFailedAttempt) else { return false }
        guard let outline = outlook.outline else { return areAllClaimed(row) }
        guard outline.isUniform, !outline.judgesFee, !outline.sharesCollections || kept.isEmpty else { return false }
        return subscriptions.outlines.runs(of: outline).allSatisfy { run in
            run.amount == 0 || run.places.allSatisfy { claims.claimant($0, ofRow: row) != nil }
        }
    }

    /// What rules must look at of a subscription with nothing but regular charges: the renewals that these did not
    /// settle; nil when its terms are not usable.
    func openAccount(_ row: Int, _ timeline: Timeline?) -> SubscriptionAccount? {
        if let timeline { return openAccount(row, timeline, timeline.dueIndices) { timeline.renewal($0) } }
        guard let schedule = subscriptions.schedule(row) else { return nil }
        return openAccount(row, schedule, schedule.dueIndices) { schedule.renewal($0) }
    }

    private func openAccount(
        _ row: Int, _ calendar: some RenewalCalendar, _ cycles: some Sequence<Int>, _ renewal: (Int) -> DueRenewal?
    ) -> SubscriptionAccount {
        var account = SubscriptionAccount(row: row, terms: calendar.terms, audit: audit)
        for (place, cycle) in cycles.enumerated() where claimant(place, ofRow: row) == nil {
            guard let renewal = renewal(cycle) else { break }
            var period = PeriodAccount(renewal, tolerance: audit.policy.tolerance)
            period.note = calendar.note(ofCycle: cycle)
            account.openPeriods.append(period)
        }
        return account
    }

    /// The claims to the first due renewals of a row.
    func claimants(ofRow row: Int, count: Int) -> [RegularClaim?] {
        (0..<count).map { claimant($0, ofRow: row) }
    }

    /// The claim to a due renewal of a row; those of a timeline beyond the words that the row has are never claimed.
    private func claimant(_ due: Int, ofRow row: Int) -> RegularClaim? {
        due < max(ClaimedPeriods.columns, Int(subscriptions.rows[row].dueCount))
            ? claims.claimant(due, ofRow: row) : nil
    }

    /// Whether regular charges settled every due renewal of a row; free renewals need no charge.
    private func areAllClaimed(_ row: Int) -> Bool {
        let packed = subscriptions.rows[row]
        return packed.price <= 0 || claims.areClaimed(first: Int(packed.dueCount), ofRow: row)
    }
}
