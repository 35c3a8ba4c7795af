/// Dates, times, years and months of a table schema, with their bounds.
struct TimeType: Sendable {
    /// How they are written.
    let form: TimeForm
    /// What is wrong with a text that is none.
    let fault: ValueFaults
    /// The earliest and the latest, in microseconds.
    let minimum: Int64?
    let maximum: Int64?
    /// Those that may stand there; empty for all.
    let enumeration: Set<Int64>

    /// Plain dates go a shorter way, and neighbours have the same one more often than not.
    private let isPlainDate: Bool
    private var dates = DateCheck(isRequired: true)

    init(form: TimeForm, fault: ValueFaults, minimum: Int64?, maximum: Int64?, enumeration: Set<Int64>) {
        self.form = form
        self.fault = fault
        self.minimum = minimum
        self.maximum = maximum
        self.enumeration = enumeration
        isPlainDate = form.parts == TimeForm.date.parts
    }

    /// What is wrong with a value.
    @inline(__always)
    mutating func judge(_ value: Span<UInt8>) -> ValueFaults {
        var time: Int64
        if isPlainDate {
            var day = Cell.absent
            let faults = dates.judge(value, &day)
            guard faults.isEmpty else { return faults }
            time = day * 86_400_000_000
        } else {
            guard let read = form.microseconds(value) else { return fault }
            time = read
        }
        var faults: ValueFaults = []
        if let minimum, time < minimum { faults.insert(.belowMinimum) }
        if let maximum, time > maximum { faults.insert(.aboveMaximum) }
        if !enumeration.isEmpty, !enumeration.contains(time) { faults.insert(.notInEnumeration) }
        return faults
    }
}
