import BillingFiles
import BillingRecords
import BillingValues
import FileValidation
import RenewalAudit

/// Reads charges files for a sieve or another taker, and copies them for the corrected charges on the way.
struct ChargesReading<Taker: ChargeTaker> {
    /// What was taken, merged over all threads.
    private(set) var taker: Taker

    /// The files.
    private(set) var files: RoleFiles

    /// The format of each file.
    private(set) var formats: [NativeFileFormat] = []

    /// The files on disk if they were read before, so that they need not be hashed again.
    private let knownDigests: [InputIdentity]?

    /// What the readers handed over: the account that the sieve's tally must agree with.
    private(set) var read = MoneyTally()

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
        self.taker = taker
        self.knownDigests = knownDigests
        files = RoleFiles(.charges, sources: sources, foreign: foreign)
    }

    /// Replaces what was taken by something made of it.
    mutating func update(_ change: (inout Taker) throws -> Void) rethrows { try change(&taker) }

    /// Reads all files to their ends; findings are added, and a file that cannot be read on is left.
    mutating func read(
        threads: Int, copy: CorrectedCharges?, findings: inout InputFindings, progress: ProgressLine
    ) throws {
        var reader = ChargeReader(
            takers: Array(repeating: taker, count: max(1, threads)), copy: copy, knownDigests: knownDigests, zone: zone,
            readsIdentifiers: readsIdentifiers)
        try files.read(with: &reader, blockSize: blockSize, findings: &findings, progress: progress)
        formats = reader.formats
        read = reader.read
        taker = reader.takers[0]
        for other in reader.takers.dropFirst() { taker.merge(other) }
        taker.finish()
    }

    /// Blocks large enough that the positions of regular charges can be told by the words of `ClaimedPeriods`.
    private var blockSize: Int {
        let total = files.sources.reduce(UInt64(0)) { sum, source in
            // Text shrinks to about a tenth.
            sum + (source.sizeOnDisk ?? 0) * (source.compression == .none ? 1 : 12)
        }
        return min(1 << 20, max(1 << 18, Int(clamping: total / 30_000)))
    }
}

/// Hands the charges of each file to takers, one a thread, and its bytes to the copy.
private struct ChargeReader<Taker: ChargeTaker>: RoleReader {
    var takers: [Taker]
    let copy: CorrectedCharges?
    let knownDigests: [InputIdentity]?
    let zone: TimeZoneRules?
    let readsIdentifiers: Bool

    var formats: [NativeFileFormat] = []
    var read = MoneyTally()
    var money: MoneyTally?

    /// Hashing the copy takes as long as a good part of the decoding, and nobody need wait for it.
    static var takesAside: Bool { true }
    static var neededRecord: String? { "charge" }

    mutating func begin(
        _ header: BlockSequence.Header, of source: InputSource
    ) throws -> Result<[ChargeWorker<Taker>], InputFindingList> {
        switch NativeFiles.chargeDecoder(header: header, file: source.displayName, zone: zone) {
        case .failure(let faults): return .failure(faults)
        case .success(var decoder):
            decoder.readsIdentifiers = readsIdentifiers
            formats.append(NativeFileFormat(decoder.layout, header))
            money = MoneyTally()
            try copy?.beginFile(header, layout: decoder.layout)
            return .success(takers.map { ChargeWorker(decoder: decoder, taker: $0) })
        }
    }

    func see(_ block: Block) throws { try copy?.append(block) }

    mutating func take(_ outcome: DecodedBlock, of entry: BlockDirectory.Entry?) {
        read.add(outcome.read)
        money?.add(outcome.read)
        money?.add(outcome.rejectedMoney)
    }

    mutating func end(_ workers: [ChargeWorker<Taker>]) { takers = workers.map(\.taker) }

    func finish(_ source: InputSource, file: Int) throws -> InputIdentity {
        let copied = copy?.endFile()
        guard let knownDigests else { return try source.finish(digest: copied) }
        try source.finishWithoutDigest()
        return knownDigests[file]
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
