import BillingFiles
import Foundation
import SettingsText
import Testing

@testable import FormatProfiles

@Suite struct ProfileFileTests {
    private let sound = """
        name: mine
        record: usage
        delimited: { header: first-row }
        fields:
          record_id: id
          msisdn: number
          started_at: { column: start, date: "YYYY-MM-DD hh:mm" }

        """

    @Test func readsAProfile() throws {
        let profile = try ProfileFile.read(Array(sound.utf8), file: "mine.yaml")
        #expect(profile.name == "mine")
        #expect(profile.kind == .usage)
        #expect(profile.fields.map(\.column) == ["record_id", "msisdn", "started_at"])
    }

    /// Each fault with its line and column, and what to write instead.
    @Test(arguments: [
        ("record: usage", "record: usages", "mine.yaml:2:9: record: found 'usages'", "did you mean 'usage'?"),
        ("name: mine", "name: Mine", "mine.yaml:1:7: name: found 'Mine'", "small letters"),
        ("  msisdn: number", "  msisdm: number", "mine.yaml:6:11: fields.msisdm", "did you mean 'msisdn'?"),
        ("YYYY-MM-DD hh:mm", "YYYY-MM-DD", "mine.yaml:7:38: fields.started_at.date", "a time of the day"),
        ("YYYY-MM-DD hh:mm", "yyyy", "mine.yaml:7:38: fields.started_at.date", "a pattern of"),
        ("{ header: first-row }", "{ header: none }", "mine.yaml:3:12: delimited", "'header', 'layouts' or both"),
        (
            "{ header: first-row }", "{ header: first-row, quote: none, delimeter: ';' }", "the key 'delimeter'",
            "'delimiter'"
        ),
        ("record_id: id", "record_id: { column: id, constant: x }", "found column and constant", "one of column"),
        ("record_id: id", "record_id: { column: id, trim: maybe }", "fields.record_id.trim", "true, false"),
        ("  msisdn: number\n", "", "nothing for 'msisdn'", "every record of usage has one"),
        (
            "delimited: { header: first-row }\n", "", "no layout",
            "'delimited', 'fixed-width', 'xml', 'json' and 'tables'"
        ),
    ])
    func tellsFaults(old: String, new: String, place: String, advice: String) throws {
        let text = sound.replacing(old, with: new)
        #expect(text != sound)
        let refusal = #expect(throws: SettingsRefusal.self) {
            _ = try ProfileFile.read(Array(text.utf8), file: "mine.yaml")
        }
        let words = try #require(refusal?.description)
        #expect(words.contains(place), "\(words)")
        #expect(words.contains(advice), "\(words)")
    }

    @Test func namesMustStandInALayout() throws {
        let text = """
            name: mine
            record: usage
            delimited:
              layouts: [{ columns: [id, number, start] }]
            fields:
              record_id: id
              msisdn: numbr
              started_at: { column: start, date: epoch }
            """
        let refusal = #expect(throws: SettingsRefusal.self) {
            _ = try ProfileFile.read(Array(text.utf8), file: "mine.yaml")
        }
        #expect(refusal?.description.contains("did you mean 'number'?") == true)
    }

    @Test func everyShippedProfileIsSound() throws {
        let profiles = try ShippedProfiles.all()
        #expect(profiles.map(\.name) == ShippedProfiles.names)
        for profile in profiles {
            #expect(!profile.source.isEmpty, "\(profile.name) names no source")
            #expect(!profile.title.isEmpty)
        }
    }
}

@Suite struct ShippedProfilesTests {
    /// The program carries the profiles as they stand in the sources; `script/generate` brings them in.
    @Test func theProgramCarriesTheFiles() throws {
        let folder = "Sources/FormatProfiles/Profiles/"
        for name in ShippedProfiles.names {
            let text = try String(contentsOfFile: folder + name + ".yaml", encoding: .utf8)
            #expect(
                text == ShippedProfiles.text(named: name), "\(name) is stale: run script/generate")
            #expect(try ShippedProfiles.profile(named: name)?.name == name)
        }
        let files = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".yaml") }
        #expect(files.count == ShippedProfiles.names.count)
    }
}
