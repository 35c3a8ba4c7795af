import BillingFiles
import BillingValues
import SettingsText
import Testing

@testable import OperatorSettings

/// The rules file: what it re-grades and waives, until when, and what it may not.
@Suite struct RuleGradingTests {
    private func grading(_ text: String) throws -> RuleGrading {
        try RuleGrading(Array(text.utf8), file: "rules.yaml")
    }

    private let waived = """
        rules:
          invalid-cycle:
            severity: warning
          invalid-date:
            waived_until: 2026-11-30
            reason: the switch writes day 31 of every month until its update
        """

    @Test func aRuleWeighsWhatTheFileSays() throws {
        let today = try #require(CivilDate("2026-11-22"))
        let grading = try grading(waived)
        #expect(grading.grade(of: .invalidCycle, on: today) == .counts(.warning))
        #expect(grading.grade(of: .invalidAmount, on: today) == .counts(.error))
    }

    @Test(arguments: [("2026-11-29", true), ("2026-11-30", true), ("2026-12-01", false)])
    func aWaiverHoldsThroughItsLastDay(day: String, holds: Bool) throws {
        let today = try #require(CivilDate(day))
        let grading = try grading(waived)
        #expect(grading.grade(of: .invalidDate, on: today) == (holds ? .waived : .counts(.error)))
        #expect(grading.expired(on: today).map(\.rule) == (holds ? [] : [.invalidDate]))
        #expect(grading.expired(on: today).first.map(\.waiver.place.line) == (holds ? nil : 4))
    }

    @Test(
        arguments: [
            ("invalid-dat: {severity: warning}", "did you mean 'invalid-date'?"),
            ("invalid-date: {severity: fatal}", "one of error, warning"),
            ("invalid-date: {waived_until: 2026-11-30}", "the key 'reason'"),
            ("invalid-date: {reason: because}", "severity or waived_until"),
            ("unclosed-quote: {severity: warning}", "may have lost rows"),
            ("invalid-date: {waived_until: soon, reason: x}", "a day of the calendar"),
        ])
    func faultsAreTold(rule: String, part: String) throws {
        let refusal = #expect(throws: SettingsRefusal.self) { try grading("rules:\n  \(rule)\n") }
        #expect(refusal?.description.contains(part) == true, "\(String(describing: refusal))")
    }
}
