import SettingsText
import Testing

@testable import BillingFiles
@testable import FormatProfiles

/// Times of a place, and what is so from one day on.
@Suite struct ProfileZoneTests {
    private static func rows(_ yaml: String, _ text: String) throws -> [String] {
        let profile = try ProfileFile.read(Array(yaml.utf8), file: "mine.yaml")
        let bytes = Array(text.utf8)
        return WrittenSampleTests.rows(try ForeignFile.open(profile, beginning: bytes, isWhole: true).get(), bytes)
    }

    private static func usage(_ zone: String, _ date: String) -> String {
        """
        name: mine
        record: usage
        zone: \(zone)
        delimited: { delimiter: ";", header: first-row }
        fields:
          record_id: id
          msisdn: { constant: "39" }
          started_at: { column: at, date: "\(date)" }
        """
    }

    @Test(arguments: [
        ("2025-03-30 01:59:59", "2025-03-30T01:59:59+01:00"), ("2025-03-30 02:00:00", "\u{1A}2025-03-30 02:00:00"),
        ("2025-03-30 02:59:59", "\u{1A}2025-03-30 02:59:59"), ("2025-03-30 03:00:00", "2025-03-30T03:00:00+02:00"),
        ("2025-10-26 01:59:59", "2025-10-26T01:59:59+02:00"), ("2025-10-26 02:00:00", "2025-10-26T02:00:00"),
        ("2025-10-26 02:59:59", "2025-10-26T02:59:59"), ("2025-10-26 03:00:00", "2025-10-26T03:00:00+01:00"),
        // An offset of minutes and seconds cannot be written.
        ("1850-01-01 12:00:00", "\u{1A}1850-01-01 12:00:00"), ("2025-02-30 12:00:00", "\u{1A}2025-02-30 12:00:00"),
    ])
    func localTimesGetTheOffsetOfThePlace(written: String, read: String) throws {
        let rows = try Self.rows(Self.usage("Europe/Rome", "YYYY-MM-DD hh:mm:ss"), "id;at\n1;\(written)\n")
        #expect(rows == ["1,39,\(read),,,,,,"])
    }

    @Test func anOffsetOfItsOwnStays() throws {
        let profile = Self.usage("Europe/Rome", "YYYY-MM-DDThh:mm:ssZ")
        #expect(
            try Self.rows(profile, "id;at\n1;2025-03-30T02:30:00Z\n2;2025-03-30T02:30:00-05:00\n") == [
                "1,39,2025-03-30T02:30:00Z,,,,,,", "2,39,2025-03-30T02:30:00-05:00,,,,,,",
            ])
    }

    @Test(arguments: [
        ("Europe/Rome", "1743289199", "2025-03-29"), ("Europe/Rome", "1743289200", "2025-03-30"),
        ("Europe/Rome", "1743371999", "2025-03-30"), ("Europe/Rome", "1743372000", "2025-03-31"),
        ("Europe/Rome", "1761519599", "2025-10-26"), ("Europe/Rome", "1761519600", "2025-10-27"),
        ("UTC", "1743289200", "2025-03-29"), ("none", "1743289200", "2025-03-29"),
        ("+01:00", "1743289200", "2025-03-29"),
    ])
    func daysOfInstantsAreThoseOfThePlace(zone: String, epoch: String, day: String) throws {
        let yaml = """
            name: mine
            record: events
            delimited: { header: first-row }
            fields:
              subscription_id: id
              event: { constant: ended }
              effective_on: { column: at, date: epoch, zone: \(zone) }
            """
        #expect(try Self.rows(yaml, "id,at\nS1,\(epoch)\n") == ["S1,ended,\(day),,"])
    }

    @Test(arguments: ["Europe/Roma", "../etc/passwd", "/etc/passwd", "Europe/", "+15:00", "Rome"])
    func whatIsNoZoneIsTold(zone: String) {
        let yaml = Self.usage("\"\(zone)\"", "YYYY-MM-DD hh:mm:ss")
        #expect(throws: SettingsRefusal.self) { _ = try ProfileFile.read(Array(yaml.utf8), file: "mine.yaml") }
    }

    private static let changing = """
        name: mine
        record: charges
        delimited:
          delimiter: ";"
          header: none
          layouts:
            - { columns: [id, line, code, day, net], when: { column: day, time: DD/MM/YYYY, valid-to: 2025-06-30 } }
            - { columns: [id, code, line, day, net], when: { column: day, time: DD/MM/YYYY, valid-from: 2025-07-01 } }
        fields:
          charge_id: id
          subscription_id: line
          kind:
            first-of:
              - { column: code, map: { A: renewal, B: usage }, when: { column: day, time: DD/MM/YYYY, valid-to: 2025-03-31 } }
              - { column: code, map: { A: usage, B: renewal }, when: { column: day, time: DD/MM/YYYY, valid-from: 2025-04-01 } }
          charged_on: { column: day, date: DD/MM/YYYY }
          amount: { column: net, decimal: "," }
          currency: { constant: EUR }
          status: { constant: posted }
        """

    @Test func wordsMeanWhatTheyMeantOnTheirDay() throws {
        let text = "1;S1;A;31/03/2025;9,90\n2;S1;A;01/04/2025;9,90\n3;S1;B;01/04/2025;9,90\n4;S1;B;30/06/2025;9,90\n"
        #expect(
            try Self.rows(Self.changing, text) == [
                "1,S1,renewal,2025-03-31,,,9.90,EUR,posted", "2,S1,usage,2025-04-01,,,9.90,EUR,posted",
                "3,S1,renewal,2025-04-01,,,9.90,EUR,posted", "4,S1,renewal,2025-06-30,,,9.90,EUR,posted",
            ])
    }

    @Test func layoutsHoldFromADayOn() throws {
        #expect(
            try Self.rows(Self.changing, "1;B;S1;01/07/2025;9,90\n") == ["1,S1,renewal,2025-07-01,,,9.90,EUR,posted"])
        #expect(
            try Self.rows(Self.changing, "1;S1;B;30/06/2025;9,90\n") == ["1,S1,renewal,2025-06-30,,,9.90,EUR,posted"])
        // A file over the day of the change is of neither layout.
        #expect(throws: ForeignMismatch.self) {
            try Self.rows(Self.changing, "1;S1;B;30/06/2025;9,90\n2;B;S1;01/07/2025;9,90\n")
        }
    }

    @Test(arguments: [
        "{ column: day, valid-from: 2025-01-01 }", "{ column: day, time: MM/YYYY, valid-from: 2025-01-01 }",
        "{ column: day, time: DD/MM/YYYY, valid-from: 2025-02-30 }",
        "{ column: day, time: DD/MM/YYYY, valid-from: 2025-02-01, valid-to: 2025-01-31 }",
    ])
    func daysThatSayNothingAreTold(condition: String) {
        let yaml = Self.changing + "\nskip: [{ reason: x, when: \(condition) }]\n"
        #expect(throws: SettingsRefusal.self) { _ = try ProfileFile.read(Array(yaml.utf8), file: "mine.yaml") }
    }
}
