import BillingFiles
import Reports
import Testing

@Suite("Text for the terminal")
struct AuditTextTests {
    private let files: [(name: String, records: Int?)] = [
        ("discrepancies.csv", 8), ("recovery-plan.csv", 1), ("corrected-charges.csv", 12_434), ("summary.json", nil),
    ]

    private func lines(colour: Bool, verbose: Bool, directory: String? = "out") throws -> [String] {
        AuditText(try SmallOutcome().outcome, style: TextStyle(usesColour: colour), isVerbose: verbose)
            .lines(directory: directory, files: files)
    }

    @Test("The text of a small outcome", arguments: [false, true])
    func golden(verbose: Bool) throws {
        let text = try lines(colour: false, verbose: verbose).joined(separator: "\n") + "\n"
        try GoldenText.expect(text, is: verbose ? "audit-verbose.txt" : "audit.txt")
        // Neither escape sequences from the input nor phone numbers come through.
        #expect(!text.contains("\u{1B}"))
        #expect(!text.contains("393331234567"))
    }

    @Test("Colour only adds escape sequences", arguments: [false, true])
    func colour(verbose: Bool) throws {
        let coloured = try lines(colour: true, verbose: verbose)
        let plain = try lines(colour: false, verbose: verbose)
        #expect(coloured.map(Self.withoutEscapes) == plain)
        #expect(coloured != plain)
        for line in coloured {
            #expect(line.split(separator: "\u{1B}[", omittingEmptySubsequences: false).count % 2 == 1)
        }
    }

    @Test("A dry run says that nothing was written, and lists nothing")
    func dryRun() throws {
        let lines = try lines(colour: false, verbose: false, directory: nil)
        #expect(lines.last == "Dry run: nothing was written.")
        #expect(!lines.contains { $0.contains("discrepancies.csv") })
    }

    private static func withoutEscapes(_ line: String) -> String {
        line.replacing(/\u{1B}\[[0-9;]*m/, with: "")
    }
}
