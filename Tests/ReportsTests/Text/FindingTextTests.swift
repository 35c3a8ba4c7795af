import BillingFiles
import Testing

@testable import Reports

@Suite("Findings on inputs as lines")
struct FindingTextTests {
    private let text = FindingText(style: TextStyle(usesColour: false), isVerbose: false)

    private func finding(_ rule: InputRule, line: Int = 3, field: String? = "kind", found: String = "x")
        -> InputFinding
    {
        InputFinding(
            rule: rule,
            place: line == 0
                ? .whole("a\u{1B}.csv")
                : Place(file: "a\u{1B}.csv", line: line, record: 2, column: 7, field: field, byteOffset: 99),
            found: found, expected: "y")
    }

    @Test("Place, rule, field, found, expected, remedy")
    func line() {
        #expect(
            text.line(finding(.unknownKind, found: "393331234567"))
                == "a\\u{1B}.csv:3:7: error: [unknown-kind] kind: found *********567, expected y; "
                + "use one of the known words (record 2, byte 99)")
        #expect(
            text.line(finding(.unclosedQuote, field: nil))
                == "a\\u{1B}.csv:3:7: error: [unclosed-quote] found x, expected y; "
                + "close the quote, or double it if it belongs to the text (record 2, byte 99)")
        #expect(
            text.line(finding(.emptyFile, line: 0))
                == "a\\u{1B}.csv: error: [empty-file] found x, expected y; "
                + "export the file again and see that it is complete")
    }

    @Test("Five of a rule are shown, or all that were kept", arguments: [4, 5, 6, 1_200])
    func caps(count: Int) {
        var findings = InputFindings(keptPerRule: 10)
        for line in 1...count { findings.add(finding(.unknownKind, line: line)) }
        findings.add(finding(.invalidDate))
        let brief = text.lines(findings)
        #expect(brief.count == min(count, 5) + (count > 5 ? 1 : 0) + 1)
        #expect(brief.first?.contains("[invalid-date]") == true)
        #expect((brief.last == "  and \(AmountText.people(count - 5)) more of unknown-kind") == (count > 5))
        let verbose = FindingText(style: TextStyle(usesColour: false), isVerbose: true).lines(findings)
        #expect(verbose.count == min(count, 10) + (count > 10 ? 1 : 0) + 1)
    }

    @Test("Columns of a table are as wide as their widest cell")
    func table() {
        var table = TextTable(["name", "count"])
        #expect(table.isEmpty)
        table.add(["é", "1,000,000"])
        table.add(["a longer one", "2"])
        #expect(!table.isEmpty)
        #expect(
            table.lines(TextStyle(usesColour: false)) == [
                "  name               count", "  é              1,000,000", "  a longer one           2",
            ])
    }
}
