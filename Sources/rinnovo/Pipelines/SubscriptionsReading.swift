import BillingFiles
import BillingRecords
import FileValidation
import RenewalAudit

/// Reads a subscriptions file into a table.
struct SubscriptionsReading {
    /// The rows, indexed by id.
    private(set) var subscriptions: Subscriptions

    /// The file; none where the subscriptions are inferred.
    private(set) var files: RoleFiles

    /// The table of an audit without a subscriptions file.
    init(inferred: Subscriptions) {
        subscriptions = inferred
        files = RoleFiles(.subscriptions, sources: [], foreign: [])
    }

    /// A reading of a file into a table, which must be empty.
    init(source: InputSource, foreign: ForeignFile?, table: Subscriptions) {
        subscriptions = table
        files = RoleFiles(.subscriptions, sources: [source], foreign: [foreign])
    }

    /// Reads the file to its end.
    ///
    /// Findings are added; what cannot be read is thrown.
    mutating func read(threads: Int, findings: inout InputFindings, progress: ProgressLine) throws {
        guard !files.sources.isEmpty else { return }
        var reader = SubscriptionReader(threads: threads, table: subscriptions)
        try files.read(with: &reader, findings: &findings, progress: progress)
        subscriptions = reader.takeTable()
        for duplicate in subscriptions.buildIndex(parallel: tasks(threads: threads)) {
            findings.add(finding(duplicate))
            files.reject(file: 0)
        }
        for (kind, difference) in subscriptions.offerDifferences { findings.add(finding(kind, difference)) }
    }

    /// One finding for all rows of an offer that differ from the offers file in one way, at the first of them.
    private func finding(_ kind: OfferDifference.Kind, _ difference: OfferDifference) -> InputFinding {
        let offer = VisibleText.of(subscriptions.offer(difference.first))
        let others = difference.rows > 1 ? "; so it is in \(difference.rows) rows of the offer" : ""
        let (rule, field, found, expected): (InputRule, String, String, String) =
            switch kind {
            case .unknownOffer:
                (.unknownOffer, "offer", offer, "an offer of the offers file, for these rows are judged by themselves")
            case .price:
                (.offerDifference, "price", "a price that the list of \(offer) never had", "a price of the list")
            case .cycle:
                (.offerDifference, "cycle", "another cycle than \(offer) has in the offers file", "the offer's cycle")
            case .conflict: conflict(difference)
            }
        let place = files.directory.place(of: subscriptions.position(difference.first), field: field)
        return InputFinding(rule: rule, place: place, found: found + others, expected: expected)
    }

    /// What the row and the offers file say differently, so that nobody can tell which renewals were due.
    private func conflict(_ difference: OfferDifference) -> (InputRule, String, String, String) {
        guard let conflict = subscriptions.offerConflict(difference.first) else {
            return (.offerDifference, "calendar", "a row that the offers file contradicts", "a row that agrees with it")
        }
        let name = difference.name.isEmpty ? "" : " (\(VisibleText.of(difference.name)))"
        let field =
            switch conflict {
            case .unknownCalendar, .noOffersFile, .cycleOfDays: "calendar"
            case .currency: "currency"
            case .noPrice: "price"
            }
        return (
            .offerDifference, field, conflict.text + name,
            "\(conflict.remedy); without it the renewals are undecided"
        )
    }

    /// Joins events and earlier ids with their subscriptions; lines that stand in the file several times are found.
    mutating func join(_ events: EventsReading, threads: Int, findings: inout InputFindings) -> EventFaults {
        // Several parts a thread, because lines with events may stand close together.
        let faults = subscriptions.join(
            events.events, files: events.files.directory.files, parallel: tasks(threads: threads, parts: 8))
        // Rows that were inferred stand in no file; that their lines are contested the verdicts say.
        for (row, first) in faults.contested where !files.sources.isEmpty {
            let place = files.directory.place(of: subscriptions.position(row), field: "subscription_id")
            let other = files.directory.place(of: subscriptions.position(first), field: nil)
            let name = VisibleText.of(subscriptions.subscriptionIdentifier(row))
            findings.add(
                InputFinding(
                    rule: .contestedIdentifier, place: place,
                    found: "\(name), another id of the line of record \(other.record)",
                    expected: "each line once"))
        }
        return faults
    }

    /// Tasks on so many threads, some for each.
    private func tasks(threads: Int, parts: Int = 1) -> ParallelTasks {
        ParallelTasks(parts: max(1, threads) * parts) { count, task in
            WorkerThreads.run(tasks: count, threads: threads, task)
        }
    }

    private func finding(_ duplicate: Subscriptions.Duplicate) -> InputFinding {
        let place = files.directory.place(of: subscriptions.position(duplicate.duplicate), field: "subscription_id")
        let first = files.directory.place(of: subscriptions.position(duplicate.first), field: nil)
        let name = VisibleText.of(subscriptions.subscriptionIdentifier(duplicate.duplicate))
        return InputFinding(
            rule: .duplicateSubscription, place: place, found: "\(name), which record \(first.record) has already",
            expected: "each subscription once")
    }
}

/// Gathers the rows of the file in a table.
private struct SubscriptionReader: RoleReader {
    private let threads: Int
    /// A table without rows, for the same audit.
    private let empty: Subscriptions
    private var table: Subscriptions

    static var takesAside: Bool { true }
    static var neededRecord: String? { "subscription" }

    init(threads: Int, table: Subscriptions) {
        self.threads = threads
        self.table = table
        empty = table
    }

    /// Hands the table over, so that nobody else holds its memory.
    mutating func takeTable() -> Subscriptions {
        defer { table = empty }
        return table
    }

    mutating func begin(
        _ header: BlockSequence.Header, of source: InputSource
    ) -> Result<[SubscriptionWorker], InputFindingList> {
        if let size = source.sizeOnDisk, source.compression == .none {
            // Rows of billing exports have some 70 bytes; untouched room costs nothing.
            table.reserve(Int(clamping: size / 64) + 1)
        }
        let pagesAhead = table.pagesAhead
        return NativeFiles.subscriptionDecoder(
            header: header, file: source.displayName, pricedOffers: Subscriptions.pricedOffers(of: empty.catalogue)
        ).map { decoder in
            Array(
                repeating: SubscriptionWorker(decoder: decoder, empty: empty, pagesAhead: pagesAhead),
                count: max(1, threads))
        }
    }

    mutating func take(_ outcome: SubscriptionWorker.Outcome, of entry: BlockDirectory.Entry?) {
        table.append(outcome.rows)
    }
}

/// Decodes the subscriptions of a block and fills a table with them.
private struct SubscriptionWorker: BlockWorker {
    struct Outcome: DecodedOutcome {
        let decoded: DecodedBlock
        let rows: Subscriptions
    }

    private var decoder: NativeSubscriptionDecoder
    /// A table without rows, for the same audit.
    private let empty: Subscriptions
    /// Memory for the table that all rows come to.
    private let pagesAhead: PagesAhead
    private var batch = SubscriptionBatch()

    init(decoder: NativeSubscriptionDecoder, empty: Subscriptions, pagesAhead: PagesAhead) {
        self.decoder = decoder
        self.empty = empty
        self.pagesAhead = pagesAhead
    }

    mutating func work(on block: Block) -> Outcome {
        defer { decoder.release() }
        pagesAhead.advance()
        let decoded = decoder.decode(block, into: &batch)
        var rows = empty
        rows.reserve(batch.subscriptions.count)
        let text = decoder.text
        rows.append(batch, block: text.storage.span.extracting(0..<text.count), blockOrdinal: block.ordinal)
        return Outcome(decoded: decoded, rows: rows)
    }
}
