public import BillingFiles
import BillingValues
import DelimitedText

/// The lines that the subscriptions and events among the given files know, with their cycles.
public struct KnownLines: Sendable {
    private var identifiers: KeyTable
    /// For each id the cell of its cycle; absent where it is not known or not one alone.
    private var cycles: [Int64] = []
    /// Whether there was a subscriptions file.
    public private(set) var isKnown = false

    /// No lines.
    public init() {
        identifiers = KeyTable(seed: UInt64.random(in: .min ... .max))
    }

    /// Adds the lines of a file, if it is one of subscriptions or events.
    ///
    /// - Parameters:
    ///   - source: the file, opened for this alone.
    ///   - form: how delimited files are written; nil where each tells.
    ///   - threads: how many threads read.
    /// - Throws: `InputError` when the bytes cannot be had.
    public mutating func add(_ source: InputSource, form: DelimitedForm? = nil, threads: Int) throws {
        guard let (reading, names) = try Self.reading(source, form, threads: threads) else { return }
        var lines = self
        if names.contains("activated_on"), names.contains("cycle") {
            let isRead = try reading.run(
                source, columns: ["subscription_id", "cycle"], optional: [NativeColumns.previousIdentifiers]
            ) { row in
                let bytes = Array(row[1])
                let cycle = BillingCycle(iso8601: bytes.span).map(CycleCheck.cell) ?? Cell.absent
                lines.add(row[0], cycle)
                for previous in row[2].split(separator: UInt8(ascii: " ")) { lines.add(previous, cycle) }
            }
            lines.isKnown = lines.isKnown || isRead
        } else if names.contains("effective_on") {
            _ = try reading.run(source, columns: ["subscription_id", "event", "value"]) { row in
                if row[1].elementsEqual("renumbered".utf8) { lines.add(row[2], Cell.absent) }
                // A line with another cycle from some day on has no cycle that all its periods have.
                if row[1].elementsEqual("cycle_changed".utf8) { lines.forgetCycle(row[0]) }
            }
        }
        self = lines
    }

    /// How a file is read, and the names of its columns; nil when that cannot be told.
    private static func reading(
        _ source: InputSource, _ form: DelimitedForm?, threads: Int
    ) throws -> (KeyReading, names: [String])? {
        let sample = try source.peek(FormGuess.sampleSize)
        if NativeFormat(path: source.path) == .xml || NativeFormat(beginning: sample) == .xml {
            guard let kind = NativeKind(documentBeginning: sample) else { return nil }
            return (KeyReading(format: .xml, form: .native, threads: threads), kind.columns)
        }
        let guess = form.map { FormGuess.certain($0, why: nil) } ?? FormGuess.make(sample, .native(nil))
        guard case .certain(let form, _) = guess else { return nil }
        let text = form.encoding.decoded(sample)
        let lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let mark = form.skippedLines == 0 && text.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        let row = Array((lines.dropFirst(form.skippedLines).first ?? []).dropFirst(mark))
        let names = HeaderRow.parseHeader(row.span, dialect: form.dialect).names
        return (KeyReading(form: form, threads: threads), names.map { String(decoding: $0, as: UTF8.self) })
    }

    private mutating func add(_ identifier: ArraySlice<UInt8>, _ cycle: Int64) {
        guard !identifier.isEmpty else { return }
        let (index, isNew) = identifiers.insert(Array(identifier).span)
        if isNew {
            cycles.append(cycle)
        } else if cycles[index] != cycle {
            cycles[index] = Cell.absent
        }
    }

    /// Notes that a line has several cycles; its id need not be known yet.
    private mutating func forgetCycle(_ identifier: ArraySlice<UInt8>) {
        guard let index = identifiers.index(of: Array(identifier).span) else {
            return changed.append(Array(identifier))
        }
        cycles[index] = Cell.absent
    }

    private var changed: [[UInt8]] = []

    /// Ends the gathering.
    public mutating func finish() {
        for identifier in changed {
            if let index = identifiers.index(of: identifier.span) { cycles[index] = Cell.absent }
        }
        changed = []
    }

    /// The number of a line.
    @inline(__always)
    func index(of identifier: Span<UInt8>) -> Int? { identifiers.index(of: identifier) }

    /// The cell of a line's cycle.
    func cycle(_ index: Int) -> Int64 { cycles[index] }
}
