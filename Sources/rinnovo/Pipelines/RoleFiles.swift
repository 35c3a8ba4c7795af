import BillingFiles
import FileValidation

/// The files of one role in an audit: where their blocks begin, and what is known of each when it was read to its end.
///
/// Charges, subscriptions, events, usage and results are read alike: the header decides the decoder, blocks are decoded
/// side by side and taken in their order, and the end of the file proves that all of it was read. What one role does
/// differently its `RoleReader` says.
struct RoleFiles {
    /// What the files are for.
    let role: ReceivedFile.Role

    /// The files on disk or in a stream.
    let sources: [InputSource]

    /// How each file is read; nil for native ones.
    let foreign: [ForeignFile?]

    /// Where the blocks of the files begin.
    private(set) var directory: BlockDirectory

    /// The files that were read to their ends.
    private(set) var digests: [InputIdentity] = []

    /// What the files hold, for the control files; a file that could not be read on has no content.
    private(set) var received: [ReceivedFile]

    /// Files that are yet to be read.
    ///
    /// - Parameter keepsBlocks: whether places in the files are asked for later on.
    init(_ role: ReceivedFile.Role, sources: [InputSource], foreign: [ForeignFile?], keepsBlocks: Bool = true) {
        self.role = role
        self.sources = sources
        self.foreign = foreign
        directory = BlockDirectory(files: sources.map(\.displayName), keepsBlocks: keepsBlocks)
        received = sources.map { ReceivedFile(role: role, name: $0.displayName, content: nil) }
    }

    /// Reads all files to their ends.
    ///
    /// Findings are added; a file that cannot be read on is left, and the next one begun, so that one run tells
    /// everything.
    ///
    /// - Throws: `InputError`, and what the reader throws.
    mutating func read<Reader: RoleReader>(
        with reader: inout Reader, blockSize: Int = 1 << 18, findings: inout InputFindings, progress: ProgressLine
    ) throws {
        guard !sources.isEmpty else { return }
        let sequence = BlockSequence(sources: sources, foreign: foreign, blockSize: blockSize)
        repeat {
            try read(sequence, with: &reader, findings: &findings, progress: progress)
        } while sequence.advance()
    }

    /// Counts a record of a file as rejected for what was found later than it was read.
    mutating func reject(file: Int) { directory.reject(file: file) }

    /// Reads the current file of a sequence.
    private mutating func read<Reader: RoleReader>(
        _ sequence: BlockSequence, with reader: inout Reader, findings: inout InputFindings, progress: ProgressLine
    ) throws {
        let file = sequence.currentFile
        let source = sources[file]
        let findingsBefore = findings.total
        let workers: [Reader.Worker]
        var second: XMLSecondReading
        switch try sequence.readHeader() {
        case .failure(let rejection): return findings.add(rejection.finding)
        case .success(let header):
            switch try reader.begin(header, of: source) {
            case .failure(let faults): return faults.findings.forEach { findings.add($0) }
            case .success(let made): workers = made
            }
            directory.beginFile(file, header)
            second = XMLSecondReading(header, shape: .ofAudit(NativeKind(role)))
        }
        let (finished, rejection) = try BlockPipeline.run(
            workers: workers, over: sequence, consumesAside: Reader.takesAside,
            // The reader is not asked here: it may be at work on an earlier block.
            onRead: { _ in progress.update(role.rawValue, sources) },
            consume: { block, outcome in
                try reader.see(block)
                for finding in second.add(block, outcome.decoded, to: &directory) { findings.add(finding) }
                reader.take(outcome, of: directory.entries.last)
            })
        reader.end(finished)
        for finding in try second.finish(adding: &directory) { findings.add(finding) }
        if let rejection { return findings.add(directory.place(rejection, file: file)) }
        let digest = try reader.finish(source, file: file)
        digests.append(digest)
        received[file].content = .init(records: directory.records[file], money: reader.money, sha256: digest.sha256)
        // A file that is damaged where its first record should be is not one without records.
        if let expected = Reader.neededRecord, directory.records[file] == 0, findings.total == findingsBefore {
            findings.add(
                InputFinding(
                    rule: .noRecords, place: .whole(source.displayName), found: "no record",
                    expected: "at least one \(expected)"))
        }
    }
}

extension NativeKind {
    /// The kind of record that the files of a role hold.
    fileprivate init(_ role: ReceivedFile.Role) {
        self =
            switch role {
            case .subscriptions: .subscriptions
            case .events: .events
            case .charges: .charges
            case .usage: .usage
            case .results: .results
            }
    }
}
