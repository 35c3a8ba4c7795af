import BillingRecords
import BillingValues
import Testing

@testable import BillingFiles

@Suite("Events are read from native files")
struct NativeEventDecoderTests {
    /// An events text decoded as one block.
    private struct Decoded {
        var batch = EventBatch()
        let decoded: DecodedBlock
        let findings: [InputFinding]

        init(_ text: [UInt8]) throws {
            let scratch = try ScratchDirectory()
            let sequence = BlockSequence(sources: [try InputSource(path: scratch.write(text, to: "events.csv"))])
            let header = try sequence.readHeader().get()
            var decoder = try NativeFiles.eventDecoder(header: header, file: "events.csv").get()
            let block = try #require(try sequence.nextBlock(reusing: [])?.get())
            decoded = decoder.decode(block, into: &batch)
            var directory = BlockDirectory(files: ["events.csv"])
            directory.beginFile(0, headerLines: header.lines)
            findings = directory.add(block, decoded)
        }
    }

    private static let header = NativeColumns.events.joined(separator: ",") + "\n"

    @Test("a row becomes an event with all its values", arguments: EventKind.allCases)
    func everyKind(kind: EventKind) throws {
        let value =
            switch kind {
            case .priceChanged, .discounted: "9.99"
            case .cycleChanged: "P30D"
            default: "\"a \"\"b\"\"\""
            }
        let decoded = try Decoded(Array((Self.header + "S1,\(kind.word),2024-02-29,2024-03-01,\(value)\n").utf8))
        let event = try #require(decoded.batch.events.first)
        #expect(decoded.findings.isEmpty)
        #expect(event.isSound)
        #expect(event.kind == kind)
        #expect(String(decoding: event.subscription, as: UTF8.self) == "S1")
        #expect(event.effectiveOn == CivilDate("2024-02-29"))
        #expect(event.until == CivilDate("2024-03-01"))
        #expect(String(decoding: event.value, as: UTF8.self) == (value.hasPrefix("\"") ? "a \"b\"" : value))
    }

    /// Rows behind the header row; each mark names the rule and the field.
    static let rows = [
        "⟨missing-subscription subscription_id⟩,free,2024-01-02,,", "S1,⟨missing-value event⟩,2024-01-02,,",
        "S1,⟨unknown-event event⟩Suspended,2024-01-02,,", "S1,free,⟨missing-value effective_on⟩,,",
        "S1,free,⟨invalid-date effective_on⟩2024-02-30,,", "S1,free,2024-01-02,⟨invalid-date until⟩never,",
        "S1,free,2024-01-02,⟨invalid-until until⟩2024-01-02,", "S1,cycle_changed,2024-01-02,,⟨missing-value value⟩",
        "S1,cycle_changed,2024-01-02,,⟨invalid-cycle value⟩P0D", "S1,price_changed,2024-01-02,,⟨missing-value value⟩",
        "S1,price_changed,2024-01-02,,⟨invalid-amount value⟩\"9,99\"",
        "S1,discounted,2024-01-02,,⟨negative-price value⟩-1",
        "S1,offer_changed,2024-01-02,,⟨missing-value value⟩", "S1,renumbered,2024-01-02,,⟨missing-value value⟩",
    ]

    @Test("faults are found at their place, and the row stays as one that is not sound", arguments: rows)
    func faults(row: String) throws {
        let sound = "S,suspended,2024-01-02,,\n"
        let marked = MarkedText(Self.header + sound + row + "\n" + sound)
        let decoded = try Decoded(marked.bytes)
        let expected = marked.marks.map { mark in
            let words = mark.name.split(separator: " ").map(String.init)
            return "\(words[0]) \(marked.place(mark, file: "events.csv", field: words[1]))"
        }
        #expect(decoded.findings.map { "\($0.rule.identifier) \($0.place)" } == expected)
        #expect(decoded.decoded.rejected == 1)
        #expect(decoded.batch.events.count == (row.contains("missing-subscription") ? 2 : 3))
        #expect(decoded.batch.events.count(where: \.isSound) == 2)
    }
}
