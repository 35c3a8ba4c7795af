import BillingRecords
import Synchronization

extension Subscriptions {
    /// Works out what the timelines say of the window, and notes it in the rows and in `outlines`.
    ///
    /// Lines whose contract was inferred have no outline: what is due for them depends on the charges as well.
    mutating func drawOutlines(faults: inout EventFaults, _ parallel: ParallelTasks) {
        guard inference == nil, !histories.isEmpty || hasOfferTimelines else {
            if !histories.isEmpty { for row in 0..<count { faults.events += contradictions(row) } }
            return
        }
        for part in drawn(parallel) {
            faults.events += part.contradictions
            outlines.append(part.drawing.outlines, runs: part.drawing.runs, rows: count)
            for (row, isQuiet) in part.drawing.rowsAsSuch { rows[row].noteTimeline(isAsRow: true, isQuiet: isQuiet) }
            for row in part.drawing.quietRows { rows[row].noteTimeline(isAsRow: false, isQuiet: true) }
        }
    }

    /// The outlines of all rows, part by part; nothing of this table is shared with them, so that it can be changed.
    private func drawn(_ parallel: ParallelTasks) -> [Drawn] {
        let parts = min(parallel.parts, max(1, count))
        let drawn = Mutex<[Drawn?]>(Array(repeating: nil, count: parts))
        parallel.run(parts) { part in
            let drawing = Drawn(rows: (count * part / parts)..<(count * (part + 1) / parts), of: self)
            drawn.withLock { $0[part] = drawing }
        }
        return drawn.withLock { $0.compactMap(\.self) }
    }

    private func contradictions(_ row: Int) -> [EventFault] {
        guard histories[row] != nil, let terms = terms(row) else { return [] }
        return life(row, terms).faults
    }
}

/// The outlines of some rows, and what is wrong with their events.
private struct Drawn: Sendable {
    var drawing: OutlineDrawing
    var contradictions: [EventFault] = []

    init(rows: Range<Int>, of table: Subscriptions) {
        drawing = OutlineDrawing(window: table.window)
        for row in rows {
            let packed = table.rows[row]
            guard packed.hasTimeline, let terms = table.terms(row) else { continue }
            let life = table.life(row, terms)
            contradictions += life.faults
            drawing.draw(life, row: row, packed: packed)
        }
    }
}

extension Timeline {
    /// What contradicts itself in the events, as faults of these.
    fileprivate var faults: [EventFault] {
        events.isEmpty
            ? []
            : contradictions.map { EventFault(source: $0.event.source, kind: .contradiction($0.text), text: []) }
    }
}
