import BillingFiles
import BillingRecords
import FileValidation
import RenewalAudit

/// Reads events files, all of them before the first charge, for a charge is judged by them.
struct EventsReading {
    /// The events whose subscription can be told, sound or not, in the order of the files.
    private(set) var events: [SubscriptionEvent] = []

    /// The files that they stand in.
    private(set) var files: RoleFiles

    init(sources: [InputSource], foreign: [ForeignFile?]) {
        files = RoleFiles(.events, sources: sources, foreign: foreign)
    }

    /// Reads all files to their ends; findings are added, and a file that cannot be read on is left.
    mutating func read(threads: Int, findings: inout InputFindings, progress: ProgressLine) throws {
        var reader = EventReader(threads: threads)
        try files.read(with: &reader, findings: &findings, progress: progress)
        events = reader.events
    }

    /// Gives the memory of the events back when their lines have them.
    mutating func letEventsGo() { events = [] }

    /// The findings on events once their subscriptions are known; events that are rejected for them are counted.
    mutating func findings(_ faults: EventFaults) -> [InputFinding] {
        faults.events.map { fault in
            var place = Place(
                file: files.directory.files[fault.source.file], line: fault.source.line, record: fault.source.record,
                column: 1, field: "subscription_id", byteOffset: fault.source.byteOffset)
            let found = VisibleText.of(fault.text)
            switch fault.kind {
            case .nobody:
                return InputFinding(
                    rule: .eventOfNobody, place: place, found: found, expected: "the id of a subscription")
            case .price(let decimals):
                files.reject(file: fault.source.file)
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

/// Takes the events of each file with their places in it.
private struct EventReader: RoleReader {
    let threads: Int
    var events: [SubscriptionEvent] = []

    init(threads: Int) { self.threads = threads }

    func begin(
        _ header: BlockSequence.Header, of source: InputSource
    ) -> Result<[EventWorker], InputFindingList> {
        NativeFiles.eventDecoder(header: header, file: source.displayName).map { decoder in
            Array(repeating: EventWorker(decoder: decoder), count: max(1, threads))
        }
    }

    mutating func take(_ outcome: EventWorker.Outcome, of entry: BlockDirectory.Entry?) {
        guard let entry else { return }
        for var event in outcome.events {
            event.source.line += entry.firstLine
            event.source.record += entry.firstRecord
            event.source.byteOffset += entry.fileOffset
            events.append(event)
        }
    }
}

/// Decodes the events of a block.
private struct EventWorker: BlockWorker {
    struct Outcome: DecodedOutcome {
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
