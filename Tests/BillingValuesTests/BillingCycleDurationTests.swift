import BillingValues
import Testing

@Suite("BillingCycle as an ISO 8601 duration")
struct BillingCycleDurationTests {
    @Test(
        "reads durations and writes the canonical one",
        arguments: [
            ("P30D", "P30D"), ("P1W", "P7D"), ("P7D", "P7D"), ("P2W", "P14D"), ("P1M", "P1M"), ("P12M", "P1Y"),
            ("P1Y", "P1Y"), ("P1Y6M", "P18M"), ("P1Y12M", "P2Y"), ("P0Y6M", "P6M"), ("P1Y0M", "P1Y"),
            ("P030D", "P30D"), ("P36600D", "P36600D"), ("P5228W", "P36596D"), ("P1200M", "P100Y"),
            ("P100Y", "P100Y"), ("P00000000000000000000000001M", "P1M"),
        ])
    func reads(text: String, canonical: String) throws {
        let cycle = try #require(BillingCycle(text))
        #expect(cycle.description == canonical)
        #expect(BillingCycle(canonical) == cycle)
    }

    @Test(
        "refuses what is no cycle",
        arguments: [
            "", "P", "PT", "30D", "P30", "PD", "P30d", "p30D", "P1m", "P0D", "P0M", "P0Y", "P0W", "P0Y0M",
            "P-1M", "-P1M", "+P1M", "P+1M", " P1M", "P1M ", "P 1M", "P1.5M", "P1,5M", "P0.5Y", "P1MT1H", "PT1H",
            "P1DT0S", "P1Y1D", "P1M1D", "P1W1D", "P1D1W", "P1W1M", "P1M1W", "P1M1Y", "P1Y1Y", "P1M1M", "P1D1D",
            "P1Y2M3D", "PP1M", "P1MP", "P1M/P1M", "R/P1M", "P1S", "P1H", "P36601D", "P5229W", "P1201M", "P101Y",
            "P100Y1M", "P36600Y36600M", "P99999999999999999999D", "P18446744073709551617M", "P1M\0", "P１M",
            "P1M3", "P1Y6",
        ])
    func refuses(text: String) {
        #expect(BillingCycle(text) == nil)
        #expect(BillingCycle(iso8601: Array(text.utf8).span) == nil)
    }

    @Test("reads back every cycle it writes")
    func roundTrip() {
        let cycles =
            (1...36_600).compactMap { BillingCycle(days: $0) } + (1...1_200).compactMap { BillingCycle(months: $0) }
        var mismatches = Mismatches()
        for cycle in cycles {
            mismatches.check(BillingCycle(cycle.description) == cycle, cycle.description)
        }
        #expect(cycles.count == 37_800)
        #expect(mismatches.shown == [])
    }
}
