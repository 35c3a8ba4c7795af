import BillingFiles
import DelimitedText

/// Reads columns of a file into memory: what other files refer to.
struct KeyReading {
    var format = NativeFormat.csv
    let form: DelimitedForm
    let threads: Int

    /// Hands out the values of some columns of each sound record, in order; nothing when a column is not there.
    ///
    /// - Returns: whether the columns are there.
    func run(
        _ source: InputSource, columns: [String], optional: [String] = [], take: ([ArraySlice<UInt8>]) -> Void
    ) throws -> Bool {
        let sequence = BlockSequence(sources: [source], format: format, form: form)
        guard case .success(let header) = try sequence.readHeader() else { return false }
        var names = header.names.map { String(decoding: $0, as: UTF8.self) }
        var text: RowText?
        if let xml = header.xml {
            guard let kind = NativeKind(rootElement: xml.root) else { return false }
            let shape = XMLRecordShape.ofAudit(kind)
            names = shape.columns
            text = RowText(XMLBlockReader(header: xml, shape: shape))
        }
        var fields: [Int] = []
        for column in columns {
            guard let field = names.firstIndex(of: column) else { return false }
            fields.append(field)
        }
        fields += optional.map { names.firstIndex(of: $0) ?? -1 }
        let worker = ValueWorker(
            fields: fields, fieldCount: names.count, dialect: text == nil ? form.dialect : .native, text: text)
        try BlockPipeline.run(
            workers: Array(repeating: worker, count: threads), over: sequence,
            consume: { _, values in
                var start = 0
                for record in 0..<(values.ends.count / max(1, fields.count)) {
                    var row: [ArraySlice<UInt8>] = []
                    for field in fields.indices {
                        let end = values.ends[record * fields.count + field]
                        row.append(values.bytes[start..<end])
                        start = end
                    }
                    take(row)
                }
            })
        return true
    }
}

/// The values of some columns of a block, one behind the other.
private struct ColumnValues: Sendable {
    var bytes: [UInt8] = []
    var ends: [Int] = []
}

/// Takes the values of some columns out of blocks.
private struct ValueWorker: BlockWorker {
    private let fields: [Int]
    private let scanner: FieldScanner
    private let dialect: Dialect
    private var table = FieldTable()
    private var text: RowText?

    init(fields: [Int], fieldCount: Int, dialect: Dialect, text: RowText?) {
        self.text = text
        self.fields = fields
        self.dialect = dialect
        scanner = FieldScanner(fieldCount: fieldCount, dialect: dialect)
    }

    mutating func work(on block: Block) -> ColumnValues {
        let block = text?.read(block) ?? block
        scanner.scan(block.storage.span.extracting(0..<block.count), isLast: block.isLast, into: &table)
        var values = ColumnValues()
        for record in 0..<table.recordCount {
            for field in fields {
                if field >= 0 {
                    let raw = block.storage.span.extracting(table.fieldRange(record: record, field: field))
                    FieldText.append(valueOf: raw, dialect: dialect, to: &values.bytes)
                }
                values.ends.append(values.bytes.count)
            }
        }
        return values
    }
}
