public import BillingFiles
import DelimitedText

/// Writes the rows of a file without an error to one file and the others to a second, byte for byte, each behind the
/// header; a third has the reasons.
///
/// Together the two hold every byte behind the header once. Nothing appears under its name before `publish()`.
public final class RowFiles: RowSplitter {
    private let accepted: SingleFileOutput?
    private let rejected: SingleFileOutput?
    private let reasons: SingleFileOutput?
    private let writer = FieldWriter()

    /// How many records went to the accepted ones.
    public private(set) var acceptedRecords = 0
    /// How many records went to the rejected ones.
    public private(set) var rejectedRecords = 0
    /// How many bytes of the file went to each, and how many were taken.
    private var acceptedBytes: UInt64 = 0
    private var rejectedBytes: UInt64 = 0
    private var takenBytes: UInt64 = 0
    private var takenRecords = 0
    private var hasBegun = false
    private var encoding = TextEncoding.utf8
    private var hasStopped = false

    /// What the file of reasons is called beside one of rejected rows.
    public static func reasonsPath(_ rejected: String) -> String { rejected + ".reasons.csv" }

    /// Prepares the files; a path of nil is none.
    ///
    /// - Parameter inputs: files that must not be replaced.
    /// - Throws: `OutputError` when one cannot be created, or exists and is not to be replaced.
    public init(accepted: String?, rejected: String?, replacing: Bool, inputs: [FileIdentity]) throws(OutputError) {
        func output(_ path: String?) throws(OutputError) -> SingleFileOutput? {
            guard let path else { return nil }
            return try SingleFileOutput(path: path, replacing: replacing, inputs: inputs, hashing: false)
        }
        self.accepted = try output(accepted)
        self.rejected = try output(rejected)
        reasons = try output(rejected.map(Self.reasonsPath))
    }

    /// Whether every row was taken, and went to one of the two: the file could be read from its header to its end.
    public var isBalanced: Bool {
        hasBegun && !hasStopped && takenBytes == acceptedBytes + rejectedBytes
            && takenRecords == acceptedRecords + rejectedRecords
    }

    /// Begins with the header.
    func begin(_ header: [UInt8], encoding: TextEncoding) throws(OutputError) {
        hasBegun = true
        self.encoding = encoding
        try accepted?.file.append(header)
        try rejected?.file.append(header)
        var row: [UInt8] = []
        writer.appendRecord(
            ["row", "record", "line", "column", "field", "rule", "found", "expected"], to: &row)
        try reasons?.file.append(row)
    }

    /// Notes that the file could not be read to its end.
    func stop() { hasStopped = true }

    func accept(_ block: Block, records: Int) throws {
        takenBytes += UInt64(block.count)
        takenRecords += records
        try accept(block, 0..<block.count, records: records)
    }

    func split(
        _ block: Block, records: Int, refused: [RecordExtent], reasons: [(fault: RowFault, finding: InputFinding)]
    ) throws {
        takenBytes += UInt64(block.count)
        takenRecords += records
        var (offset, record) = (0, 0)
        var told = reasons[...]
        for extent in refused {
            try accept(block, offset..<extent.start, records: extent.firstRecord - record)
            while let reason = told.first, reason.fault.record < extent.firstRecord + extent.records {
                try tell(reason.finding, row: rejectedRecords + reason.fault.record - extent.firstRecord + 1)
                told.removeFirst()
            }
            rejectedBytes += UInt64(extent.end - extent.start)
            rejectedRecords += extent.records
            try append(block, extent.start..<extent.end, to: rejected)
            (offset, record) = (extent.end, extent.firstRecord + extent.records)
        }
        try accept(block, offset..<block.count, records: records - record)
    }

    private func accept(_ block: Block, _ range: Range<Int>, records: Int) throws(OutputError) {
        acceptedBytes += UInt64(range.count)
        acceptedRecords += records
        try append(block, range, to: accepted)
    }

    /// Appends bytes of a block as they stand in the file.
    private func append(_ block: Block, _ range: Range<Int>, to output: SingleFileOutput?) throws(OutputError) {
        guard !range.isEmpty, let output else { return }
        let text = block.storage.span.extracting(range)
        if encoding == .utf8 { return try output.file.append(text) }
        try output.file.append(encoding.stored(text))
    }

    private func tell(_ finding: InputFinding, row: Int) throws(OutputError) {
        guard let reasons else { return }
        let place = finding.place
        var bytes: [UInt8] = []
        writer.appendRecord(
            [
                "\(row)", "\(place.record)", "\(place.line)", "\(place.column)", place.field ?? "",
                finding.rule.identifier, finding.found, finding.expected,
            ], to: &bytes)
        try reasons.file.append(bytes)
    }

    /// Brings the files to their names.
    ///
    /// - Throws: `OutputError`; the rows must be balanced.
    public func publish() throws(OutputError) {
        for output in [accepted, rejected, reasons] {
            guard let output else { continue }
            _ = try output.file.finishWithoutDigest()
        }
        for output in [accepted, rejected, reasons] { try output?.publish() }
    }
}
