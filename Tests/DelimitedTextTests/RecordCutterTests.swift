import TestSupport
import Testing

@testable import DelimitedText

@Suite struct RecordCutterTests {
    struct Case: Sendable {
        var text: String
        var last: Int
        var first: Int

        /// Cuts after the last and after the first whole record, 0 for none.
        init(_ text: String, last: Int, first: Int) {
            self.text = text
            self.last = last
            self.first = first
        }
    }

    @Test(arguments: [
        Case("", last: 0, first: 0),
        Case("a,b", last: 0, first: 0),
        Case("\n", last: 1, first: 1),
        Case("a\nb\nc", last: 4, first: 2),
        Case("a\r\nb\r", last: 3, first: 3),
        Case("\"a\nb", last: 0, first: 0),
        Case("\"a\nb\"\nc", last: 6, first: 6),
        Case("x\n\"a\nb\"\nc\nd", last: 10, first: 2),
        Case("x\n\"a\nb", last: 2, first: 2),
        Case("x\n\"a\"\"\nb\"\n", last: 10, first: 2),
        // A quote inside an unquoted field opens nothing.
        Case("a\"b\nc\"\n", last: 7, first: 4),
        Case(" \"b\nc\n", last: 6, first: 4),
        // Behind a closing quote the field is unquoted.
        Case("\"a\"b\"\nc\n", last: 8, first: 6),
        Case("\"a\" \"\n,\n", last: 8, first: 6),
    ])
    func cut(example: Case) {
        let bytes = Array(example.text.utf8)
        let cutter = RecordCutter(dialect: .native)
        #expect(cutter.cut(bytes.span) == (example.last > 0 ? .after(example.last) : .noWholeRecord))
        #expect(cutter.cutAfterFirst(bytes.span) == (example.first > 0 ? .after(example.first) : .noWholeRecord))
    }

    /// The last cut is where cutting after the first record, again and again, ends.
    @Test func lastCutFollowsTheFirstCuts() {
        let seed: UInt64 = 0xC077E5
        var texts = RandomText(generator: SplitMix64(seed: seed))
        let cutter = RecordCutter(dialect: .native)
        for round in 0..<3_000 {
            let text = texts.short(most: 20)
            var cut = 0
            while case .after(let count) = cutter.cutAfterFirst(text.span.extracting(cut..<text.count)) { cut += count }
            guard cutter.cut(text.span) == (cut > 0 ? .after(cut) : .noWholeRecord) else {
                Issue.record("seed \(seed), round \(round): \(text)")
                return
            }
        }
    }
}
