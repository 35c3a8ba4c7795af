import BillingFiles
import Reports

/// Converts the rows of a CSV file.
struct RowConversion {
    private let source: InputSource
    private let options: ConversionOptions
    private let progress: ProgressLine

    init(source: InputSource, options: ConversionOptions, progress: ProgressLine) {
        self.source = source
        self.options = options
        self.progress = progress
    }

    /// Reads all rows and appends all records.
    ///
    /// - Throws: `UntrustedInput` when the header row or the structure of a row is broken.
    func run(to output: ConversionOutput) throws -> ConversionOutcome {
        let sequence = BlockSequence(sources: [source])
        var findings = InputFindings()
        var directory = BlockDirectory(files: [source.displayName], keepsBlocks: false)
        let layout: ConversionLayout
        switch try sequence.readHeader() {
        case .failure(let rejection): throw UntrustedInput([rejection.finding])
        case .success(let header):
            switch ConversionLayout.make(header: header.names, file: source.displayName, target: options.target) {
            case .failure(let faults): throw UntrustedInput(faults.findings)
            case .success(let made): layout = made
            }
            directory.beginFile(0, headerLines: header.lines)
        }
        let window = options.threads + 4
        sequence.blockSize = layout.blockSize(forBlocksAtOnce: window)
        try output.append(layout.prologue.span)
        let converter = RecordConverter(layout: layout)
        var rejection: InputRejection?
        var written = 0
        var lost = [Int](repeating: 0, count: layout.columns.count)
        _ = try BlockPipeline.run(
            workers: Array(repeating: converter, count: options.threads), firstOrdinal: sequence.nextOrdinal,
            window: window,
            produce: { storage in
                progress.update(layout.kind.rawValue, [source])
                switch try sequence.nextBlock(reusing: storage) {
                case nil: return nil
                case .success(let block)?: return block
                case .failure(let failed)?:
                    rejection = failed
                    return nil
                }
            },
            consume: { place, block in
                for finding in directory.add(place, block.read) { findings.add(finding) }
                written += block.written
                for (column, count) in block.losses.enumerated() { lost[column] += count }
                // Once the structure is broken nothing will be published: the rest is read for its findings.
                if findings.isEmpty {
                    try block.records.withBytes { (bytes) throws(OutputError) in try output.append(bytes) }
                }
                converter.giveBack(block)
            })
        if let rejection { findings.add(directory.place(rejection, file: 0)) }
        guard findings.isEmpty else { throw UntrustedInput(findings: findings) }
        try source.finishWithoutDigest()
        try output.append(layout.epilogue.span)
        try Conservation.check(read: directory.records[0], written: written)
        var losses = layout.lossesOfColumns(records: written)
        for (column, count) in lost.enumerated() {
            losses.add(.character, field: layout.columns[column], count: count)
        }
        return ConversionOutcome(
            kind: layout.kind, source: .csv, target: options.target, records: written, losses: losses)
    }
}
