import BillingFiles
import RenewalAudit
import Reports
import Testing

@Suite("Pages of the rules")
struct RulePagesTests {
    @Test("Every rule of the audit and of the inputs has one page")
    func everyRule() {
        let audit = RulePages.all.filter { $0.area == .audit }.map(\.identifier)
        let input = RulePages.all.filter { $0.area == .input }.map(\.identifier)
        #expect(audit == AuditRule.allCases.map(\.identifier).sorted())
        #expect(input == InputRule.allCases.map(\.identifier).sorted())
        #expect(RulePages.all.count == audit.count + input.count)
        #expect(Set(audit).isDisjoint(with: input))
    }

    @Test("Each page begins with a sentence and says more", arguments: RulePages.all.map(\.identifier))
    func summary(identifier: String) throws {
        let page = try #require(RulePages.all.first { $0.identifier == identifier })
        #expect(page.summary.hasSuffix("."))
        #expect(page.summary.count > 10 && page.summary.count <= 120)
        #expect(page.text.hasPrefix(page.summary + "\n\n"))
        #expect(!page.text.hasSuffix("\n"))
    }

    @Test("The list has a line a rule, in columns")
    func list() {
        #expect(RulePages.list.count == RulePages.all.count)
        for (line, page) in zip(RulePages.list, RulePages.all) {
            #expect(line.hasPrefix(page.identifier + "  "))
            #expect(line.hasSuffix("  " + page.summary))
        }
        let summaries = zip(RulePages.list, RulePages.all).map { $0.count - $1.summary.count }
        #expect(Set(summaries).count == 1)
    }

    @Test("docs/rules.md is what the program prints")
    func markdown() throws {
        #expect(try GoldenText.repositoryFile("docs/rules.md") == RulePages.markdown + "\n")
    }
}
