import Reports
import Testing

@Suite("The numbers of an outcome")
struct AuditOutcomeTests {
    /// The newest charge of the small outcome is of 3 April, its last uncharged renewals were due on 28 and 1 February,
    /// 31 and 5 January.
    @Test(
        "Renewals whose grace reaches beyond the newest charge",
        arguments: [(0, 0), (5, 0), (34, 0), (35, 1), (61, 1), (62, 2), (63, 3), (88, 3), (89, 4), (1_000, 4)])
    func unchargedWithinGrace(graceDaysAfter: Int, renewals: Int) throws {
        #expect(try SmallOutcome(graceDaysAfter: graceDaysAfter).outcome.unchargedWithinGrace == renewals)
    }
}
