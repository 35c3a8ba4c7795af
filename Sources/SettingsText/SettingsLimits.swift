/// How much a settings file may hold; beyond that it is refused, whatever it says.
public struct SettingsLimits: Hashable, Sendable {
    /// The largest file in bytes.
    public var bytes: Int
    /// The largest number of values, each use of an alias counted anew.
    public var values: Int
    /// How deep values may stand in each other.
    public var depth: Int
    /// How many aliases a file with anchors may use.
    ///
    /// Aliases of aliases double what they stand for with each step, so few lines can mean more values than memory has.
    public var aliases: Int

    /// Room for an offers file with tens of thousands of offers.
    public static let standard = SettingsLimits(bytes: 8 << 20, values: 1_000_000, depth: 64, aliases: 24)

    /// Limits.
    public init(bytes: Int, values: Int, depth: Int, aliases: Int) {
        self.bytes = bytes
        self.values = values
        self.depth = depth
        self.aliases = aliases
    }
}
