import BillingFiles
import BillingRecords
import FileValidation
import RenewalAudit

/// Reads a subscriptions file into a table.
struct SubscriptionsReading {
    /// The rows, indexed by id.
    private(set) var subscriptions: Subscriptions

    /// Where the blocks of the file begin.
    private(set) var directory: BlockDirectory

    /// The file on disk.
    private(set) var digest: InputIdentity?

    private let source: InputSource?
    private let foreign: ForeignFile?

    /// The table of an audit without a subscriptions file.
    init(inferred: Subscriptions) {
        source = nil
        foreign = nil
        subscriptions = inferred
        directory = BlockDirectory(files: [])
    }

    /// A reading of a file into a table, which must be empty.
    init(source: InputSource, foreign: ForeignFile?, table: Subscriptions) {
        self.source = source
        self.foreign = foreign
        subscriptions = table
        directory = BlockDirectory(files: [source.displayName])
    }

    /// Reads the file to its end.
    ///
    /// Findings are added; what cannot be read is thrown.
    mutating func read(threads: Int, findings: inout InputFindings, progress: ProgressLine) throws {
        guard let source else { return }
        let sequence = BlockSequence(sources: [source], foreign: [foreign])
        let empty = subscriptions
        let decoder: NativeSubscriptionDecoder
        var second: XMLSecondReading
        switch try sequence.readHeader() {
        case .failure(let rejection): return findings.add(rejection.finding)
        case .success(let header):
            switch NativeFiles.subscriptionDecoder(
                header: header, file: source.displayName,
                pricedOffers: Subscriptions.pricedOffers(of: subscriptions.catalogue))
            {
            case .failure(let faults): return faults.findings.forEach { findings.add($0) }
            case .success(let made): decoder = made
            }
            directory.beginFile(0, header)
            second = XMLSecondReading(header, shape: .ofAudit(.subscriptions))
        }
        if let size = source.sizeOnDisk, source.compression == .none {
            // Rows of billing exports have some 70 bytes; untouched room costs nothing.
            subscriptions.reserve(Int(clamping: size / 64) + 1)
        }
        let worker = SubscriptionWorker(decoder: decoder, empty: empty)
        let workers = Array(repeating: worker, count: max(1, threads))
        let (_, rejection) = try BlockPipeline.run(
            workers: workers, over: sequence, consumesAside: true,
            onRead: { _ in progress.update("subscriptions", [source]) },
            consume: { block, outcome in
                for finding in second.add(block, outcome.decoded, to: &directory) { findings.add(finding) }
                subscriptions.append(outcome.rows)
            })
        for finding in try second.finish(adding: &directory) { findings.add(finding) }
        if let rejection { findings.add(directory.place(rejection, file: 0)) }
        if rejection == nil {
            digest = try source.finish()
            // A file that is damaged where its first record should be is not one without records.
            if directory.records[0] == 0, findings.isEmpty {
                findings.add(
                    InputFinding(
                        rule: .noRecords, place: .whole(source.displayName), found: "no record",
                        expected: "at least one subscription"))
            }
        }
        for duplicate in subscriptions.buildIndex() {
            findings.add(finding(duplicate))
            directory.reject(file: 0)
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
        let place = directory.place(of: subscriptions.position(difference.first), field: field)
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

    /// What the file holds, for the control files; none where the subscriptions are inferred.
    var received: [ReceivedFile] {
        guard let source else { return [] }
        let content = digest.map { digest in
            ReceivedFile.Content(records: directory.records[0], money: nil, sha256: digest.sha256)
        }
        return [ReceivedFile(role: .subscriptions, name: source.displayName, content: content)]
    }

    /// Joins events and earlier ids with their subscriptions; lines that stand in the file several times are found.
    mutating func join(_ events: EventsReading, threads: Int, findings: inout InputFindings) -> EventFaults {
        // Several parts a thread, because lines with events may stand close together.
        let parallel = ParallelTasks(parts: max(1, threads) * 8) { count, task in
            WorkerThreads.run(tasks: count, threads: threads, task)
        }
        let faults = subscriptions.join(events.events, files: events.directory.files, parallel: parallel)
        // Rows that were inferred stand in no file; that their lines are contested the verdicts say.
        for (row, first) in faults.contested where source != nil {
            let place = directory.place(of: subscriptions.position(row), field: "subscription_id")
            let other = directory.place(of: subscriptions.position(first), field: nil)
            let name = VisibleText.of(subscriptions.subscriptionIdentifier(row))
            findings.add(
                InputFinding(
                    rule: .contestedIdentifier, place: place,
                    found: "\(name), another id of the line of record \(other.record)",
                    expected: "each line once"))
        }
        return faults
    }

    private func finding(_ duplicate: Subscriptions.Duplicate) -> InputFinding {
        let place = directory.place(of: subscriptions.position(duplicate.duplicate), field: "subscription_id")
        let first = directory.place(of: subscriptions.position(duplicate.first), field: nil)
        let name = VisibleText.of(subscriptions.subscriptionIdentifier(duplicate.duplicate))
        return InputFinding(
            rule: .duplicateSubscription, place: place, found: "\(name), which record \(first.record) has already",
            expected: "each subscription once")
    }
}

/// Decodes the subscriptions of a block and fills a table with them.
private struct SubscriptionWorker: BlockWorker {
    struct Outcome: Sendable {
        let decoded: DecodedBlock
        let rows: Subscriptions
    }

    private var decoder: NativeSubscriptionDecoder
    /// A table without rows, for the same audit.
    private let empty: Subscriptions
    private var batch = SubscriptionBatch()

    init(decoder: NativeSubscriptionDecoder, empty: Subscriptions) {
        self.decoder = decoder
        self.empty = empty
    }

    mutating func work(on block: Block) -> Outcome {
        defer { decoder.release() }
        let decoded = decoder.decode(block, into: &batch)
        var rows = empty
        rows.reserve(batch.subscriptions.count)
        let text = decoder.text
        rows.append(batch, block: text.storage.span.extracting(0..<text.count), blockOrdinal: block.ordinal)
        return Outcome(decoded: decoded, rows: rows)
    }
}
