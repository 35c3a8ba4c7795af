/// The records of a block that hold a value for which a profile has no meaning; they are rejected whatever else they hold.
///
/// A value of its own beside the decoder, because asking the decoder for one record copies all of it.
struct UnmappedRecords: Sendable {
    /// The values, in the order of their records.
    let values: [UnmappedValue]

    /// Whether one of a record's values has no meaning.
    @inline(__always)
    func contains(_ record: Int) -> Bool { !values.isEmpty && !values(of: record).isEmpty }

    /// The values of a record that have no meaning.
    ///
    /// O(log n).
    func values(of record: Int) -> ArraySlice<UnmappedValue> {
        var (low, high) = (0, values.count)
        while low < high {
            let middle = (low + high) / 2
            if Int(values[middle].record) < record { low = middle + 1 } else { high = middle }
        }
        return values[low...].prefix { Int($0.record) == record }
    }
}
