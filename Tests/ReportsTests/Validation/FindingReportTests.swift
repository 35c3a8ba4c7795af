import FileValidation
import Foundation
import Testing

@testable import BillingFiles
@testable import Reports

/// Every report on the same two files: one with findings of several layers and hostile text, one that was not read.
@Suite("Reports of a validation") struct FindingReportTests {
    private static let line = "C1,S1,renewal,2025-02-30,<b>&\"39333123456700\u{1B}[2J\n"

    private func reported(
        _ rule: InputRule, column: Int, extent: Int, field: String?, found: String,
        severity: FindingSeverity? = nil
    ) -> ReportedFinding {
        let bytes = Array(Self.line.utf8)
        let excerpt = SourceExcerpt(bytes: bytes.span, offset: column - 1, extent: extent, startsFile: true)
        let finding = InputFinding(
            rule: rule,
            place: Place(
                file: "a b/charges.csv", line: 2, record: 1, column: column, field: field, byteOffset: UInt64(column)),
            found: found, expected: "a day of the calendar", extent: extent)
        return ReportedFinding(
            finding, severity: severity ?? rule.severity, excerpt: excerpt)
    }

    /// The whole report, call by call as a run makes them.
    private func text(_ report: some FindingReport) throws -> String {
        var report = report
        var bytes = report.begin()
        bytes += report.add(
            reported(.invalidDate, column: 15, extent: 10, field: "charged_on", found: "2025-02-30"))
        bytes += report.add(
            reported(
                .unknownStatus, column: 26, extent: 22, field: "status", found: "<b>&\"39333123456700\\u{1B}[2J",
                severity: .warning))
        bytes += report.add(
            ReportedFinding(
                InputFinding(
                    rule: .mixedLineEnds, place: .whole("a b/charges.csv"), found: "LF and CR LF", expected: "one"),
                severity: .warning, excerpt: nil))
        let counts: [InputRule: Int] = [.invalidDate: 3, .unknownStatus: 1, .mixedLineEnds: 1, .invalidAmount: 7]
        var outcome = FileValidationOutcome(
            file: "a b/charges.csv", verdict: .invalid, counts: counts, elements: 0, records: 12, notes: [])
        outcome.format = "native-charges"
        let graded = outcome.graded { rule in
            rule == .invalidAmount ? nil : rule == .unknownStatus ? .warning : rule.severity
        }
        bytes += report.end(graded)
        bytes += report.unread(file: "absent.csv", reason: "there is no such file")
        bytes += report.finish()
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test func asText() throws {
        let report = TextReport(
            style: TextStyle(usesColour: false), masked: true, isQuiet: false, shownPerRule: 1)
        try GoldenText.expect(text(report), is: "validation.txt")
    }

    @Test func asJSON() throws {
        let text = try text(JSONReport(version: "1", masked: false))
        try GoldenText.expect(text, is: "validation.json")
        let document = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        let files = try #require(document["files"] as? [[String: Any]])
        #expect(files.map { $0["verdict"] as? String } == ["invalid", "unread"])
        #expect((files[0]["findings"] as? [Any])?.count == 3)
        #expect((document["totals"] as? [String: Any])?["findings"] as? Int == 5)
    }

    @Test func asJSONLines() throws {
        let lines = try text(JSONLinesReport(masked: true)).split(separator: "\n")
        #expect(lines.count == 3)
        for line in lines { _ = try JSONSerialization.jsonObject(with: Data(line.utf8)) }
        #expect(lines[1].contains("***********700"))
    }

    @Test func asSARIF() throws {
        let text = try text(SARIFReport(version: "1", masked: false))
        let document = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(document["version"] as? String == "2.1.0")
        let run = try #require((document["runs"] as? [[String: Any]])?.first)
        let driver = try #require((run["tool"] as? [String: Any])?["driver"] as? [String: Any])
        let rules = try #require(driver["rules"] as? [[String: Any]])
        let results = try #require(run["results"] as? [[String: Any]])
        #expect(results.map { $0["level"] as? String } == ["error", "warning", "warning"])
        for result in results {
            let index = try #require(result["ruleIndex"] as? Int)
            #expect(rules[index]["id"] as? String == result["ruleId"] as? String)
        }
        let location = try #require((results[0]["locations"] as? [[String: Any]])?.first)
        let physical = try #require(location["physicalLocation"] as? [String: Any])
        #expect((physical["artifactLocation"] as? [String: Any])?["uri"] as? String == "a%20b/charges.csv")
        #expect((physical["region"] as? [String: Any])?["startColumn"] as? Int == 15)
        // A finding about the file as a whole has no region.
        let whole = try #require((results[2]["locations"] as? [[String: Any]])?.first)
        #expect((whole["physicalLocation"] as? [String: Any])?["region"] == nil)
        let invocation = try #require((run["invocations"] as? [[String: Any]])?.first)
        #expect(invocation["executionSuccessful"] as? Bool == false)
    }

    @Test func asJUnit() throws {
        let text = try text(JUnitReport(masked: false))
        try GoldenText.expect(text, is: "validation-junit.xml")
        #expect(text.contains("failures=\"1\""))
        #expect(!text.contains("<b>") && !text.contains("\u{1B}"))
    }

    @Test func asHTML() throws {
        let text = try text(HTMLReport(version: "1", masked: true))
        try GoldenText.expect(text, is: "validation.html")
        #expect(!text.contains("<b>&") && !text.contains("\u{1B}") && !text.contains("39333123456700"))
        #expect(!text.contains("<script") && !text.contains("src=") && !text.contains("http:"))
    }

    @Test func reportsWithoutFindingsAreWhole() throws {
        func empty(_ report: some FindingReport) -> Data {
            var report = report
            var bytes = report.begin()
            bytes += report.end(
                FileValidationOutcome(
                    file: "a.csv", verdict: .valid, counts: [:], elements: 0, records: 1, notes: []))
            return Data(bytes + report.finish())
        }
        for bytes in [
            empty(JSONReport(version: "1", masked: false)), empty(SARIFReport(version: "1", masked: false)),
        ] {
            _ = try JSONSerialization.jsonObject(with: bytes)
        }
        #expect(empty(JSONLinesReport(masked: false)).isEmpty)
    }
}
