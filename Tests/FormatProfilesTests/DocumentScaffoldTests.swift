import SettingsText
import Testing

@testable import BillingFiles
@testable import FormatProfiles

/// A proposal for an unknown document has no faults, and reads the document.
@Suite struct DocumentScaffoldTests {
    private static let xml = """
        <?xml version="1.0"?>
        <b:Bill xmlns:b="urn:example:bill"><b:Number>N1</b:Number><b:Date>2025-03-01</b:Date>
        <b:Currency>EUR</b:Currency><b:Pay><b:Iban>X</b:Iban></b:Pay>
        <b:Line id="1"><b:Contract>S1</b:Contract><b:Net><b:Amount>9.90</b:Amount></b:Net></b:Line>
        <b:Line id="2"><b:Contract>S2</b:Contract><b:Net><b:Amount>4.50</b:Amount></b:Net></b:Line></b:Bill>
        """

    private static let json = """
        {"account":"A","items":[{"item id":"1","contract":"S1","day":"2025-03-01","net":{"amount":9.90,"currency":"EUR"}},
        {"item id":"2","contract":"S2","tags":["a"],"day":"2025-03-01","net":{"amount":4.50,"currency":"EUR"}}]}
        """

    private static let lines = """
        {"id":1,"contract":"S1","day":"2025-03-01","amount":9.90,"currency":"EUR"}
        {"id":2,"contract":"S2","day":"2025-03-01","amount":4.50,"currency":"EUR"}
        """

    @Test(arguments: [xml, json, lines])
    func readsWhatItWasMadeOf(text: String) throws {
        let bytes = Array(text.utf8)
        let outline = try #require(DocumentOutline(beginning: bytes))
        let profile = try ProfileFile.read(Array(ProfileScaffold(outline).yaml.utf8), file: "mine.yaml")
        let file = try ForeignFile.open(profile, beginning: bytes, isWhole: true).get()
        let read = try DocumentRows(file, bytes)
        #expect(
            read.rows == [
                "1,S1,renewal,2025-03-01,,,9.90,EUR,posted", "2,S2,renewal,2025-03-01,,,4.50,EUR,posted",
            ])
        #expect(read.trial.findings.isEmpty)
    }

    @Test(arguments: ["", "[]", "{}", "[[]]", "[1,2]", "<a", "<a/>", "no document", "[{\"a\":", "{\"a\":[[{}]]}", "]}"])
    func ofNothingNothingIsProposed(text: String) {
        #expect(DocumentOutline(beginning: Array(text.utf8)).map(\.record) == nil)
    }

    @Test func aDocumentThatIsCutIsProposedForAsFarAsItGoes() throws {
        for cut in [60, 140, 200, 260] {
            guard let outline = DocumentOutline(beginning: Array(Self.json.utf8.prefix(cut))) else { continue }
            #expect(!ProfileScaffold(outline).yaml.isEmpty)
        }
        #expect(DocumentOutline(beginning: Array(Self.json.utf8.prefix(140)))?.record == "/items")
    }
}
