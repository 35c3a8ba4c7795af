import BillingFiles
import BillingRecords
import BillingValues
import FileValidation
import RenewalAudit

/// Reads usage files, however large, and joins their records with the subscriptions.
struct UsageReading {
    /// The files; none of their blocks is kept.
    private(set) var files: RoleFiles

    /// What the records say, once all of them are read.
    private(set) var evidence: UsageEvidence?

    private let zone: TimeZoneRules?

    init(sources: [InputSource], foreign: [ForeignFile?], zone: TimeZoneRules?) {
        self.zone = zone
        files = RoleFiles(.usage, sources: sources, foreign: foreign, keepsBlocks: false)
    }

    /// Reads all files to their ends; findings are added, and a file that cannot be read on is left.
    mutating func read(
        _ subscriptions: Subscriptions, threads: Int, findings: inout InputFindings, progress: ProgressLine
    ) throws {
        guard !files.sources.isEmpty else { return }
        guard let sieve = UsageSieve(subscriptions) else {
            throw CommandOutcome(
                status: .usage,
                message: "there is no memory to note the usage of \(subscriptions.count) lines on every day from "
                    + "\(subscriptions.window.from) to \(subscriptions.window.to): audit a shorter window")
        }
        var reader = UsageReader(sieves: Array(repeating: sieve, count: max(1, threads)), zone: zone)
        try files.read(with: &reader, findings: &findings, progress: progress)
        var whole = reader.sieves[0]
        for other in reader.sieves.dropFirst() { whole.merge(other) }
        whole.reject(files.directory.rejected.reduce(0, +))
        evidence = UsageEvidence(whole, strangers: reader.strangers)
    }
}

/// Passes the records of each file through the sieves, one a thread.
private struct UsageReader: RoleReader {
    var sieves: [UsageSieve]
    let zone: TimeZoneRules?
    var strangers = StrangerUsages()

    /// A file of another network has a stranger in each record.
    static var takesAside: Bool { true }

    func begin(
        _ header: BlockSequence.Header, of source: InputSource
    ) -> Result<[UsageWorker], InputFindingList> {
        NativeFiles.usageDecoder(header: header, file: source.displayName, zone: zone).map { decoder in
            sieves.map { UsageWorker(decoder: decoder, sieve: $0) }
        }
    }

    mutating func take(_ outcome: UsageWorker.Outcome, of entry: BlockDirectory.Entry?) {
        // In the order of the files, so that the kept ones are the same with any number of threads.
        strangers.add(outcome.strangers)
    }

    mutating func end(_ workers: [UsageWorker]) { sieves = workers.map(\.sieve) }
}

/// Decodes the usage records of a block and passes them through a sieve.
private struct UsageWorker: BlockWorker {
    struct Outcome: DecodedOutcome {
        let decoded: DecodedBlock
        let strangers: [StrangerUsage]
    }

    var decoder: NativeUsageDecoder
    var sieve: UsageSieve
    private var batch = UsageBatch()

    init(decoder: NativeUsageDecoder, sieve: UsageSieve) {
        self.decoder = decoder
        self.sieve = sieve
    }

    mutating func work(on block: Block) -> Outcome {
        defer { decoder.release() }
        let decoded = decoder.decode(block, into: &batch)
        let text = decoder.text
        sieve.admit(batch, block: text.storage.span.extracting(0..<text.count))
        return Outcome(decoded: decoded, strangers: sieve.takeStrangers())
    }
}
