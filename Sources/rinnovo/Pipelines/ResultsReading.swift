import BillingFiles
import BillingRecords
import DirectDebits
import FileValidation
import RenewalAudit

/// Reads files of payment results, all of them before the first charge, for a charge is judged by them.
struct ResultsReading {
    /// The results, by what they name.
    private(set) var results: BankResults

    /// The files that they stand in.
    private(set) var files: RoleFiles

    init(sources: [InputSource], foreign: [ForeignFile?]) {
        results = BankResults(files: sources.map(\.displayName))
        files = RoleFiles(.results, sources: sources, foreign: foreign)
    }

    /// What holds the charges back that the results name; nil without files of results.
    var answered: AnsweredCharges? {
        guard !files.sources.isEmpty else { return nil }
        return AnsweredCharges(results) { Array(EndToEndIdentifier.of(charge: $0).utf8) }
    }

    /// Reads all files to their ends; findings are added, and a file that cannot be read on is left.
    mutating func read(threads: Int, findings: inout InputFindings, progress: ProgressLine) throws {
        var reader = ResultReader(threads: threads, results: results)
        try files.read(with: &reader, findings: &findings, progress: progress)
        results = reader.results
    }
}

/// Takes the results of each file with their lines in it.
private struct ResultReader: RoleReader {
    let threads: Int
    var results: BankResults

    func begin(
        _ header: BlockSequence.Header, of source: InputSource
    ) -> Result<[ResultWorker], InputFindingList> {
        NativeFiles.resultDecoder(header: header, file: source.displayName).map { decoder in
            Array(repeating: ResultWorker(decoder: decoder), count: max(1, threads))
        }
    }

    mutating func take(_ outcome: ResultWorker.Outcome, of entry: BlockDirectory.Entry?) {
        guard let entry else { return }
        for result in outcome.results {
            let said = BankResult(
                status: result.status, decidedOn: result.decidedOn, amount: result.amount, reason: result.reason,
                batch: result.endToEnd.isEmpty ? result.batch : [], file: entry.file,
                line: entry.firstLine + result.line)
            results.add(said, to: result.endToEnd)
        }
    }
}

/// Decodes the results of a block.
private struct ResultWorker: BlockWorker {
    struct Outcome: DecodedOutcome {
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
