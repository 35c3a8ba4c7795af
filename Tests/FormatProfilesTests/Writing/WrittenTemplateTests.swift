import SettingsText
import Testing

@testable import BillingFiles
@testable import FormatProfiles

/// How records become parts of documents that a profile describes.
@Suite struct WrittenTemplateTests {
    private static func profile(_ write: String) throws -> FormatProfile {
        let text = """
            name: bills
            record: charges
            xml:
              records: [/Bills/Bill/Line, /Bills/Bill/Credit]
              tables:
                notes: { each: Note, key: "@type", value: Text }
            fields:
              charge_id: { join: ["../@no", "@no"], with: "/" }
              subscription_id: "notes['line']"
              kind: { column: "name()", map: { Line: renewal, Credit: credit } }
              charged_on: { column: /Bills/Day, date: YYYY-MM-DD }
              period_start: { column: From, date: YYYY-MM-DD }
              amount: Net
              currency: { constant: EUR }
              status: { constant: posted }
            write:
            \(write)

            """
        return try ProfileFile.read(Array(text.utf8), file: "bills.yaml")
    }

    private static let whole = """
          group: Bill
          split: last
          values:
            seller: { given: "Who sells." }
            tax-percent: { given: "The tax.", form: percent }
            mood: { of: kind, map: { credit: good }, otherwise: "{seller}" }
            told: { text: "from {period_start}" }
          documents: |
            <Bills>
              <Day>{}</Day>
              <Seller mood="{mood}">{seller}</Seller>
              <Bill no="{}">
                <Sum n="{count}">{sum Net}</Sum>
                <Tax>{tax Net}</Tax>
                <Due>{gross Net}</Due>
                <Line no="{}"><Net>{unsigned}</Net><From>{}</From><Note type="line"><Text>{8}</Text></Note><Told>{told}</Told></Line>
                <Credit no="{}"><Net>{}</Net><Note type="line"><Text>{8}</Text></Note></Credit>
              </Bill>
            </Bills>
        """

    private static let columns = [
        "charge_id", "subscription_id", "kind", "charged_on", "period_start", "amount", "currency", "status",
    ]

    @Test func recordsWithTheSameAroundThemShareIt() throws {
        let trip = try FormatRoundTrip(
            try Self.profile(Self.whole), columns: Self.columns,
            rows: [
                ["A/1/1", "S1", "renewal", "2025-06-01", "2025-06-01", "9.99", "EUR", "posted"],
                ["B/1", "S2", "renewal", "2025-06-02", "", "0.05", "EUR", "posted"],
                ["A/1/2", "S\"<&", "renewal", "2025-06-01", "", "0.02", "EUR", "posted"],
                ["C/1", "S1", "renewal", "2025-06-01", "", "5", "EUR", "posted"],
                // What these hold has no place.
                ["C/2", "S1", "credit", "2025-06-01", "2025-06-01", "-5", "EUR", "posted"],
                ["C/3", "S1", "renewal", "2025-06-01", "", "-5", "EUR", "posted"],
                ["C/4", "longer than 8", "renewal", "2025-06-01", "", "5", "EUR", "posted"],
                ["C/5", "S1", "usage", "2025-06-01", "", "5", "EUR", "posted"],
                ["C6", "S1", "renewal", "2025-06-01", "", "5", "EUR", "posted"],
                ["C/7", "S1", "renewal", "2025-06-01", "", "5", "USD", "posted"],
                ["D/1", "S1", "credit", "2025-06-01", "", "-1.00", "EUR", "posted"],
            ])
        #expect(trip.refused == [4, 5, 6, 7, 8, 9])
        #expect(trip.order == [0, 2, 3, 1, 10])
        let texts = trip.files.map { String(decoding: $0, as: UTF8.self) }
        #expect(texts.count == 3)
        #expect(
            texts[0] == """
                <?xml version="1.0" encoding="UTF-8"?>
                <Bills>
                  <Day>2025-06-01</Day>
                  <Seller mood="Easy Telecom">Easy Telecom</Seller>
                  <Bill no="A/1">
                    <Sum n="2">10.01</Sum>
                    <Tax>2.20</Tax>
                    <Due>12.21</Due>
                    <Line no="1">
                      <Net>9.99</Net>
                      <From>2025-06-01</From>
                      <Note type="line">
                        <Text>S1</Text>
                      </Note>
                      <Told>from 2025-06-01</Told>
                    </Line>
                    <Line no="2">
                      <Net>0.02</Net>
                      <Note type="line">
                        <Text>S"&lt;&amp;</Text>
                      </Note>
                    </Line>
                  </Bill>
                  <Bill no="C">
                    <Sum n="1">5</Sum>
                    <Tax>1.10</Tax>
                    <Due>6.10</Due>
                    <Line no="1">
                      <Net>5</Net>
                      <Note type="line">
                        <Text>S1</Text>
                      </Note>
                    </Line>
                  </Bill>
                </Bills>

                """)
        #expect(texts[1].contains("<Tax>0.01</Tax>"))
        #expect(texts[2].contains("<Seller mood=\"good\">") && texts[2].contains("<Tax>-0.22</Tax>"))
        let back = try trip.readBack()
        #expect(back.findings.isEmpty)
        #expect(back.rows.map { $0[0] } == ["A/1/1", "A/1/2", "C/1", "B/1", "D/1"])
        #expect(back.rows.map { $0[6] } == ["9.99", "0.02", "5", "0.05", "-1.00"])
    }

    /// A total that no amount can state is none, and neither is the tax on it.
    @Test(arguments: [("0.01", 9, false), ("90000000000000000", 1, true), ("9000000000000000", 20, true)])
    func sumsHaveRoomOrNot(amount: String, count: Int, isOverflowing: Bool) {
        var group = DocumentTotals()
        for _ in 0..<count { group.add([Array(amount.utf8), []]) }
        var document = DocumentTotals()
        document.add(group)
        #expect(document.isOverflowing == isOverflowing)
    }

    /// What is wrong with a template is said of the profile.
    @Test(arguments: [
        ("<Bills><Day>{}</Day></Bills>", "it holds no record"),
        ("<Bills><Day>{}</Day><Bill><Line></Bill></Bills>", "'</Line>' is expected before '</Bill></Bills>'"),
        (
            "<Bills><Bill><Line><Gross>{}</Gross></Line></Bill></Bills>",
            "the profile reads nothing at the hole in 'Gross'"
        ),
        ("<Bills><Bill><Line><Net>{nobody}</Net></Line></Bill></Bills>", "{nobody} is no value of 'values'"),
        (
            "<Bills><Bill><Sum>{sum Gross}</Sum><Line><Net>{}</Net></Line></Bill></Bills>",
            "'Gross', whose sum it states"
        ),
        ("<Bills><Bill><Line><Net>&amp;</Net></Line></Bill></Bills>", "entities are not read"),
        ("<Bills><Bill><Line><Net>{}{}</Net></Line></Bill></Bills>", "is no text with one hole in it"),
        ("<b:Bills/>", "the prefix of 'b:Bills' is not declared"), ("<Bills/> more", "something stands behind"),
        (" ", "'<' is expected before ''"), ("<Bills", "is expected"), ("<Bills a=\"", "it ends too early"),
    ])
    func isRefused(template: String, reason: String) throws {
        let profile = try Self.profile("  documents: '\(template.replacing("'", with: "''"))'")
        guard case .failure(let refusal) = WritingPlan.make(profile) else {
            Issue.record("it can be written")
            return
        }
        #expect(refusal.reason.contains(reason), "\(refusal.reason)")
    }

    private static let shared = """
          split: last
          parts:
            day: |
              <Day>{}</Day>
            line: <Net>{}</Net>
          documents:
            - <Bills>{part day}<Bill no="{}"><Line no="{}">{part line}<From>{}</From></Line></Bill></Bills>
            - <Bills>{part day}<Bill no="{}"><Credit no="{}">{part line}</Credit></Bill></Bills>
        """

    @Test func partsStandInEveryDocumentThatNamesThem() throws {
        #expect(
            try Self.profile(Self.shared).writing.documents == [
                "<Bills><Day>{}</Day>\n<Bill no=\"{}\"><Line no=\"{}\"><Net>{}</Net><From>{}</From></Line></Bill></Bills>",
                "<Bills><Day>{}</Day>\n<Bill no=\"{}\"><Credit no=\"{}\"><Net>{}</Net></Credit></Bill></Bills>",
            ])
    }

    @Test(arguments: [
        (shared.replacing("{part day}", with: "{part days}"), "{part days}", "a part that 'parts' has"),
        (shared.replacing("{part line}", with: ""), "the part 'line', which no document names", "no such part"),
        ("  parts:\n    day: <Day>{}</Day>", "parts without documents", "'documents' that name them"),
        (shared.replacing("<Net>{}</Net>", with: "<Net>{part day}</Net>"), "a part in a part", "elements and holes"),
    ])
    func faultsOfParts(write: String, found: String, expected: String) throws {
        let refusal = #expect(throws: SettingsRefusal.self) { try Self.profile(write) }
        let faults = refusal?.faults ?? []
        #expect(faults.contains { $0.found == found && $0.expected == expected }, "\(faults)")
    }
}
