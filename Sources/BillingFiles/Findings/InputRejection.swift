/// Why a file cannot be read on: a finding that stops the reading of the file.
public struct InputRejection: Error, Sendable {
    /// The finding.
    public var finding: InputFinding

    /// Whether line and record count from the block at which the reading stopped, not from the file.
    public var isRelativeToBlock: Bool

    init(_ rule: InputRule, at place: Place, found: String, expected: String, isRelativeToBlock: Bool = false) {
        finding = InputFinding(rule: rule, place: place, found: found, expected: expected)
        self.isRelativeToBlock = isRelativeToBlock
    }
}
