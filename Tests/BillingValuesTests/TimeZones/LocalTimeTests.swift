import TestSupport
import Testing

@testable import BillingValues

@Suite("Local times", .enabled(if: ZoneInformation.isThere, "no /usr/share/zoneinfo: install tzdata"))
struct LocalTimeTests {
    private func local(_ text: String) throws -> Int64 {
        try #require(CivilTimestamp.parse(Array((text + "Z").utf8))?.instant)
    }

    @Test(
        "are shown once, twice or never",
        arguments: [
            ("Europe/Rome", "2025-01-15T12:00:00", LocalTimeOffset.once(3600)),
            ("Europe/Rome", "2025-03-30T01:59:59", .once(3600)), ("Europe/Rome", "2025-03-30T02:00:00", .never),
            ("Europe/Rome", "2025-03-30T02:59:59", .never), ("Europe/Rome", "2025-03-30T03:00:00", .once(7200)),
            ("Europe/Rome", "2025-10-26T01:59:59", .once(7200)), ("Europe/Rome", "2025-10-26T02:00:00", .twice),
            ("Europe/Rome", "2025-10-26T02:59:59", .twice), ("Europe/Rome", "2025-10-26T03:00:00", .once(3600)),
            // Behind the last change of the table the rule of the zone goes on.
            ("Europe/Rome", "2099-03-29T02:30:00", .never), ("Europe/Rome", "2099-10-25T02:30:00", .twice),
            ("Australia/Lord_Howe", "2025-04-06T01:29:59", .once(39_600)),
            ("Australia/Lord_Howe", "2025-04-06T01:30:00", .twice),
            ("Australia/Lord_Howe", "2025-10-05T02:29:59", .never),
            ("Australia/Lord_Howe", "2025-10-05T02:30:00", .once(39_600)),
            ("Pacific/Apia", "2011-12-30T12:00:00", .never), ("Pacific/Apia", "2011-12-31T00:00:00", .once(50_400)),
            ("Asia/Kathmandu", "2025-01-15T12:00:00", .once(20_700)), ("Etc/UTC", "2025-03-30T02:30:00", .once(0)),
        ])
    func shown(zone: String, text: String, expected: LocalTimeOffset) throws {
        #expect(try ZoneInformation.rules(zone).offset(atLocal: try local(text)) == expected)
    }

    @Test("of an instant lead back to it") func instants() throws {
        var random = SplitMix64(seed: testSeed)
        for zone in ["Europe/Rome", "America/New_York", "Australia/Lord_Howe", "Etc/UTC"] {
            let rules = try ZoneInformation.rules(zone)
            for _ in 0..<500 {
                let instant = Int64(random.number(0...4_000_000_000))
                let offset = rules.offset(at: instant)
                let shown = rules.offset(atLocal: instant + Int64(offset))
                #expect(shown == .once(offset) || shown == .twice, "seed \(testSeed): \(zone) \(instant)")
            }
        }
    }

    @Test("beyond the calendar are none", arguments: [Int64.min, .max]) func beyond(local: Int64) throws {
        #expect(try ZoneInformation.rules("Europe/Rome").offset(atLocal: local) == .never)
    }
}
