import BillingValues
import RenewalAudit

/// What a person must know of an audit without a subscriptions file: what was inferred, how surely, and what was not.
struct InferenceText {
    let inference: Inference
    let style: TextStyle
    let isCollected: Bool

    var lines: [String] {
        var lines = [
            "", style.heading("Inferred from the charges, for want of a subscriptions file"),
            "  \(AmountText.people(inference.subscriptions, "subscription")) by "
                + "\(AmountText.people(inference.charges, "charge")): "
                + "\(AmountText.people(inference.withPeriods)) by stated periods, "
                + "\(AmountText.people(inference.subscriptions - inference.withPeriods)) by days;",
            "  \(AmountText.people(inference.certain)) surely regular, "
                + "\(AmountText.people(inference.subscriptions - inference.certain)) less surely",
        ]
        if !inference.cycles.isEmpty {
            let cycles = inference.cycles.sorted {
                ($1.subscriptions, $0.cycle.description) < ($0.subscriptions, $1.cycle.description)
            }
            let shown = cycles.prefix(5).map { "\($0.cycle) \(AmountText.people($0.subscriptions))" }
            let rest = cycles.count > shown.count ? ", and \(cycles.count - shown.count) other cycles" : ""
            lines.append("  cycles: \(shown.joined(separator: ", "))\(rest)")
        }
        for obstacle in InferenceObstacle.allCases {
            guard let count = inference.obstacles[obstacle] else { continue }
            lines.append("  not judged: \(AmountText.people(count, "subscription")) (\(Self.words(obstacle)))")
        }
        if inference.stopped > 0 {
            lines.append(
                "  charges that stop: \(AmountText.people(inference.stopped, "subscription")), ended or charged no more: "
                    + "nobody can tell")
        }
        if inference.stoppedTogether > 0 {
            lines.append(
                "  charges that stop together: \(AmountText.people(inference.stoppedTogether, "subscription")), which "
                    + "looks like an outage")
        }
        lines.append(
            isCollected
                ? "  the recovery collects inferred renewals, as --recover-inferred asks"
                : "  nothing inferred is recovered; --recover-inferred collects what a person has checked")
        return lines
    }

    private static func words(_ obstacle: InferenceObstacle) -> String {
        switch obstacle {
        case .tooFewCharges: "too few charges"
        case .noCycle: "their charges follow no cycle"
        case .severalCycles: "several cycles explain their charges, and differ in what is missing"
        case .noPrice: "their amounts follow no price"
        case .severalCurrencies: "charged in several currencies"
        }
    }
}
