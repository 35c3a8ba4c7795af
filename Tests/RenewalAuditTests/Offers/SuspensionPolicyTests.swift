import BillingRecords
import BillingValues
import RenewalAudit
import Testing

@Suite("Suspensions by policy")
struct SuspensionPolicyTests {
    private func findings(
        _ partly: SuspensionPolicy.PartlySuspended, _ spans: [(String, String?)],
        anchor: SuspensionPolicy.Anchor = .keep, isOffers: Bool = false
    ) throws -> [String] {
        var line = OfferCase()
        if isOffers {
            line.offer.partlySuspended = partly
            line.offer.anchorAfterSuspension = anchor
        } else {
            line.suspension = SuspensionPolicy(partlySuspended: partly, anchor: anchor)
        }
        line.activatedOn = "2025-06-01"
        line.window = ("2025-07-01", "2025-10-01")
        line.events = spans.map { from, until in
            CaseEvent(
                subscription: "A", kind: .suspended, effectiveOn: CivilDate(from),
                until: until.flatMap { CivilDate($0) })
        }
        return try line.findings([]).map { String($0.dropFirst("uncharged-renewal ".count)) }
    }

    /// Suspended from 11 July until 22 August: 10 days of July and 10 of August are left.
    @Test(
        arguments: [
            (.firstDay, ["2025-07-01 2025-07-01 999", "2025-09-01 2025-09-01 999"]),
            (.due, ["2025-07-01 2025-07-01 999", "2025-08-01 2025-08-01 999", "2025-09-01 2025-09-01 999"]),
            (.proRata, ["2025-07-01 2025-07-01 322", "2025-08-01 2025-08-01 322", "2025-09-01 2025-09-01 999"]),
            (.notDue, ["2025-09-01 2025-09-01 999"]),
        ] as [(SuspensionPolicy.PartlySuspended, [String])], [false, true])
    func partly(expected: (SuspensionPolicy.PartlySuspended, [String]), isOffers: Bool) throws {
        // The same days, told by events that overlap and follow each other.
        for spans in [
            [("2025-07-11", "2025-08-22")],
            [("2025-07-11", "2025-08-01"), ("2025-08-01", "2025-08-22"), ("2025-07-20", "2025-08-10")],
        ] {
            #expect(try findings(expected.0, spans, isOffers: isOffers) == expected.1)
        }
    }

    @Test("a period wholly suspended is due by no policy", arguments: SuspensionPolicy.PartlySuspended.allCases)
    func wholly(policy: SuspensionPolicy.PartlySuspended) throws {
        #expect(
            try findings(policy, [("2025-08-01", "2025-09-01")]) == [
                "2025-07-01 2025-07-01 999", "2025-09-01 2025-09-01 999",
            ])
        #expect(try findings(policy, [("2025-07-01", nil)]) == [])
    }

    @Test("a new anchor counts from the first day after the suspension")
    func restart() throws {
        #expect(
            try findings(.firstDay, [("2025-07-11", "2025-08-22")], anchor: .restart) == [
                "2025-07-01 2025-07-01 999", "2025-08-22 2025-08-22 999", "2025-09-22 2025-09-22 999",
            ])
        // The days that are left of the period which the new one cuts short are none.
        #expect(
            try findings(.proRata, [("2025-07-11", "2025-08-22")], anchor: .restart) == [
                "2025-07-01 2025-07-01 322", "2025-08-22 2025-08-22 999", "2025-09-22 2025-09-22 999",
            ])
    }
}
