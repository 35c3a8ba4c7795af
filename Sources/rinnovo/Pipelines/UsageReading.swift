import BillingFiles
import BillingRecords
import BillingValues
import FileValidation
import RenewalAudit

/// Reads usage files, however large, and joins their records with the subscriptions.
struct UsageReading {
    /// Where the blocks of the files begin; no block is kept.
    private(set) var directory: BlockDirectory

    /// The files on disk.
    private(set) var digests: [InputIdentity] = []

    /// What the records say, once all of them are read.
    private(set) var evidence: UsageEvidence?

    /// What the files hold, for the control files; a file that could not be read on has no content.
    private(set) var received: [ReceivedFile]

    private let sources: [InputSource]
    private let foreign: [ForeignFile?]
    private let zone: TimeZoneRules?
    private var strangers = StrangerUsages()

    init(sources: [InputSource], foreign: [ForeignFile?], zone: TimeZoneRules?) {
        self.sources = sources
        self.foreign = foreign
        self.zone = zone
        directory = BlockDirectory(files: sources.map(\.displayName), keepsBlocks: false)
        received = sources.map { ReceivedFile(role: .usage, name: $0.displayName, content: nil) }
    }

    /// Reads all files to their ends; findings are added, and a file that cannot be read on is left.
    mutating func read(
        _ subscriptions: Subscriptions, threads: Int, findings: inout InputFindings, progress: ProgressLine
    ) throws {
        guard !sources.isEmpty else { return }
        guard let sieve = UsageSieve(subscriptions) else {
            throw CommandOutcome(
                status: .usage,
                message: "there is no memory to note the usage of \(subscriptions.count) lines on every day from "
                    + "\(subscriptions.window.from) to \(subscriptions.window.to): audit a shorter window")
        }
        let sequence = BlockSequence(sources: sources, foreign: foreign)
        var sieves = Array(repeating: sieve, count: max(1, threads))
        repeat {
            try read(
                file: sequence.currentFile, of: sequence, sieves: &sieves, findings: &findings, progress: progress)
        } while sequence.advance()
        var whole = sieves[0]
        for other in sieves.dropFirst() { whole.merge(other) }
        whole.reject(directory.rejected.reduce(0, +))
        evidence = UsageEvidence(whole, strangers: strangers)
    }

    private mutating func read(
        file: Int, of sequence: BlockSequence, sieves: inout [UsageSieve], findings: inout InputFindings,
        progress: ProgressLine
    ) throws {
        let source = sources[file]
        let decoder: NativeUsageDecoder
        var second: XMLSecondReading
        switch try sequence.readHeader() {
        case .failure(let rejection): return findings.add(rejection.finding)
        case .success(let header):
            switch NativeFiles.usageDecoder(header: header, file: source.displayName, zone: zone) {
            case .failure(let faults): return faults.findings.forEach { findings.add($0) }
            case .success(let made): decoder = made
            }
            directory.beginFile(file, header)
            second = XMLSecondReading(header, shape: .ofAudit(.usage))
        }
        let workers = sieves.map { UsageWorker(decoder: decoder, sieve: $0) }
        let (finished, rejection) = try BlockPipeline.run(
            workers: workers, over: sequence,
            onRead: { _ in progress.update("usage", sources) },
            consume: { block, outcome in
                for finding in second.add(block, outcome.decoded, to: &directory) { findings.add(finding) }
                // In the order of the files, so that the kept ones are the same with any number of threads.
                strangers.add(outcome.strangers)
            })
        sieves = finished.map(\.sieve)
        for finding in try second.finish(adding: &directory) { findings.add(finding) }
        if let rejection { return findings.add(directory.place(rejection, file: file)) }
        let digest = try source.finish()
        digests.append(digest)
        received[file].content = .init(records: directory.records[file], money: nil, sha256: digest.sha256)
    }
}

/// Decodes the usage records of a block and passes them through a sieve.
private struct UsageWorker: BlockWorker {
    struct Outcome: Sendable {
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
