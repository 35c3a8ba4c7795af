import BillingFiles
import BillingRecords
import FileValidation
import RenewalAudit

/// Reads events files, all of them before the first charge, for a charge is judged by them.
struct EventsReading {
    /// The events whose subscription can be told, sound or not, in the order of the files.
    private(set) var events: [SubscriptionEvent] = []

    /// Where the blocks of the files begin.
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
        directory = BlockDirectory(files: sources.map(\.displayName))
        received = sources.map { ReceivedFile(role: .events, name: $0.displayName, content: nil) }
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
        let decoder: NativeEventDecoder
        var second: XMLSecondReading
        switch try sequence.readHeader() {
        case .failure(let rejection): return findings.add(rejection.finding)
        case .success(let header):
            switch NativeFiles.eventDecoder(header: header, file: source.displayName) {
            case .failure(let faults): return faults.findings.forEach { findings.add($0) }
            case .success(let made): decoder = made
            }
            directory.beginFile(file, header)
            second = XMLSecondReading(header, shape: .ofAudit(.events))
        }
        let (_, rejection) = try BlockPipeline.run(
            workers: Array(repeating: EventWorker(decoder: decoder), count: max(1, threads)),
            over: sequence,
            onRead: { _ in progress.update("events", sources) },
            consume: { block, outcome in
                for finding in second.add(block, outcome.decoded, to: &directory) { findings.add(finding) }
                take(outcome)
            })
        for finding in try second.finish(adding: &directory) { findings.add(finding) }
        if let rejection { return findings.add(directory.place(rejection, file: file)) }
        let digest = try source.finish()
        digests.append(digest)
        received[file].content = .init(records: directory.records[file], money: nil, sha256: digest.sha256)
    }

    /// Takes the events of the block that the directory knows last; their places become those in the file.
    private mutating func take(_ outcome: EventWorker.Outcome) {
        guard let block = directory.entries.last else { return }
        for var event in outcome.events {
            event.source.line += block.firstLine
            event.source.record += block.firstRecord
            event.source.byteOffset += block.fileOffset
            events.append(event)
        }
    }

    /// Gives the memory of the events back when their lines have them.
    mutating func letEventsGo() { events = [] }

    /// The findings on events once their subscriptions are known; events that are rejected for them are counted.
    mutating func findings(_ faults: EventFaults) -> [InputFinding] {
        faults.events.map { fault in
            var place = Place(
                file: directory.files[fault.source.file], line: fault.source.line, record: fault.source.record,
                column: 1, field: "subscription_id", byteOffset: fault.source.byteOffset)
            let found = VisibleText.of(fault.text)
            switch fault.kind {
            case .nobody:
                return InputFinding(
                    rule: .eventOfNobody, place: place, found: found, expected: "the id of a subscription")
            case .price(let decimals):
                directory.reject(file: fault.source.file)
                place.field = "value"
                return InputFinding(
                    rule: .invalidAmount, place: place, found: found,
                    expected: "an amount with at most \(decimals) decimals, as the subscription's currency has")
            case .contradiction(let text):
                place.field = nil
                return InputFinding(
                    rule: .contradictingEvents, place: place, found: text,
                    expected: "events that agree with each other and with the subscription's row")
            }
        }
    }
}

/// Decodes the events of a block.
private struct EventWorker: BlockWorker {
    struct Outcome: Sendable {
        let decoded: DecodedBlock
        let events: [SubscriptionEvent]
    }

    var decoder: NativeEventDecoder
    private var batch = EventBatch()

    init(decoder: NativeEventDecoder) {
        self.decoder = decoder
    }

    mutating func work(on block: Block) -> Outcome {
        defer { decoder.release() }
        let decoded = decoder.decode(block, into: &batch)
        return Outcome(decoded: decoded, events: batch.events)
    }
}
