public import BillingValues

/// What the records of native documents are compared with.
public struct RecordSettings: Sendable {
    /// The last day that has come; nil where nothing is said of days to come.
    public var today: CivilDate?
    /// The lines that charges and events may name; nil where nothing is known of them.
    public var lines: KnownLines?

    /// Settings; without arguments each document stands for itself.
    public init(today: CivilDate? = nil, lines: KnownLines? = nil) {
        self.today = today
        self.lines = lines
    }
}
