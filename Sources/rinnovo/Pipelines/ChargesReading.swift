import BillingFiles
import BillingRecords
import BillingValues
import FileValidation
import RenewalAudit

/// Reads charges files for a sieve or another taker, and copies them for the corrected charges on the way.
struct ChargesReading<Taker: ChargeTaker> {
    /// What was taken, merged over all threads.
    private(set) var taker: Taker

    /// Where the blocks of the files begin.
    private(set) var directory: BlockDirectory

    /// The format of each file.
    private(set) var files: [NativeFileFormat] = []

    /// The files on disk.
    private(set) var digests: [InputIdentity] = []

    /// What the files hold, for the control files; a file that could not be read on has no content.
    private(set) var received: [ReceivedFile]

    /// The files on disk if they were read before, so that they need not be hashed again.
    private let knownDigests: [InputIdentity]?

    /// What the readers handed over: the account that the sieve's tally must agree with.
    private(set) var read = MoneyTally()

    private let sources: [InputSource]

    /// How each file is read; nil for native ones.
    let foreign: [ForeignFile?]

    /// The zone that tells the days of charges with a time of day and an offset.
    private let zone: TimeZoneRules?

    /// Whether the taker needs the ids of the charges.
    private let readsIdentifiers: Bool

    init(
        sources: [InputSource], foreign: [ForeignFile?], taker: Taker, zone: TimeZoneRules?,
        knownDigests: [InputIdentity]? = nil,
        readsIdentifiers: Bool = false
    ) {
        self.zone = zone
        self.readsIdentifiers = readsIdentifiers
        self.sources = sources
        self.foreign = foreign
        self.taker = taker
        self.knownDigests = knownDigests
        directory = BlockDirectory(files: sources.map(\.displayName))
        received = sources.map { ReceivedFile(role: .charges, name: $0.displayName, content: nil) }
    }

    /// Replaces what was taken by something made of it.
    mutating func update(_ change: (inout Taker) throws -> Void) rethrows { try change(&taker) }

    /// Reads all files to their ends.
    ///
    /// Findings are added; a file that cannot be read on is left, and the next one begun, so that one run tells
    /// everything.
    mutating func read(
        threads: Int, copy: CorrectedCharges?, findings: inout InputFindings, progress: ProgressLine
    ) throws {
        let sequence = BlockSequence(sources: sources, foreign: foreign, blockSize: blockSize)
        var takers = Array(repeating: taker, count: max(1, threads))
        repeat {
            try read(
                file: sequence.currentFile, of: sequence, takers: &takers, copy: copy, findings: &findings,
                progress: progress)
        } while sequence.advance()
        taker = takers[0]
        for other in takers.dropFirst() { taker.merge(other) }
        taker.finish()
    }

    /// Blocks large enough that the positions of regular charges can be told by the words of `ClaimedPeriods`.
    private var blockSize: Int {
        let total = sources.reduce(UInt64(0)) { sum, source in
            // Text shrinks to about a tenth.
            sum + (source.sizeOnDisk ?? 0) * (source.compression == .none ? 1 : 12)
        }
        return min(1 << 20, max(1 << 18, Int(clamping: total / 30_000)))
    }

    private mutating func read(
        file: Int, of sequence: BlockSequence, takers: inout [Taker], copy: CorrectedCharges?,
        findings: inout InputFindings, progress: ProgressLine
    ) throws {
        let source = sources[file]
        let findingsBefore = findings.total
        let decoder: NativeChargeDecoder
        var second: XMLSecondReading
        switch try sequence.readHeader() {
        case .failure(let rejection): return findings.add(rejection.finding)
        case .success(let header):
            switch NativeFiles.chargeDecoder(header: header, file: source.displayName, zone: zone) {
            case .failure(let faults): return faults.findings.forEach { findings.add($0) }
            case .success(var made):
                made.readsIdentifiers = readsIdentifiers
                decoder = made
            }
            directory.beginFile(file, header)
            files.append(NativeFileFormat(decoder.layout, header))
            second = XMLSecondReading(header, shape: .ofAudit(.charges))
            try copy?.beginFile(header, layout: decoder.layout)
        }
        var money = MoneyTally()
        let workers = takers.map { ChargeWorker(decoder: decoder, taker: $0) }
        let (finished, rejection) = try BlockPipeline.run(
            workers: workers, over: sequence,
            onRead: { block in
                progress.update("charges", sources)
                try copy?.append(block)
            },
            consume: { block, decoded in
                for finding in second.add(block, decoded, to: &directory) { findings.add(finding) }
                read.add(decoded.read)
                money.add(decoded.read)
                money.add(decoded.rejectedMoney)
            })
        takers = finished.map(\.taker)
        for finding in try second.finish(adding: &directory) { findings.add(finding) }
        if let rejection { return findings.add(directory.place(rejection, file: file)) }
        let copied = copy?.endFile()
        let digest: InputIdentity
        if let knownDigests {
            try source.finishWithoutDigest()
            digest = knownDigests[file]
        } else {
            digest = try source.finish(digest: copied)
        }
        digests.append(digest)
        received[file].content = .init(records: directory.records[file], money: money, sha256: digest.sha256)
        // A file that is damaged where its first record should be is not one without records.
        if directory.records[file] == 0, findings.total == findingsBefore {
            findings.add(
                InputFinding(
                    rule: .noRecords, place: .whole(source.displayName), found: "no record",
                    expected: "at least one charge"))
        }
    }
}

/// Decodes the charges of a block and hands them on.
private struct ChargeWorker<Taker: ChargeTaker>: BlockWorker {
    var decoder: NativeChargeDecoder
    var taker: Taker
    private var batch = ChargeBatch()

    init(decoder: NativeChargeDecoder, taker: Taker) {
        self.decoder = decoder
        self.taker = taker
    }

    mutating func work(on block: Block) -> DecodedBlock {
        defer { decoder.release() }
        let decoded = decoder.decode(block, into: &batch)
        let text = decoder.text
        taker.admit(batch, block: text.storage.span.extracting(0..<text.count))
        return decoded
    }
}
