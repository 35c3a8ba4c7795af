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
    }

    /// Why files of the format are not written, as a sentence; nil where they may be.
    public var refusal: String?

    /// The fields of a record in their order, where a header row names them; empty for those of the fullest layout, or
    /// without layouts for those that the mapping uses.
    public var columns: [String]

    /// The values of fields that no column of ours feeds; all other such fields are empty.
    public var fillings: [String: Filling]

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
