import BillingFiles
import Reports

/// What a conversion has counted and found so far, block by block.
struct ConversionAccount {
    let header: BlockSequence.Header
    let layout: ConversionLayout

    /// Where the blocks stand, and how many records were read.
    private(set) var directory: BlockDirectory

    /// How many records were written.
    private(set) var written = 0

    /// How many records the target cannot hold.
    private(set) var rejected = 0

    /// What the records add to the totals that the target states.
    private(set) var totals = StatedTotals()

    /// What is wrong with the structure.
    private(set) var findings = InputFindings()

    /// The columns of XML records that the layout does not have, in the order in which they came.
    private(set) var further: [String] = []

    private let file: String
    private var known: Set<String> = []
    private var second: XMLSecondReading
    private var lostCharacters: [Int]
    private var losses = ConversionLosses()
    private var uncarried: [Int]
    private var respelled: [Int]
    private var trimmed: [String: Int] = [:]
    private var skipped: [String: Int] = [:]

    /// The account of a file from its first record on.
    init(file: String, header: BlockSequence.Header, layout: ConversionLayout) {
        self.file = file
        self.header = header
        self.layout = layout
        second = XMLSecondReading(header, shape: layout.shape)
        directory = BlockDirectory(files: [file], keepsBlocks: false)
        directory.beginFile(0, headerLines: header.lines, columns: header.columns)
        if let xml = header.xml { losses.add(xml.lost) }
        lostCharacters = Array(repeating: 0, count: layout.columns.count)
        uncarried = lostCharacters
        respelled = lostCharacters
    }

    /// Whether what was read so far may become an output.
    var mayBePublished: Bool { !findings.breakTrust && further.isEmpty && !second.isNeeded }

    /// Adds a block, in the order of the file.
    ///
    /// - Throws: `UntrustedInput` when the records have more columns than any table.
    mutating func add(_ block: Block, _ converted: ConvertedBlock) throws {
        for finding in second.add(block, converted.read, to: &directory) { findings.add(finding) }
        guard !second.isNeeded else { return }
        written += converted.written
        rejected += converted.refused
        totals.add(converted.totals)
        for (column, count) in converted.uncarried.enumerated() { uncarried[column] += count }
        for (column, count) in converted.respelled.enumerated() { respelled[column] += count }
        for (column, count) in converted.losses.enumerated() { lostCharacters[column] += count }
        let remains = converted.read.remains
        losses.add(remains.lost)
        trimmed.merge(remains.trimmed, uniquingKeysWith: +)
        if header.foreign != nil {
            for name in remains.furtherOrder {
                losses.add(.unusedField, field: name, count: remains.furtherColumns[name] ?? 0)
            }
            for (name, count) in remains.meaningless.sorted(by: { $0.key < $1.key }) {
                losses.add(.meaningless, field: name, count: count)
            }
            for (name, count) in remains.rounded.sorted(by: { $0.key < $1.key }) {
                losses.add(.rounding, field: name, count: count)
            }
            skipped.merge(remains.skipped, uniquingKeysWith: +)
            return
        }
        for name in remains.furtherOrder where known.insert(name).inserted { further.append(name) }
        guard layout.columns.count + further.count > XMLFurtherColumns.limit else { return }
        throw UntrustedInput([
            InputFinding(
                rule: .xmlLimit, place: .whole(file),
                found: "more than \(XMLFurtherColumns.limit) elements of different names in the records",
                expected: "elements of the same names in every record")
        ])
    }

    /// Ends the file.
    ///
    /// - Throws: `UntrustedInput` when something is wrong with its structure.
    mutating func finish(_ rejection: InputRejection?) throws {
        for finding in try second.finish(adding: &directory) { findings.add(finding) }
        if let rejection { findings.add(directory.place(rejection, file: 0)) }
        guard !findings.breakTrust else { throw UntrustedInput(findings: findings) }
    }

    /// What came of the conversion.
    func outcome(_ options: ConversionOptions) -> ConversionOutcome {
        var all = layout.lossesOfColumns(records: written)
        for (column, count) in lostCharacters.enumerated() {
            all.add(.character, field: layout.columns[column], count: count)
        }
        for (column, count) in uncarried.enumerated() {
            all.add(.uncarried, field: layout.columns[column], count: count)
        }
        for (column, count) in respelled.enumerated() {
            all.add(.spelling, field: layout.columns[column], count: count)
        }
        all.add(losses)
        var outcome = ConversionOutcome(
            kind: layout.kind, source: header.xml == nil ? .csv : .xml, target: options.target, records: written,
            losses: all,
            trimmed: layout.columns.compactMap { name in trimmed[name].map { (field: name, count: $0) } })
        outcome.findings = findings
        for finding in options.collections?.findings ?? [] { outcome.findings.add(finding) }
        outcome.rejected = rejected
        outcome.foreignTitle = header.foreign?.profile.title
        outcome.skipped = skipped.sorted { $0.key < $1.key }.map { (reason: $0.key, count: $0.value) }
        return outcome
    }
}
