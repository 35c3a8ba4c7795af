/// Something wrong with an input: which rule is broken, where, what was found and what was expected.
public struct InputFinding: Hashable, Sendable {
    /// The rule that is broken.
    public var rule: InputRule

    /// Where.
    public var place: Place

    /// What stands there, shortened and with control characters made visible.
    public var found: String

    /// What should stand there.
    public var expected: String

    /// The elements around the place in XML, like `/charges/charge[3]/amount`; nil where there are none.
    public var path: String?

    /// How many bytes of the file, from the place on, the finding is about; 0 where it is about a point.
    public var extent: Int

    /// A finding from its parts.
    public init(
        rule: InputRule, place: Place, found: String, expected: String, path: String? = nil, extent: Int = 0
    ) {
        self.path = path
        self.extent = extent
        self.rule = rule
        self.place = place
        self.found = found
        self.expected = expected
    }
}

/// A finding in one block, before the lines and records of the blocks ahead of it are known.
public struct BlockFinding: Hashable, Sendable {
    /// The rule that is broken.
    public var rule: InputRule

    /// The record among all records of the block, from 0.
    public var record: Int

    /// The physical line in the block, from 0.
    public var line: Int

    /// The byte column on its line, from 1.
    public var column: Int

    /// The byte in the block, from 0.
    public var byteOffset: Int

    /// The name of the field, if it is about one.
    public var field: String?

    /// What stands there, shortened and with control characters made visible.
    public var found: String

    /// What should stand there.
    public var expected: String

    /// A finding from its parts.
    package init(
        rule: InputRule, record: Int, line: Int, column: Int, byteOffset: Int, field: String? = nil, found: String,
        expected: String
    ) {
        self.rule = rule
        self.record = record
        self.line = line
        self.column = column
        self.byteOffset = byteOffset
        self.field = field
        self.found = found
        self.expected = expected
    }
}
