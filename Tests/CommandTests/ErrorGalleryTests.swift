import Foundation
import Testing

/// Every rule on input files has a folder in `Tests/ErrorGallery`, and is told exactly as recorded there.
@Suite("Error gallery") struct ErrorGalleryTests {
    private static let entries = Result { try GalleryEntry.rules() }
    static let rules = (try? entries.get()) ?? []

    @Test func everyRuleHasAFolder() throws {
        let listed = try Rinnovo.run("rules", "list").output.split(separator: "\n").map { $0.prefix { $0 != " " } }
        #expect(listed.count > 90)
        let folders = try Self.entries.get()
        for rule in listed { #expect(folders.contains(String(rule)), "\(rule) has no folder in Tests/ErrorGallery") }
        for folder in folders { #expect(listed.contains(folder[...]), "\(folder) is no rule") }
    }

    @Test(arguments: rules) func isToldAsRecorded(rule: String) throws {
        let entry = try GalleryEntry(rule: rule)
        guard entry.reason == nil else { return }
        let reports = try entry.run()
        try expect(reports.text, is: "report.txt", of: entry)
        if let json = reports.json { try expect(json, is: "report.json", of: entry) }
        #expect(FileManager.default.fileExists(atPath: "\(entry.path)/report.json") == (reports.json != nil))
    }

    @Test(arguments: rules) func standsWhereItShould(rule: String) throws {
        let entry = try GalleryEntry(rule: rule)
        guard entry.reason == nil, entry.findings == nil else { return }
        #expect(!entry.places.isEmpty)
        let reports = try entry.run()
        let lines = reports.text.split(separator: "\n").filter { $0.contains("[\(rule)]") }
        #expect(lines.count == entry.places.count, "\(reports.text)")
        for (line, place) in zip(lines, entry.places) {
            guard !place.isWhole else {
                #expect(line.hasPrefix("\(place.file): "))
                continue
            }
            let bytes = try entry.bytes(of: place.file)
            let offset = try #require(place.offset(in: bytes))
            #expect(place.holds(in: bytes))
            #expect(line.hasPrefix("\(place.file):\(place.line):\(place.column): "), "\(line)")
            #expect(line.contains("byte \(offset))"), "\(line)")
            if let field = place.field { #expect(line.contains("[\(rule)] \(field): "), "\(line)") }
        }
        guard let json = reports.json else { return }
        let findings = try entry.findings(in: json)
        #expect(findings.count == entry.places.count)
        for (finding, place) in zip(findings, entry.places) { try compare(finding, place, entry) }
    }

    @Test(arguments: rules) func isFoundInItsPeriod(rule: String) throws {
        let entry = try GalleryEntry(rule: rule)
        guard let findings = entry.findings else { return }
        #expect(!findings.isEmpty)
        let table = try entry.run().text.split(separator: "\n").dropLast().map(String.init).joined(separator: "\n")
        let found = CSVTable("\(table)\n").values("subscription_id", "period_start")
        #expect(found.map { $0.joined(separator: "\t") } == findings)
    }

    @Test func theTableIsThatOfTheFolders() throws {
        let page = try GalleryTable.page(try Self.entries.get().map { try GalleryEntry(rule: $0) })
        let file = URL(fileURLWithPath: "\(GalleryEntry.folder)/README.md")
        if GalleryEntry.isRecording { try Data(page.utf8).write(to: file) }
        #expect(String(decoding: try Data(contentsOf: file), as: UTF8.self) == page)
    }

    private func compare(_ finding: [String: Any], _ place: GalleryPlace, _ entry: GalleryEntry) throws {
        #expect(finding["file"] as? String == place.file)
        #expect(finding["remedy"] as? String != "")
        guard !place.isWhole else {
            #expect((finding["line"] as? Int ?? 0) == 0)
            return
        }
        let offset = place.offset(in: try entry.bytes(of: place.file))
        #expect(finding["line"] as? Int == place.line)
        #expect(finding["column"] as? Int == place.column)
        #expect(finding["record"] as? Int == place.record)
        #expect(finding["field"] as? String == place.field)
        #expect((finding["byte_offset"] ?? finding["byte"]) as? Int == offset)
        // The summary of an audit tells where a text begins, and not how long it is.
        guard !entry.isAudit else { return }
        #expect(finding["byte_length"] as? Int ?? 0 == place.length)
    }

    private func expect(_ text: String, is name: String, of entry: GalleryEntry) throws {
        let file = URL(fileURLWithPath: "\(entry.path)/\(name)")
        if GalleryEntry.isRecording { try Data(text.utf8).write(to: file) }
        let recorded = String(decoding: (try? Data(contentsOf: file)) ?? Data(), as: UTF8.self)
        for (line, wanted) in zip(text.split(separator: "\n"), recorded.split(separator: "\n")) {
            #expect(line == wanted, "\(entry.rule)/\(name)")
        }
        #expect(text == recorded, "\(entry.rule)/\(name)")
    }
}
