import ArrearsRecovery
import BillingValues
import RenewalAudit

extension SummaryDocument {
    /// What was inferred in an audit without a subscriptions file; nothing where there was one.
    static func inferred(_ outcome: AuditOutcome) -> [(String, JSONValue)] {
        guard let inference = outcome.subscriptions.inference else { return [] }
        let notJudged = InferenceObstacle.allCases.compactMap { obstacle in
            inference.obstacles[obstacle].map { count in
                JSONValue.object([("reason", .string(obstacle.rawValue)), ("subscriptions", .integer(count))])
            }
        }
        return [
            (
                "inferred",
                .object([
                    ("subscriptions", .integer(inference.subscriptions)), ("charges", .integer(inference.charges)),
                    ("by_periods", .integer(inference.withPeriods)),
                    ("by_days", .integer(inference.subscriptions - inference.withPeriods)),
                    ("surely_regular", .integer(inference.certain)),
                    (
                        "cycles",
                        .array(
                            inference.cycles.map { cycle, count in
                                .object([
                                    ("cycle", .string(cycle.description)), ("subscriptions", .integer(count)),
                                ])
                            })
                    ),
                    ("stopped", .integer(inference.stopped)),
                    ("stopped_together", .integer(inference.stoppedTogether)),
                    ("not_judged", .array(notJudged)), ("recovered", .boolean(outcome.plan.collectsInferred)),
                ])
            )
        ]
    }
}
