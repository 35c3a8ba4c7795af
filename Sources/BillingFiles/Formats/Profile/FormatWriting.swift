/// What a profile says of the files that are written in its format, besides the mapping itself.
public struct FormatWriting: Hashable, Sendable {
    /// Where the value of a field comes from that no column of ours feeds.
    public enum Filling: Hashable, Sendable {
        /// A text that is the same in every record.
        case constant(String)
        /// The value of another field.
        case sameAs(String)
        /// A fact that no file of ours holds, so that whoever converts has to state it.
        case given(GivenValue)
        /// The word for what a column of ours holds; only where documents are described.
        case of(ColumnWords)
        /// A text in which names of our columns stand in braces, empty where one of these is; only where documents are
        /// described.
        case joined(String)
    }

    /// Why files of the format are not written, as a sentence; nil where they may be.
    public var refusal: String?

    /// The fields of a record in their order, where a header row names them; empty for those of the fullest layout, or
    /// without layouts for those that the mapping uses.
    public var columns: [String]

    /// The values of fields that no column of ours feeds; all other such fields are empty.
    public var fillings: [String: Filling]

    /// The documents that are written, as XML with holes; empty where records stand on their own.
    public var documents: [String] = []

    /// Whether the records are collected from accounts, by a message of direct debits.
    public var collects = false

    /// The name of the element that takes the records with the same values around them, where a document can hold several.
    public var group: String?

    /// Whether texts of several fields are taken apart from behind, so that the first may hold what stands between.
    public var splitsFromBehind = false

    /// Whether lines end with CR and LF instead of LF.
    public var endsLinesWithCRLF: Bool

    /// The paths of the members of JSON records that are arrays, which are written with one element.
    public var arrays: [String] = []

    /// What a profile without a word on writing says.
    public init(
        refusal: String? = nil, columns: [String] = [], fillings: [String: Filling] = [:],
        endsLinesWithCRLF: Bool = false
    ) {
        self.refusal = refusal
        self.columns = columns
        self.fillings = fillings
        self.endsLinesWithCRLF = endsLinesWithCRLF
    }
}

/// Words for what a column of ours holds.
public struct ColumnWords: Hashable, Sendable {
    /// The column.
    public var column: String

    /// The words, in which `{name}` is a fact that is given; without words the value stands as it is.
    public var words: [String: String]

    /// The word for any other value; nil for nothing.
    public var otherwise: String?

    /// Words of a column.
    public init(column: String, words: [String: String] = [:], otherwise: String? = nil) {
        self.column = column
        self.words = words
        self.otherwise = otherwise
    }
}
