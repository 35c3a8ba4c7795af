import DelimitedText
import XMLStream

/// A foreign file as it is read: its profile, and what its beginning told of it.
public struct ForeignFile: Sendable {
    /// The profile.
    public let profile: FormatProfile

    /// How the file is cut into records, and what stands before them.
    public let form: DelimitedForm

    /// The names of the fields of its records, those of the profile where the file has none.
    public let columns: [String]

    /// What tells that the file is of this format, in words.
    public let reasons: [String]

    /// Whether more than the number of fields tells it.
    public let isCharacteristic: Bool

    /// The plan of the mapping.
    let plan: MappingPlan

    /// How the characters of an XML document are written in bytes; nil for other files.
    var markup: XMLEncoding?

    /// Whether the file is one of the format that holds no records: a notice, not a batch.
    public var isWithoutRecords = false

    /// Whether the rows are made for a copy, which counts the values that no column of ours is for.
    public var makesCopies = false

    init(
        profile: FormatProfile, form: DelimitedForm, columns: [String], reasons: [String], isCharacteristic: Bool,
        plan: MappingPlan
    ) {
        self.profile = profile
        self.form = form
        self.columns = columns
        self.reasons = reasons
        self.isCharacteristic = isCharacteristic
        self.plan = plan
    }

    /// The columns of the rows that are made of its records.
    public var rowColumns: [String] { plan.columns }

    /// The layout of the rows that are made of its records.
    var rowLayout: NativeLayout {
        NativeLayout(names: plan.columns, fields: Array(0..<profile.kind.columns.count))
    }

    /// How its records are joined, if they are events.
    var pairs: EventPairs? {
        guard case .delimited(let records) = profile.layout else { return nil }
        return records.pairs
    }

    /// What makes the rows; each thread has one of its own.
    func rowMaker() -> RowMaker {
        switch profile.layout {
        case .delimited(let records):
            records.pairs.map { .paired(PairedRowMaker(self, $0)) } ?? .delimited(DelimitedRowMaker(self, records))
        case .fixedWidth(let records): .fixedWidth(FixedWidthRowMaker(self, records))
        case .xml, .json, .tables: .made
        }
    }

    /// How many bytes of a file's beginning tell its layout.
    public static let beginningLength = 64 << 10
}

/// Why a file is not of a format.
public struct ForeignMismatch: Error, Hashable, Sendable {
    /// What was found, in words.
    public let found: String

    /// What the format has, in words.
    public let expected: String

    /// A reason.
    public init(found: String, expected: String) {
        self.found = found
        self.expected = expected
    }
}

extension ForeignFile {
    /// Opens a file of a format by its beginning; a failure says why the file is not of the format.
    ///
    /// - Parameters:
    ///   - beginning: the first `beginningLength` bytes, or all there are.
    ///   - isWhole: whether these are all bytes of the file.
    public static func open(
        _ profile: FormatProfile, beginning: [UInt8], isWhole: Bool
    ) -> Result<ForeignFile, ForeignMismatch> {
        let text = profile.encoding.decoded(beginning)
        switch profile.layout {
        case .delimited(let records):
            return DelimitedOpening(profile, records, text, isWhole: isWhole).open()
        case .fixedWidth(let records):
            return FixedWidthOpening(profile, records, text, isWhole: isWhole).open()
        case .xml(let records): return XMLOpening(profile, records, beginning).open()
        case .json(let records): return JSONOpening(profile, records, beginning, isWhole: isWhole).open()
        case .tables(let records): return TablesOpening(profile, records, beginning).open()
        }
    }
}

/// Makes rows of our columns from the blocks of a foreign file.
enum RowMaker: Sendable {
    case delimited(DelimitedRowMaker)
    case fixedWidth(FixedWidthRowMaker)
    case paired(PairedRowMaker)
    /// The rows come with the blocks: one reader makes them of the whole document.
    case made
    /// The maker is at work.
    case busy

    /// Replaces `rows` by those of a block, and gives what else there is to tell of it.
    ///
    /// - Parameter keepsPlaces: whether the rows tell where each value stands.
    mutating func make(_ block: Block, into rows: inout RecordRows, keepsPlaces: Bool) -> MadeRows {
        switch self {
        case .delimited(var maker):
            // The enum lets go of the maker while it works, or its tables would be copied.
            self = .busy
            defer { self = .delimited(maker) }
            return maker.make(block, into: &rows, keepsPlaces: keepsPlaces)
        case .fixedWidth(var maker):
            self = .busy
            defer { self = .fixedWidth(maker) }
            return maker.make(block, into: &rows, keepsPlaces: keepsPlaces)
        case .paired(var maker):
            // A block by itself, as if it were all there is: the blocks of a reading are paired while they are read.
            var open = OpenEvents()
            let made: MadeRows
            (rows, made) = maker.make(block, &open, isEnd: true)
            return made
        case .made, .busy:
            rows.removeAll()
            return MadeRows()
        }
    }

    /// Makes the rows for a copy: values that the mapping does not use are counted, and those that mean nothing left
    /// empty.
    mutating func makeCopies() {
        switch self {
        case .delimited(var maker):
            maker.makesCopies = true
            self = .delimited(maker)
        case .fixedWidth(var maker):
            maker.makesCopies = true
            self = .fixedWidth(maker)
        case .paired(var maker):
            maker.makesCopies = true
            self = .paired(maker)
        case .made, .busy: break
        }
    }
}

/// What came of a block besides its rows.
struct MadeRows {
    /// The physical lines of the block.
    var lines = 0
    /// What is wrong with the structure of its records.
    var findings: [BlockFinding] = []
    /// What header, records and trailer of a file with totals state and add up to.
    var totals = StatedTotals()
}
