import Foundation
import TestSupport
import Testing

@testable import BillingValues

@Suite("Time zones", .enabled(if: ZoneInformation.isThere, "no /usr/share/zoneinfo: install tzdata"))
struct TimeZoneRulesTests {
    private func day(_ zone: String, _ timestamp: String) throws -> String? {
        let instant = try #require(CivilTimestamp.parse(Array(timestamp.utf8))?.instant)
        return try ZoneInformation.rules(zone).day(at: instant)?.description
    }

    @Test(
        "change the day at their own midnight",
        arguments: [
            ("Europe/Rome", "2025-01-31T22:59:59Z", "2025-01-31"),
            ("Europe/Rome", "2025-01-31T23:00:00Z", "2025-02-01"),
            // The night of 30 March is an hour shorter, that of 26 October an hour longer.
            ("Europe/Rome", "2025-03-29T22:59:59Z", "2025-03-29"),
            ("Europe/Rome", "2025-03-29T23:00:00Z", "2025-03-30"),
            ("Europe/Rome", "2025-03-30T21:59:59Z", "2025-03-30"),
            ("Europe/Rome", "2025-03-30T22:00:00Z", "2025-03-31"),
            ("Europe/Rome", "2025-10-25T21:59:59Z", "2025-10-25"),
            ("Europe/Rome", "2025-10-25T22:00:00Z", "2025-10-26"),
            ("Europe/Rome", "2025-10-26T22:59:59Z", "2025-10-26"),
            ("Europe/Rome", "2025-10-26T23:00:00Z", "2025-10-27"),
            ("Europe/Rome", "2099-07-01T21:59:59Z", "2099-07-01"),
            ("Europe/Rome", "2099-07-01T22:00:00Z", "2099-07-02"),
            ("Asia/Kathmandu", "2025-01-31T18:14:59Z", "2025-01-31"),
            ("Asia/Kathmandu", "2025-01-31T18:15:00Z", "2025-02-01"),
            ("America/St_Johns", "2025-01-31T03:29:59Z", "2025-01-30"),
            ("America/St_Johns", "2025-01-31T03:30:00Z", "2025-01-31"),
            ("Australia/Lord_Howe", "2025-07-01T13:29:59Z", "2025-07-01"),
            ("Australia/Lord_Howe", "2025-07-01T13:30:00Z", "2025-07-02"),
            ("Pacific/Kiritimati", "2025-01-31T09:59:59Z", "2025-01-31"),
            ("Pacific/Kiritimati", "2025-01-31T10:00:00Z", "2025-02-01"),
            ("Etc/UTC", "2025-01-31T23:59:59Z", "2025-01-31"),
            // Samoa had no 30 December 2011.
            ("Pacific/Apia", "2011-12-30T09:59:59Z", "2011-12-29"),
            ("Pacific/Apia", "2011-12-30T10:00:00Z", "2011-12-31"),
        ])
    func midnights(zone: String, timestamp: String, expected: String) throws {
        #expect(try day(zone, timestamp) == expected)
    }

    @Test("have at two o'clock of the short night no hour, and in the long one the same hour twice")
    func clockChanges() throws {
        let rome = try ZoneInformation.rules("Europe/Rome")
        #expect(rome.offset(at: 1_743_296_399) == 3600)
        #expect(rome.offset(at: 1_743_296_400) == 7200)
        #expect(rome.offset(at: 1_761_440_399) == 7200)
        #expect(rome.offset(at: 1_761_440_400) == 3600)
    }

    /// Zones whose rules have not changed lately: another edition of the database must not fail the test.
    private static let zones = [
        "Europe/Rome", "Europe/London", "Europe/Dublin", "Europe/Berlin", "Europe/Athens", "Europe/Helsinki",
        "Atlantic/Azores", "Atlantic/Reykjavik", "America/New_York", "America/Chicago", "America/Los_Angeles",
        "America/St_Johns", "America/Halifax", "America/Phoenix", "America/Bogota", "America/Argentina/Buenos_Aires",
        "Asia/Tokyo", "Asia/Kolkata", "Asia/Kathmandu", "Asia/Shanghai", "Asia/Dubai", "Australia/Sydney",
        "Australia/Lord_Howe", "Australia/Adelaide", "Australia/Brisbane", "Pacific/Auckland", "Pacific/Chatham",
        "Pacific/Kiritimati", "Pacific/Honolulu", "Africa/Johannesburg", "Africa/Lagos", "Etc/UTC", "Etc/GMT+8",
    ]

    @Test("have the offsets that Foundation has, from 1970 to 2100")
    func foundation() throws {
        var random = SplitMix64(seed: testSeed &+ 17)
        var mismatches = Mismatches()
        for name in Self.zones {
            let rules = try ZoneInformation.rules(name)
            let zone = try #require(TimeZone(identifier: name))
            for _ in 0..<1500 {
                let instant = Int64(random.number(0...4_102_444_800))
                let expected = zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant)))
                let stretch = rules.stretch(around: instant)
                mismatches.check(
                    Int(rules.offset(at: instant)) == expected && stretch.contains(instant),
                    "\(name) at \(instant): \(rules.offset(at: instant)), not \(expected)")
                // A stretch has one offset up to its last second, and ends where it says.
                for near in [stretch.from, stretch.until - 1] where (0...4_102_444_800).contains(near) {
                    mismatches.check(rules.offset(at: near) == stretch.offset, "\(name) at the end \(near)")
                }
            }
        }
        #expect(mismatches.count == 0, "seed \(testSeed): \(mismatches.shown.joined(separator: "\n"))")
    }

    @Test("cut or changed anywhere give a fault or some rules, and never a trap")
    func hostileBytes() throws {
        let whole = try ZoneInformation.bytes("Europe/Rome")
        var random = SplitMix64(seed: testSeed &+ 18)
        for length in 0..<min(whole.count, 4000) {
            #expect(throws: TimeZoneDataFault.self) { try TimeZoneRules(tzif: Array(whole.prefix(length))) }
        }
        for _ in 0..<4000 {
            var bytes = whole
            for _ in 0...random.below(4) { bytes[random.below(bytes.count)] = UInt8(random.below(256)) }
            guard let rules = try? TimeZoneRules(tzif: bytes) else { continue }
            for instant in [Int64.min, -1, 0, 1_743_296_400, 4_102_444_800, .max] { _ = rules.day(at: instant) }
        }
    }
}

@Suite("Time zone data")
struct TimeZoneDataTests {
    @Test("begins with its first type, goes on with its transitions and ends with its rule")
    func order() throws {
        let zone = MadeZone(
            transitions: [(1000, 1), (2000, 0)], offsets: [600, 1200], footer: "\nXXX-1\n")
        let rules = try TimeZoneRules(tzif: zone.bytes)
        let instants = [Int64.min, 999, 1000, 1999, 2000, Int64.max]
        #expect(instants.map { rules.offset(at: $0) } == [600, 600, 1200, 1200, 3600, 3600])
        #expect(rules.stretch(around: 1500) == TimeZoneRules.Stretch(offset: 1200, from: 1000, until: 2000))
        let last = try TimeZoneRules(tzif: MadeZone(transitions: [(1000, 1)], offsets: [600, 1200]).bytes)
        #expect(last.offset(at: 5000) == 1200)
    }

    @Test(
        "that is none is refused for what is wrong with it",
        arguments: [
            (MadeZone(version: 0), .version1), (MadeZone(leaps: 1), .countsLeapSeconds),
            (MadeZone(footer: "\nCET-1CEST\n"), .badRule), (MadeZone(footer: "\n"), .damaged),
            (MadeZone(footer: ""), .damaged), (MadeZone(transitions: [(5, 1)]), .damaged),
            (MadeZone(transitions: [(5, 0), (5, 0)]), .damaged), (MadeZone(offsets: []), .damaged),
            (MadeZone(offsets: [100_000]), .damaged),
        ] as [(MadeZone, TimeZoneDataFault)])
    func faults(zone: MadeZone, fault: TimeZoneDataFault) {
        #expect(throws: fault) { try TimeZoneRules(tzif: zone.bytes) }
    }

    @Test("whose counts are beyond all bounds is damaged", arguments: 0..<6)
    func counts(place: Int) {
        var bytes = MadeZone().bytes
        for start in [20 + place * 4, bytes.count - 2 - 4 - 6 - 24 + place * 4] {
            bytes.replaceSubrange(start..<(start + 4), with: [0x7F, 0xFF, 0xFF, 0xFF])
            #expect(throws: TimeZoneDataFault.damaged) { try TimeZoneRules(tzif: bytes) }
        }
        #expect(throws: TimeZoneDataFault.notTZif) { try TimeZoneRules(tzif: Array("TZig".utf8) + bytes.dropFirst(4)) }
    }
}
