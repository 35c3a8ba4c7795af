import ArgumentParser
import Reports

/// `rinnovo rules`: what the rules find and mean.
struct RulesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules", abstract: "Lists and explains the rules.",
        subcommands: [ListRules.self, ExplainRule.self, RulesMarkdown.self])
}

/// `rinnovo rules list`.
struct ListRules: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "Lists the rules, a line each.")

    func run() throws {
        try Console(isQuiet: false, isVerbose: false).tell(RulePages.list)
    }
}

/// `rinnovo rules explain`.
struct ExplainRule: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Explains a rule: what it finds, what it is not, what to do.")

    @Argument(help: "The rule's identifier, for instance uncharged-renewal.")
    var rule: String

    func run() throws {
        guard let page = RulePages.all.first(where: { $0.identifier == rule }) else {
            throw ValidationError("There is no rule '\(rule)'; 'rinnovo rules list' names them all.")
        }
        try Console(isQuiet: false, isVerbose: false).tell([page.identifier, "", page.text])
    }
}

/// `rinnovo rules markdown`: the text of docs/rules.md.
struct RulesMarkdown: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "markdown", abstract: "Prints docs/rules.md.", shouldDisplay: false)

    func run() throws {
        try Console(isQuiet: false, isVerbose: false).tell([RulePages.markdown])
    }
}
