import DelimitedText

/// Writes rows of ours as records of a foreign format, block by block.
///
/// To be used by one thread; each has its own.
struct ForeignRecordWriter: Sendable {
    private var composer: RecordComposer
    private var encoder: FieldEncoder
    private var bytes: [UInt8] = []
    /// The columns of the rows that the format does not carry.
    private let uncarried: [Int]
    /// The names of the columns.
    private let names: [String]

    /// A writer of rows with these columns.
    init(_ plan: WritingPlan, columns: [String]) {
        composer = RecordComposer(plan, columns: columns)
        encoder = FieldEncoder(plan)
        names = columns
        uncarried = columns.indices.filter { !plan.carried.contains(columns[$0]) }
    }

    /// Appends the records of a scanned block that the format can hold, and tells of the others.
    ///
    /// - Parameter waiting: the keys of records before the block that wait for their second half.
    mutating func append(
        _ block: Block, _ table: FieldTable, after waiting: Set<[UInt8]>, to buffer: RecordBuffer
    ) -> WrittenRecords {
        var written = WrittenRecords(columns: table.fieldCount)
        let storage = block.storage
        let text = storage.span.extracting(0..<block.count)
        // Nobody else holds these while they work, or they would be copied.
        var encoder = self.encoder
        encoder.begin(after: waiting)
        var spare: [UInt8] = []
        swap(&spare, &self.bytes)
        var bytes = RowText(reusing: spare)
        spare = []
        var closed = waiting
        for record in 0..<table.recordCount {
            if let refusal = composer.compose(text, table, record: record) {
                written.refuse(record, refusal, text, table)
                continue
            }
            if var part = composer.part(record: record) {
                if let refusal = judge(&part, text, table, record: record, &closed, &written.keys) {
                    written.refuse(record, refusal, text, table)
                    continue
                }
                written.parts.append(part)
                written.note(
                    composer.respelled,
                    uncarried.filter {
                        holdsValue(text, table.fieldRange(record: record, field: $0))
                    })
                continue
            }
            if let refusal = encoder.append(composer.values, composer.text.bytes.span, to: &bytes) {
                let column = composer.column(of: refusal.field)
                written.refuse(
                    record, RecordComposer.Refusal(column: column, expected: refusal.expected), text, table)
                continue
            }
            written.note(
                composer.respelled,
                uncarried.filter {
                    holdsValue(text, table.fieldRange(record: record, field: $0))
                })
        }
        written.totals = encoder.takeTotals()
        if !composer.plan.makesDocuments { written.keys = encoder.takeKeys() }
        self.encoder = encoder
        let (made, count) = bytes.finish()
        buffer.append(made.span.extracting(0..<count))
        self.bytes = made
        return written
    }

    /// Asks who judges the records, if anybody does; a refusal says why a record is not written.
    ///
    /// - Parameters:
    ///   - closed: the keys of which no further record is written.
    ///   - keys: takes those of the block.
    private func judge(
        _ part: inout WrittenPart, _ text: Span<UInt8>, _ table: FieldTable, record: Int, _ closed: inout Set<[UInt8]>,
        _ keys: inout WrittenKeys
    ) -> RecordComposer.Refusal? {
        guard let judge = composer.plan.judge else { return nil }
        part.columns = judge.columns.map { name in
            guard let field = names.firstIndex(of: name) else { return [] }
            return FieldText.value(of: text.extracting(table.fieldRange(record: record, field: field)))
        }
        switch judge.verdict(part.columns) {
        case .written: return nil
        case .refused(let column, let expected):
            return RecordComposer.Refusal(column: names.firstIndex(of: column), expected: expected)
        case .writtenOnce(let own):
            keys.all.formUnion(own.map(\.bytes))
            if let taken = own.first(where: { closed.contains($0.bytes) }) {
                return RecordComposer.Refusal(column: names.firstIndex(of: taken.column), expected: taken.expected)
            }
            closed.formUnion(own.map(\.bytes))
            keys.waiting.formUnion(own.map(\.bytes))
            return nil
        }
    }

    /// Whether a field is not empty; quotes around nothing are nothing.
    private func holdsValue(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
        !range.isEmpty && !(range.count == 2 && text[range.lowerBound] == UInt8(ascii: "\""))
    }
}

/// What came of the rows of a block in a foreign format.
struct WrittenRecords: Sendable {
    /// A row that the format cannot hold.
    struct Refused: Sendable {
        /// The row.
        var record: Int
        /// The column of the rows; nil where the row as a whole is meant.
        var column: Int?
        /// What the format has there.
        var expected: String
    }

    /// How many records were written.
    var count = 0

    /// How many values of each column were left out, for the format does not carry the column.
    var uncarried: [Int]

    /// How many values of each column come back in another spelling.
    var respelled: [Int]

    /// The rows that were not written, in their order.
    var refused: [Refused] = []

    /// These rows as they stand, each ended by LF.
    var refusedRows: [UInt8] = []

    /// What the records add to the totals of the format.
    var totals = StatedTotals()

    /// The keys of the records, where they become several lines each.
    var keys = WrittenKeys()

    /// The records as parts of documents, where they do not stand on their own.
    var parts: [WrittenPart] = []

    /// Nothing written of rows of so many columns.
    init(columns: Int) {
        uncarried = Array(repeating: 0, count: columns)
        respelled = uncarried
    }

    /// Notes a row that was written, with the columns whose values come back in another spelling or not at all.
    mutating func note(_ respelled: [Int], _ uncarried: [Int]) {
        count += 1
        for column in respelled { self.respelled[column] += 1 }
        for column in uncarried { self.uncarried[column] += 1 }
    }

    /// Notes a row that was not written.
    mutating func refuse(_ record: Int, _ refusal: RecordComposer.Refusal, _ text: Span<UInt8>, _ table: FieldTable) {
        refused.append(Refused(record: record, column: refusal.column, expected: refusal.expected))
        let start = table.fieldRange(record: record, field: 0).lowerBound
        for index in start..<table.fieldRange(record: record, field: table.fieldCount - 1).upperBound {
            refusedRows.append(text[index])
        }
        refusedRows.append(UInt8(ascii: "\n"))
    }
}
