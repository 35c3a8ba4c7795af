import BillingValues

extension InferredLine {
    /// Findings on the line as they may be told: less sure, and with what the contract was inferred from.
    ///
    /// A charge that does not fit the cycle is no finding: the cycle was inferred from the charges, and contradicts none
    /// of them.
    func qualified(_ found: [Discrepancy]) -> [Discrepancy] {
        found.compactMap { discrepancy in
            guard discrepancy.rule != .periodMismatch else { return nil }
            var discrepancy = discrepancy
            if discrepancy.confidence == .high { discrepancy.confidence = .medium }
            if certainty == .fair || isBehindStop(discrepancy) { discrepancy.confidence = .low }
            discrepancy.reason += "; \(evidence(for: discrepancy))"
            return discrepancy
        }
    }

    private func isBehindStop(_ discrepancy: Discrepancy) -> Bool {
        guard let stopsOn, let day = discrepancy.dueOn else { return false }
        return day >= stopsOn
    }

    /// What the contract was inferred from, in words.
    private func evidence(for discrepancy: Discrepancy) -> String {
        var text = "inferred from \(charges) charges, "
        text += statesPeriods ? "by their periods: " : "by their days: "
        text += "cycle \(cycle)"
        if missing > 0 { text += ", \(missing) missing between the first and the last" }
        if case .systemic(let stopped, let all) = ending, isBehindStop(discrepancy) {
            text += "; the charges stop together with those of \(stopped) of \(all) such lines"
        }
        return text
    }
}
