import BillingValues

/// Takes billing cycles; a cell tells the unit and the count, see ``cell(_:)``.
struct CycleCheck: ValueCheck {
    private var known = KeyTable(seed: 0)
    private var cells: [Int64] = []

    @inline(__always)
    mutating func judge(_ value: Span<UInt8>, _ cell: inout Int64) -> ValueFaults {
        if let index = known.index(of: value) {
            cell = cells[index]
            return []
        }
        guard let cycle = BillingCycle(iso8601: value) else {
            cell = value.isEmpty ? Cell.absent : Cell.unreadable
            return value.isEmpty ? .missing : .notACycle
        }
        cell = Self.cell(cycle)
        // Files use a handful of cycles.
        if cells.count < 64 {
            known.insert(value)
            cells.append(cell)
        }
        return []
    }

    /// A cycle as a number: days as they are, months below zero.
    static func cell(_ cycle: BillingCycle) -> Int64 {
        cycle.unit == .days ? Int64(cycle.count) : -Int64(cycle.count)
    }

    /// The cycle of a number.
    static func cycle(_ cell: Int64) -> BillingCycle? {
        cell > 0 ? BillingCycle(days: Int(cell)) : BillingCycle(months: Int(clamping: 0 &- cell))
    }
}
