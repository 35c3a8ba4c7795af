import BillingFiles
import BillingRecords
import DirectDebits
import FileValidation
import RenewalAudit

/// Reads files of payment results, all of them before the first charge, for a charge is judged by them.
struct ResultsReading {
    /// The results, by what they name.
    private(set) var results: BankResults

    /// Where the blocks of the files begin; no block is kept.
    private(set) var directory: BlockDirectory

    /// The files on disk.
    private(set) var digests: [InputIdentity] = []

    /// What the files hold, for the control files; a file that could not be read on has no content.
    private(set) var received: [ReceivedFile]

    private let sources: [InputSource]
    private let foreign: [ForeignFile?]

    init(sources: [InputSource], foreign: [ForeignFile?]) {
        self.sources = sources
        self.foreign = foreign
        results = BankResults(files: sources.map(\.displayName))
        directory = BlockDirectory(files: sources.map(\.displayName))
        received = sources.map { ReceivedFile(role: .results, name: $0.displayName, content: nil) }
    }

    /// What holds the charges back that the results name; nil without files of results.
    var answered: AnsweredCharges? {
        guard !sources.isEmpty else { return nil }
        return AnsweredCharges(results) { Array(EndToEndIdentifier.of(charge: $0).utf8) }
    }

    /// Reads all files to their ends; findings are added, and a file that cannot be read on is left.
    mutating func read(threads: Int, findings: inout InputFindings, progress: ProgressLine) throws {
        guard !sources.isEmpty else { return }
        let sequence = BlockSequence(sources: sources, foreign: foreign)
        repeat {
            try read(
                file: sequence.currentFile, of: sequence, threads: threads, findings: &findings, progress: progress)
        } while sequence.advance()
    }

    private mutating func read(
        file: Int, of sequence: BlockSequence, threads: Int, findings: inout InputFindings, progress: ProgressLine
    ) throws {
        let source = sources[file]
        let decoder: NativeResultDecoder
        var second: XMLSecondReading
        switch try sequence.readHeader() {
        case .failure(let rejection): return findings.add(rejection.finding)
        case .success(let header):
            switch NativeFiles.resultDecoder(header: header, file: source.displayName) {
            case .failure(let faults): return faults.findings.forEach { findings.add($0) }
            case .success(let made): decoder = made
            }
            directory.beginFile(file, header)
            second = XMLSecondReading(header, shape: .ofAudit(.results))
        }
        let (_, rejection) = try BlockPipeline.run(
            workers: Array(repeating: ResultWorker(decoder: decoder), count: max(1, threads)),
            over: sequence,
            onRead: { _ in progress.update("results", sources) },
            consume: { block, outcome in
                for finding in second.add(block, outcome.decoded, to: &directory) { findings.add(finding) }
                take(outcome, file: file)
            })
        for finding in try second.finish(adding: &directory) { findings.add(finding) }
        if let rejection { return findings.add(directory.place(rejection, file: file)) }
        let digest = try source.finish()
        digests.append(digest)
        received[file].content = .init(records: directory.records[file], money: nil, sha256: digest.sha256)
    }

    /// Takes the results of the block that the directory knows last; their lines become those in the file.
    private mutating func take(_ outcome: ResultWorker.Outcome, file: Int) {
        guard let block = directory.entries.last else { return }
        for result in outcome.results {
            let said = BankResult(
                status: result.status, decidedOn: result.decidedOn, amount: result.amount, reason: result.reason,
                batch: result.endToEnd.isEmpty ? result.batch : [], file: file, line: block.firstLine + result.line)
            results.add(said, to: result.endToEnd)
        }
    }
}

/// Decodes the results of a block.
private struct ResultWorker: BlockWorker {
    struct Outcome: Sendable {
        let decoded: DecodedBlock
        let results: [PaymentResult]
    }

    var decoder: NativeResultDecoder
    private var batch: [PaymentResult] = []

    init(decoder: NativeResultDecoder) {
        self.decoder = decoder
    }

    mutating func work(on block: Block) -> Outcome {
        defer { decoder.release() }
        let decoded = decoder.decode(block, into: &batch)
        return Outcome(decoded: decoded, results: batch)
    }
}
