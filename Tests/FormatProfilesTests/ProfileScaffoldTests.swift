import SettingsText
import Testing

@testable import BillingFiles
@testable import FormatProfiles

@Suite struct ProfileScaffoldTests {
    /// Where the file tells everything, the proposal is a profile that reads it.
    @Test func aTellingFileIsRead() throws {
        let text = """
            call_id;caller;called;start;duration;cost;currency
            7;39055;39347;13/03/2025 10:00:00;60;0,05;EUR
            8;39055;39348;14/03/2025 11:00:00;5;0,10;EUR

            """
        let bytes = Array(text.utf8)
        let yaml = try #require(ProfileScaffold(beginning: bytes, isWhole: true)).yaml
        let profile = try ProfileFile.read(Array(yaml.utf8), file: "mine.yaml")
        let file = try ForeignFile.open(profile, beginning: bytes, isWhole: true).get()
        #expect(
            WrittenSampleTests.rows(file, bytes) == [
                "7,39055,2025-03-13T10:00:00,voice,60,,39347,0.05,EUR",
                "8,39055,2025-03-14T11:00:00,voice,5,,39348,0.10,EUR",
            ])
    }

    /// What two answers fit, or none, is asked and not guessed.
    @Test(arguments: [
        (
            "id,caller,start\n1,39055,03/04/2025 10:00:00\n",
            "# started_at: start may be DD/MM/YYYY hh:mm:ss or MM/DD/YYYY hh:mm:ss: which?"
        ),
        ("a|b|2025-03-01 10:00:00\nc|d|2025-03-02 10:00:00\n", "# msisdn: which field?"),
        ("line,when,sum\nL1,2025-03-01,9.99\n", "record: charges"),
    ])
    func asksForTheRest(text: String, expected: String) throws {
        let yaml = try #require(ProfileScaffold(beginning: Array(text.utf8), isWhole: true)).yaml
        #expect(yaml.contains(expected), "\(yaml)")
        #expect(throws: SettingsRefusal.self) { _ = try ProfileFile.read(Array(yaml.utf8), file: "mine.yaml") }
    }

    @Test(arguments: ["", "one\ntwo\n", "a,b\nc\n"])
    func nothingIsProposedForNoTable(text: String) {
        #expect(ProfileScaffold(beginning: Array(text.utf8), isWhole: true) == nil)
    }
}
