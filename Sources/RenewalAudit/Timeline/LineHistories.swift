import BillingRecords

/// The events of all lines that have some, one line behind the other in one piece of memory.
struct LineHistories: Sendable {
    private var events: ContiguousArray<LineEvent> = []

    /// The end of each row's events, for all rows; empty while there are none.
    private var ends: ContiguousArray<UInt32> = []

    /// No events.
    init() {}

    /// Events with their rows, in any order, for a table of so many rows.
    ///
    /// O(events + rows).
    init(_ unsorted: ContiguousArray<(row: UInt32, event: LineEvent)>, rows: Int) {
        guard let some = unsorted.first else { return }
        ends = ContiguousArray(repeating: 0, count: rows + 1)
        for entry in unsorted { ends[Int(entry.row) + 1] += 1 }
        for row in 0..<rows { ends[row + 1] += ends[row] }
        events = ContiguousArray(repeating: some.event, count: unsorted.count)
        // Each row's end counts up from its beginning to its end.
        for entry in unsorted {
            let place = Int(ends[Int(entry.row)])
            events[place] = entry.event
            ends[Int(entry.row)] += 1
        }
        ends.removeLast()
    }

    /// Whether no line has events.
    var isEmpty: Bool { events.isEmpty }

    /// The history of a row, or nil if it has no events.
    subscript(row: Int) -> LineHistory? {
        guard row < ends.count else { return nil }
        let (start, end) = (row == 0 ? 0 : Int(ends[row - 1]), Int(ends[row]))
        return start < end ? LineHistory(Array(events[start..<end])) : nil
    }
}
