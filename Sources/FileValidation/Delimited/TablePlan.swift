import BillingFiles
import DelimitedText

/// How the rows of one delimited file are judged: column by column, then the columns among each other.
struct TablePlan: Sendable {
    /// A column of the file.
    struct Column: Sendable {
        /// Its name in the header row.
        let name: String
        /// How its values are judged.
        var check: ColumnCheck = .ignored
        /// What its values are called in findings.
        var wording: any ColumnWording = NoWording()
        /// Whether a line break in a quoted value is one that a quote swallowed.
        var refusesLineBreaks = false
        /// Whether a sound value is never the beginning of a longer sound one.
        var isSelfDelimiting = false
    }

    /// The columns in the order of the file.
    var columns: [Column]
    /// The rules about whole records, in the order in which their findings stand.
    var rules: [any RecordRule] = []
    /// The keys of which each stands once.
    var uniqueKeys: [UniqueKey] = []
    /// The bytes in which delimited files differ.
    var dialect = Dialect.native
    /// Whether the bytes of the file are in another encoding than UTF-8.
    var isRecoded = false
    /// Whether a last row without a line end is taken for a cut one.
    var distrustsOpenEnd = false

    /// The columns whose cells a rule compares.
    var compared: Set<Int> {
        var fields = Set(rules.flatMap(\.compared))
        for case .money(_, let currency?) in columns.map(\.check) { fields.insert(currency) }
        return fields
    }

    /// The columns in the order in which they are judged: those first that others need.
    var order: [Int] {
        columns.indices.filter { !columns[$0].isMoney } + columns.indices.filter { columns[$0].isMoney }
    }
}

extension TablePlan.Column {
    fileprivate var isMoney: Bool {
        if case .money = check { true } else { false }
    }
}

/// Columns whose values together stand once in a file.
struct UniqueKey: Sendable {
    /// The columns.
    let fields: [Int]
    /// The rule that a second one breaks.
    let rule: InputRule
    /// Whether a key counts of which a part is empty.
    let countsEmpty: Bool
}

/// What the values of a column are called in findings.
protocol ColumnWording: Sendable {
    /// The rule that a single fault breaks.
    func rule(_ fault: ValueFaults) -> InputRule

    /// What should stand there, for a single fault.
    func expected(_ fault: ValueFaults, _ record: RecordValues) -> String
}

/// The wording of a column that is not judged.
struct NoWording: ColumnWording {
    func rule(_ fault: ValueFaults) -> InputRule { .invalidValue }
    func expected(_ fault: ValueFaults, _ record: RecordValues) -> String { "a value" }
}
