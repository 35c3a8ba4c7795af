// This file holds unsafe code: the bytes of a block lent to the look-up.

public import BillingRecords
import BillingValues

/// Joins usage records with the subscriptions, and leaves of each no more than a bit.
///
/// A record belongs to the subscription that has its number and had service on its day. Of several all are used; with
/// none it belongs to the one that ended last before, and else to nobody. Each thread has a sieve of its own; `merge`
/// joins them, and no outcome depends on which thread saw which record.
public struct UsageSieve: Sendable {
    let lines: UsedLines
    let days: UsedDays

    /// The days of the window, as far as their findings go.
    private let windowEnd: Int32

    /// What became of the records so far.
    public private(set) var tally = UsageTally()

    /// Usage of lines that had ended, by row.
    private(set) var ended: [Int: UsageSpan] = [:]

    /// How many lines were used on each day from `days.first` on.
    private(set) var linesByDay: [Int32]

    /// Rows with records that were rejected, or that may be of another row: nobody can say of them that they were not
    /// used.
    private(set) var damagedRows: Set<Int> = []

    /// Numbers without a subscription since they were taken, in the order in which they were met; one that comes several
    /// times in a row stands once.
    private var strangers: [StrangerUsage] = []

    /// A sieve for subscriptions that are joined with their events; nil when there is no memory for the days of a window.
    public init?(_ subscriptions: Subscriptions) {
        guard let days = UsedDays(window: subscriptions.window, rows: subscriptions.count) else { return nil }
        self.days = days
        lines = UsedLines(subscriptions)
        windowEnd = subscriptions.window.to.dayNumber
        linesByDay = Array(repeating: 0, count: Int(days.end - days.first))
    }

    /// Admits the records of one batch, whose texts stand in `block`.
    public mutating func admit(_ batch: UsageBatch, block: Span<UInt8>) {
        unsafe block.withUnsafeBufferPointer { bytes in
            unsafe batch.unescapedTexts.withUnsafeBufferPointer { unescaped in
                let texts = unsafe BatchBytes(block: bytes, unescaped: unescaped)
                var found = FoundLines()
                for start in stride(from: 0, to: batch.records.count, by: FoundLines.capacity) {
                    let range = start..<min(start + FoundLines.capacity, batch.records.count)
                    lines.find(batch.records, range, texts: texts, found: &found)
                    for index in range {
                        let (row, day) = (found.rows[index - start], batch.records[index].day)
                        if row >= 0, days.covers(day) { days.prefetch(day, ofRow: row) }
                    }
                    for index in range { take(batch.records[index], row: found.rows[index - start], texts: texts) }
                }
                for text in batch.rejected {
                    let row = lines.row(of: text, texts: texts)
                    guard row >= 0 else { continue }
                    damagedRows.formUnion(lines.rows(sharingNumberOf: row))
                }
            }
        }
    }

    /// Counts records that were rejected.
    public mutating func reject(_ count: Int) { tally.rejected += count }

    @inline(__always)
    private mutating func take(_ record: UsageRecord, row: Int, texts: BatchBytes) {
        guard days.covers(record.day) else {
            tally.outside += 1
            return
        }
        guard row >= 0 else { return takeStranger(record, texts: texts) }
        if lines.isShared(row) {
            return take(record, rows: lines.rows(sharingNumberOf: row), texts)
        }
        switch lines.life(row, on: record.day) {
        case .active:
            note(record.day, row)
            tally.used += 1
        case .ended: takeEnded(record, row: row)
        case .notYet: takeStranger(record, texts: texts)
        case .unknown: tally.unusable += 1
        }
    }

    /// A record of a number that several subscriptions have: of those with service on its day, the ones that have it as
    /// it is written, or all of them.
    private mutating func take(_ record: UsageRecord, rows: [Int], _ texts: BatchBytes) {
        let number = texts.copy(record.msisdn)
        let lives = rows.map { (row: $0, life: lines.life($0, on: record.day)) }
        let active = lives.filter { $0.life == .active }.map(\.row)
        let exact = active.filter { lines.isExactly(number, ofRow: $0) }
        if !active.isEmpty {
            for row in exact.isEmpty ? active : exact { note(record.day, row) }
            // It may be theirs all the same, so nobody can say that they were not used.
            if !exact.isEmpty { damagedRows.formUnion(active.filter { !exact.contains($0) }) }
            tally.used += 1
        } else if lives.contains(where: { $0.life == .unknown }) {
            tally.unusable += 1
        } else if let last = lives.filter({ $0.life == .ended }).max(by: { lines.start($0.row) < lines.start($1.row) })
        {
            takeEnded(record, row: last.row)
        } else {
            takeStranger(record, texts: texts)
        }
    }

    @inline(__always)
    private mutating func note(_ day: Int32, _ row: Int) {
        if days.note(day, ofRow: row) { linesByDay[Int(day &- days.first)] &+= 1 }
    }

    private mutating func takeEnded(_ record: UsageRecord, row: Int) {
        guard record.day < windowEnd else {
            tally.outside += 1
            return
        }
        tally.ended += 1
        let span = UsageSpan(day: record.day)
        ended[row, default: .none].add(span)
    }

    private mutating func takeStranger(_ record: UsageRecord, texts: BatchBytes) {
        guard record.day < windowEnd else {
            tally.outside += 1
            return
        }
        tally.strangers += 1
        let number = texts.copy(record.msisdn)
        let span = UsageSpan(day: record.day)
        if let last = strangers.indices.last, strangers[last].number == number {
            strangers[last].span.add(span)
        } else {
            strangers.append(StrangerUsage(number: number, span: span))
        }
    }

    /// The numbers without a subscription that were met since the last call, in their order; a number may come again.
    public mutating func takeStrangers() -> [StrangerUsage] {
        defer { strangers = [] }
        return strangers
    }

    /// Takes over what another thread's sieve found and counted.
    public mutating func merge(_ other: UsageSieve) {
        tally.add(other.tally)
        ended.merge(other.ended) { $0 + $1 }
        for day in linesByDay.indices { linesByDay[day] += other.linesByDay[day] }
        damagedRows.formUnion(other.damagedRows)
    }
}
