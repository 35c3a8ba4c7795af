/// Takes whole numbers that are not below zero, in digits; a cell is the number.
struct CountCheck: ValueCheck {
    func judge(_ value: Span<UInt8>, _ cell: inout Int64) -> ValueFaults {
        if value.isEmpty { return [] }
        var number: Int64 = 0
        for index in value.indices {
            let digit = value[index] &- UInt8(ascii: "0")
            let (tens, tooLarge) = number.multipliedReportingOverflow(by: 10)
            let (sum, tooMuch) = tens.addingReportingOverflow(Int64(digit))
            guard digit <= 9, !tooLarge, !tooMuch else {
                cell = Cell.unreadable
                return .notANumber
            }
            number = sum
        }
        cell = number
        return []
    }
}
