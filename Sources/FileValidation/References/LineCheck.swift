/// Takes the ids of subscriptions; a cell is the number of the line among the known ones.
struct LineCheck: ValueCheck {
    let lines: KnownLines

    @inline(__always)
    func judge(_ value: Span<UInt8>, _ cell: inout Int64) -> ValueFaults {
        if value.isEmpty { return .missing }
        cell = lines.index(of: value).map(Int64.init) ?? Cell.unreadable
        return []
    }
}
