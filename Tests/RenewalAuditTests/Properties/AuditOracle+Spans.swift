import BillingRecords
import BillingValues
import RenewalAudit

/// One charge for several periods.
extension AuditOracle {
    /// Enters a charge whose period spans several cycles; false if it does not, or if nobody can tell what it pays.
    func enterSpan(
        _ charge: CaseCharge, from start: CivilDate, in ledger: inout Ledger, cycles: [Cycle], life: Life
    ) -> Bool {
        guard let end = charge.periodEnd, end >= start, let after = end.adding(days: 1) else { return false }
        let exactFirst = cycles.firstIndex { $0.period.start == start }
        let nearFirst = nearest(to: start, cycles: cycles)?.number
        guard let first = exactFirst ?? nearFirst, end > cycles[first].period.end else { return false }
        var last = cycles.firstIndex { $0.period.start == after }.map { $0 - 1 }
        var isExact = exactFirst != nil
        if last == nil, let holding = cycles.lastIndex(where: { $0.period.start <= end }), holding > first,
            cycles[holding].wholeEnd == end || life.endsAfter(end)
        {
            last = holding
        }
        if last == nil, let near = nearest(to: after, cycles: cycles) {
            last = near.number - 1
            isExact = false
        }
        guard let last, last > first else { return false }
        let span = Array(cycles[first...last])
        let isDue = { (cycle: Cycle) in cycle.number == 0 ? cycle.state != .ended : cycle.state == .active }
        guard span.contains(where: { isDue($0) && $0.price > 0 }) else { return false }
        let takes = charge.isPosted && charge.amount != 0 && charge.currency == life.currency
        if !takes {
            guard isExact else { return false }
            for cycle in span where isDue(cycle) { add(charge, to: cycle, in: &ledger) }
            return true
        }
        // Choice: the activation may be paid with it or not; then cycles for which nothing is due may be in it, too.
        let ways: [[Int64]] = [
            span.map { isDue($0) && $0.number > 0 ? $0.price : 0 }, span.map { isDue($0) ? $0.price : 0 },
            span.map(\.price),
        ]
        var amounts = ways.first { $0.reduce(0, +) == abs(charge.amount) }
        if amounts == nil {
            let isUncertain = span.contains { isJudged($0) && isDue($0) && ($0.isUncertain || $0.mayHaveEnded) }
            guard isExact, first > 0, !isUncertain else { return false }
            amounts = filled(charge.amount, span.map { isDue($0) ? $0.price : 0 })
        }
        for (cycle, amount) in zip(span, amounts ?? []) {
            var part = charge
            part.amount = charge.amount < 0 ? -amount : amount
            if !isDue(cycle) {
                if amount > 0 { enterNotDue(part, cycle.period.start, cycle.state, in: &ledger) }
            } else if cycle.price > 0, charge.amount > 0 || amount > 0 {
                part.isShare = true
                add(part, to: cycle, in: &ledger)
            }
        }
        if !isExact, charge.pays, charge.amount > 0 {
            ledger.mismatches.append((charge, span.first { isDue($0) && $0.number > 0 }))
        }
        return true
    }

    /// Choice: a payment fills the oldest first and leaves the last with the rest; money given back does the contrary.
    private func filled(_ amount: Int64, _ due: [Int64]) -> [Int64] {
        var shares = due.map { _ in Int64(0) }
        var rest = abs(amount)
        let order = due.indices.filter { due[$0] > 0 }
        let ordered = amount > 0 ? order : order.reversed()
        for index in ordered {
            shares[index] = index == ordered.last ? rest : min(rest, due[index])
            rest -= shares[index]
        }
        return shares
    }
}
