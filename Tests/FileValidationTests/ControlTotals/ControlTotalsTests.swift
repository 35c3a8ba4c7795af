import BillingFiles
import FileValidation
import Testing

/// What senders state of files, against what was read of them.
@Suite struct ControlTotalsTests {
    static let right: [[String]] = [
        ["a.csv,,,,,,"],
        ["a.csv,,1,3,,,"],
        ["a.csv,,7,3,EUR,14.98,\(ControlCase.hash)"],
        ["a.csv,,,,EUR,14.98,\(ControlCase.hash.uppercased())"],
        ["b.csv,,2,2,EUR,10.00,", "b.csv,,2,1,JPY,100,", "b.csv,,,3,,,"],
        ["b.csv,,,,EUR,,", "b.csv,,,3,,,"],
        ["c.csv,,,2,,,"],
        ["a.csv,,,3,EUR,,", "a.csv,,,0,USD,0.00,"],
        ["subscriptions.csv,,,2,,,\(ControlCase.hash)", "events.csv,,,0,,,"],
        ["b.csv,,0018,,,,", "a.csv,,17,,,,", "c.csv,,19,,,,"],
        ["subscriptions.csv,,1,,,,", "a.csv,,1,,,,", "events.csv,,1,,,,"],
        ["a.csv,north,17,,,,", "b.csv,south,17,,,,", "c.csv,south,18,,,,"],
    ]

    @Test(arguments: right) func rightTotalsPass(rows: [String]) throws {
        let text = ([ControlCase.columns] + rows).map { $0 + "\n" }.joined()
        #expect(try ControlCase([text]).findings == [])
    }

    /// Rows, and `line rule field` of what is found.
    static let wrong: [([String], [String])] = [
        // Records and sums.
        (["a.csv,,,4,,,"], ["2 control-total-mismatch records"]),
        (["a.csv,,,2,EUR,,"], ["2 control-total-mismatch records"]),
        (["a.csv,,,3,EUR,14.97,"], ["2 control-total-mismatch amount"]),
        (["a.csv,,,3,EUR,-14.98,"], ["2 control-total-mismatch amount"]),
        (["a.csv,,,,EUR,14.98,", "a.csv,,,,EUR,15.98,"], ["3 control-total-mismatch amount"]),
        (
            ["a.csv,,,3,EUR,14.98,", "a.csv,,,1,USD,1.00,"],
            ["3 control-total-mismatch records", "3 control-total-mismatch amount"]
        ),
        // A currency of which nothing is said; an amount that cannot be read.
        (["b.csv,,,2,EUR,10.00,"], ["2 control-total-mismatch currency"]),
        (["c.csv,,,1,EUR,9.99,"], ["2 control-total-mismatch currency"]),
        // Hashes.
        (["a.csv,,,,,,\(String(repeating: "0b", count: 32))"], ["2 control-total-mismatch sha256"]),
        (["a.csv,,,,,,\(ControlCase.hash.dropLast())"], ["2 control-total-mismatch sha256"]),
        (["a.csv,,,,,,\(ControlCase.hash.dropLast())g"], ["2 control-total-mismatch sha256"]),
        // Sums of what is not added up.
        (["subscriptions.csv,,,2,EUR,,"], ["2 control-total-mismatch currency"]),
        (["subscriptions.csv,,,1,,,"], ["2 control-total-mismatch records"]),
        // Values that cannot be read confirm nothing.
        (["a.csv,,,3x,,,"], ["2 control-total-mismatch records"]),
        (["a.csv,,,-3,,,"], ["2 control-total-mismatch records"]),
        (["a.csv,,,\(String(repeating: "9", count: 30)),,,"], ["2 control-total-mismatch records"]),
        (["a.csv,,1.0,,,,"], ["2 control-total-mismatch sequence"]),
        (["a.csv,,,,EUR,\"14,98\","], ["2 control-total-mismatch amount"]),
        (["a.csv,,,,EUR,99999999999999999999.00,"], ["2 control-total-mismatch amount"]),
        (["a.csv,,,,,14.98,"], ["2 control-total-mismatch currency"]),
        (["a.csv,,,3,eur,14.98,"], ["2 control-total-mismatch currency"]),
        ([",,,3,,,"], ["2 control-total-mismatch file"]),
        // Files that were not given.
        (["d.csv,,,3,EUR,9.99,", "d.csv,,,1,JPY,9,"], ["2 control-file-missing file"]),
        (["a.csv,,17,,,,", "d.csv,,18,,,,", "b.csv,,19,,,,"], ["3 control-file-missing file"]),
        (["folder/a.csv,,,,,,"], ["2 control-file-missing file"]),
        // Sequence numbers.
        (["a.csv,,17,,,,", "b.csv,,19,,,,"], ["3 sequence-gap sequence"]),
        (["b.csv,,19,,,,", "a.csv,,17,,,,"], ["2 sequence-gap sequence"]),
        (["a.csv,,17,,,,", "b.csv,,17,,,,"], ["3 sequence-gap sequence"]),
        (["a.csv,,17,,,,", "a.csv,,18,,,,"], ["3 sequence-gap sequence"]),
        (["a.csv,,0,,,,", "b.csv,,999999999999999999,,,,"], ["3 sequence-gap sequence"]),
        (
            ["a.csv,,1,,,,", "b.csv,,4,,,,", "d.csv,,2,,,,"],
            ["3 sequence-gap sequence", "4 control-file-missing file"]
        ),
        (["a.csv,south,1,,,,", "b.csv,south,3,,,,", "c.csv,north,2,,,,"], ["3 sequence-gap sequence"]),
    ]

    @Test(arguments: wrong) func eachDifferenceIsFound(rows: [String], expected: [String]) throws {
        let text = ([ControlCase.columns] + rows).map { $0 + "\n" }.joined()
        let found = try ControlCase([text])
        #expect(found.summary == expected, "\(found.findings)")
        #expect(found.findings.allSatisfy { $0.rule.breaksTrust && !$0.found.isEmpty && !$0.expected.isEmpty })
        #expect(found.findings.allSatisfy { $0.rule.layer == .controlTotals && $0.rule.severity == .error })
    }

    /// Whole control files, and `line rule field`.
    static let files: [(String, [String])] = [
        ("", ["0 empty-file -"]),
        ("file,records\n", ["0 no-records -"]),
        ("name,records\na.csv,3\n", ["1 control-total-mismatch name", "1 missing-column file"]),
        ("file,record\na.csv,3\n", ["1 control-total-mismatch record"]),
        ("file,records,records\na.csv,3,3\n", ["1 duplicate-column records"]),
        ("file,records\na.csv\n", ["2 wrong-field-count records"]),
        ("file,records\na.csv,3", ["2 truncated-last-row records"]),
        ("file,records\n\"a.csv,3\n", ["2 unclosed-quote file"]),
        ("file,records\n\"a.csv,3\nb.csv\",3\n", ["2 unclosed-quote file"]),
        ("file,records\na.csv,3\nb.csv,\u{0}\n", ["3 nul-byte records"]),
        ("<control/>", ["1 control-total-mismatch <control/>", "1 missing-column file"]),
        ("\u{FEFF}records,file\r\n3,a.csv\r\n4,b.csv\r\n", ["3 control-total-mismatch records"]),
    ]

    @Test(arguments: files) func aControlFileIsReadStrictly(text: String, expected: [String]) throws {
        let found = try ControlCase([text])
        #expect(found.summary == expected, "\(found.findings)")
        #expect(found.findings.contains { $0.rule.breaksTrust })
    }

    @Test func aFindingSaysWhatWasReadAndWhatIsStated() throws {
        let found = try ControlCase("subscriptions.csv,,,,,,", "a.csv,,,3,EUR,1234567.89,").findings
        let finding = try #require(found.first)
        #expect(finding.found == "14.98 EUR")
        #expect(finding.expected == "1,234,567.89 EUR in a.csv, as stated")
        #expect(finding.place.record == 2)
        #expect(finding.place.column == 15)
        let line = ControlCase.columns.utf8.count + 1 + "subscriptions.csv,,,,,,\n".utf8.count
        #expect(finding.place.byteOffset == UInt64(line + 14))
        let gap = try #require(try ControlCase("a.csv,,17,,,,", "b.csv,,21,,,,").findings.first)
        #expect(gap.found == "21 next to 17")
        #expect(gap.expected == "18 to 20 between them")
    }

    @Test func numbersGoOnFromOneControlFileToTheNext() throws {
        let one = "file,sequence\na.csv,17\n"
        #expect(try ControlCase([one, "file,sequence\nb.csv,18\n"]).findings == [])
        let gap = try ControlCase([one, "file,sequence\nb.csv,19\n"]).findings
        #expect(gap.map(\.rule) == [.sequenceGap])
        #expect(gap.map(\.place.file) == ["control1.csv"])
    }

    @Test func twoFilesOfOneNameCannotBeTold() throws {
        let twice = ControlCase.received + [ControlCase.file(.charges, "a.csv", records: 3, money: [])]
        #expect(try ControlCase("a.csv,,,3,,,", received: twice).summary == ["2 control-total-mismatch file"])
    }

    /// A file that could not be read to its end has a finding of its own; its totals say nothing then.
    @Test func aFileThatWasNotReadIsNotCompared() throws {
        let cut = [ReceivedFile(role: .charges, name: "a.csv", content: nil)]
        #expect(try ControlCase("a.csv,,,99,EUR,1.00,", received: cut).findings == [])
    }

    @Test func filesOfWhichNothingIsSaidAreNamed() throws {
        #expect(
            try ControlCase("a.csv,,,,,,", "b.csv,,,,,,").unconfirmed == ["subscriptions.csv", "events.csv", "c.csv"])
    }
}
