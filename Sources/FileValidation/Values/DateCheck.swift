import BillingValues

/// Takes days written as YYYY-MM-DD, or in another order; a cell is the day's number.
struct DateCheck: ValueCheck {
    /// Whether the value must not be empty.
    let isRequired: Bool
    /// The order of day, month and year; nil for ISO 8601, which allows no other separator.
    let order: DateOrder?

    /// The date that was read last: neighbours have the same one more often than not.
    private var lastHead: UInt64 = 0
    private var lastTail: UInt16 = 0
    private var lastDay: Int64 = 0

    init(isRequired: Bool, order: DateOrder? = nil) {
        self.isRequired = isRequired
        self.order = order
    }

    @inline(__always)
    mutating func judge(_ value: Span<UInt8>, _ cell: inout Int64) -> ValueFaults {
        guard value.count == 10 else { return readRare(value, &cell) }
        let (head, tail) = (ByteWord.eight(of: value, at: 0), ByteWord.two(of: value, at: 8))
        if head == lastHead, tail == lastTail {
            cell = lastDay
            return []
        }
        guard let date = order == nil ? CivilDate.parse(value) : order?.date(value) else {
            return explain(value, &cell)
        }
        (lastHead, lastTail, lastDay) = (head, tail, Int64(date.dayNumber))
        cell = lastDay
        return []
    }

    /// A value of another length: nothing, or a day or month of one digit.
    private func readRare(_ value: Span<UInt8>, _ cell: inout Int64) -> ValueFaults {
        guard let date = order?.date(value) else { return explain(value, &cell) }
        cell = Int64(date.dayNumber)
        return []
    }

    private func explain(_ value: Span<UInt8>, _ cell: inout Int64) -> ValueFaults {
        if value.isEmpty { return isRequired ? .missing : [] }
        cell = Cell.unreadable
        if let order { return order.fault(in: value) }
        return CivilDate.fault(in: value) == .noSuchDay ? .noSuchDay : .notADate
    }
}
