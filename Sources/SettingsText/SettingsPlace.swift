/// Where something stands in a settings file.
public struct SettingsPlace: Hashable, Sendable {
    /// The line, from 1.
    public let line: Int

    /// The column in Unicode scalars, from 1.
    public let column: Int

    /// A place; numbers below 1 count as 1.
    public init(line: Int, column: Int) {
        self.line = max(1, line)
        self.column = max(1, column)
    }
}
