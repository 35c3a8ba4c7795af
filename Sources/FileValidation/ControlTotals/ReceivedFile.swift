public import BillingRecords

/// What was read of a file that a control file may speak of.
public struct ReceivedFile: Sendable {
    /// What a file is for in an audit.
    public enum Role: String, Sendable {
        case subscriptions, events, charges, usage, results
    }

    /// What a file holds.
    public struct Content: Sendable {
        /// All records, rejected ones too.
        public var records: Int

        /// The amounts of all records, those that cannot be read under no currency; nil where nobody adds them up.
        public var money: MoneyTally?

        /// The SHA-256 of the file as stored: 64 lower-case hexadecimal digits.
        public var sha256: String

        /// A content from its parts.
        public init(records: Int, money: MoneyTally?, sha256: String) {
            self.records = records
            self.money = money
            self.sha256 = sha256
        }
    }

    /// What the file is for.
    public var role: Role

    /// The name of the file, without folders.
    public var name: String

    /// What it holds; nil when it could not be read to its end, for which there is a finding of its own.
    public var content: Content?

    /// A file from its parts.
    public init(role: Role, name: String, content: Content?) {
        self.role = role
        self.name = name
        self.content = content
    }
}
