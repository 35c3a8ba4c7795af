import ArrearsRecovery
import RenewalAudit
import SettingsText
import Testing

@testable import OperatorSettings

/// The policy file: what it sets, and what is wrong in it.
@Suite struct PolicyFileTests {
    private func policy(_ text: String) throws -> PolicyFile { try PolicyFile(Array(text.utf8), file: "policy.yaml") }

    @Test func whatTheFileSetsHoldsAndTheRestIsStandard() throws {
        let policy = try policy("audit:\n  grace_days_after: 10\n")
        #expect(policy.matching == MatchingPolicy(graceDaysBefore: 5, graceDaysAfter: 10, pendingDays: 5))
        #expect(policy.recovery == .standard)
    }

    @Test func everyFaultIsNamedInOneRun() throws {
        let refusal = #expect(throws: SettingsRefusal.self) {
            try policy("audit:\n  grace_days_befor: 3\n  pending_days: many\nrecovry: 1\n")
        }
        #expect(
            refusal?.faults.map { "\($0.place.line):\($0.place.column) \($0.path)" } == [
                "2:3 audit.grace_days_befor", "3:17 audit.pending_days", "4:1 recovry",
            ])
    }
}
