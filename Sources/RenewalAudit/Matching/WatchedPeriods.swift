public import BillingValues

/// Periods whose charges are asked for although no verdict may depend on them, such as those of earlier audits.
///
/// One bit a row and one word a period; most charges are turned away by the bit.
public struct WatchedPeriods: Sendable {
    private var bits: ContiguousArray<UInt64> = []
    private var keys: ContiguousArray<UInt64> = []

    /// No periods.
    public static let none = WatchedPeriods([])

    /// The periods of rows that begin on some days.
    public init(_ periods: some Sequence<(row: Int, start: CivilDate)>) {
        for (row, start) in periods where row >= 0 {
            while bits.count <= row / 64 { bits.append(0) }
            bits[row / 64] |= 1 << UInt64(row % 64)
            keys.append(Self.key(row, start.dayNumber))
        }
        keys.sort()
    }

    /// Whether nothing is watched.
    public var isEmpty: Bool { keys.isEmpty }

    /// Whether a period of a row is watched.
    ///
    /// O(log periods) for rows that have some, O(1) for others.
    func contains(row: Int, startDay: Int32) -> Bool {
        guard row / 64 < bits.count, bits[row / 64] & (1 << UInt64(row % 64)) != 0 else { return false }
        let key = Self.key(row, startDay)
        var (low, high) = (0, keys.count)
        while low < high {
            let middle = (low + high) / 2
            if keys[middle] < key { low = middle + 1 } else { high = middle }
        }
        return low < keys.count && keys[low] == key
    }

    private static func key(_ row: Int, _ day: Int32) -> UInt64 {
        UInt64(UInt32(truncatingIfNeeded: row)) << 32 | UInt64(UInt32(bitPattern: day) ^ 1 << 31)
    }
}
