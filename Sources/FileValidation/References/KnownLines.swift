public import BillingFiles
import BillingValues

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
    /// - Parameter source: the file, opened for this alone.
    /// - Throws: `InputError` when the bytes cannot be had.
    public mutating func add(_ source: InputSource, threads: Int) throws {
        let reading = KeyReading(form: .native, threads: threads)
        let beginning = try source.peek(4096)
        let line = beginning.prefix { $0 != UInt8(ascii: "\n") }
        let names = line.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map {
            String(decoding: $0.filter { $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\r") }, as: UTF8.self)
        }
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
