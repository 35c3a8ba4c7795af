import BillingRecords

extension RenewalJudge {
    /// What the audit made of a row, day by day; `findings` are those of the reports, of any rows.
    ///
    /// O(findings + kept charges of the row + days of the window).
    public func history(ofRow row: Int, findings: [Discrepancy]) -> SubscriptionHistory {
        let kept = kept(ofRow: row)
        let timeline = subscriptions.timeline(row)
        var builder = HistoryBuilder(account(row, timeline, kept: kept))
        if let timeline {
            builder.addIdleTimes(of: timeline)
            builder.add(events: timeline.events.map { ($0.effectiveOn, timeline.text($0)) })
        } else if let schedule = subscriptions.schedule(row) {
            builder.addIdleTimes(of: schedule)
        }
        builder.addCharges()
        if let usage { builder.add(usage: usage) }
        return builder.history(
            findings: findings.filter { $0.subject == .subscription(row: row) }, kept: kept,
            otherIdentifiers: subscriptions.otherIdentifiers(ofRow: row))
    }
}
