/// The findings on the inputs of one run: every one counted, the first of each rule kept.
public struct InputFindings: Sendable {
    /// How many findings of a rule are kept with their place; all are counted.
    public let keptPerRule: Int

    /// The kept findings in the order of the files.
    public private(set) var kept: [InputFinding] = []

    /// How many findings there are of each rule.
    public private(set) var counts: [InputRule: Int] = [:]

    /// No findings; of each rule the first `keptPerRule` will be kept.
    public init(keptPerRule: Int = 1000) {
        self.keptPerRule = keptPerRule
    }

    /// Adds a finding; they must come in the order of the files.
    public mutating func add(_ finding: InputFinding) {
        counts[finding.rule, default: 0] += 1
        if counts[finding.rule, default: 0] <= keptPerRule { kept.append(finding) }
    }

    /// Whether nothing was found.
    public var isEmpty: Bool { counts.isEmpty }

    /// How many findings there are.
    public var total: Int { counts.values.reduce(0, +) }

    /// Whether no verdict may be given on these inputs.
    public var breakTrust: Bool { counts.keys.contains(where: \.breaksTrust) }
}
