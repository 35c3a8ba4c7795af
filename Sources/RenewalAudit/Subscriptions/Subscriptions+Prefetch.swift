// This file holds unsafe code: the addresses of what will be read soon.

import CByteScan

extension Subscriptions {
    /// How many rows ahead of its use `prefetch` is worth a call.
    public static let prefetchDistance = 12

    /// Asks the processor to fetch what a report says of a row: nothing is read.
    ///
    /// Reports follow the ids, and the rows of neighbouring ids lie anywhere in memory.
    public func prefetch(_ row: Int) {
        guard row >= 0, row < rows.count else { return }
        rows.prefetch(row)
        unsafe msisdnEnds.withUnsafeBufferPointer { unsafe prefetch($0, row) }
        unsafe offerNumbers.withUnsafeBufferPointer { unsafe prefetch($0, row) }
        unsafe paymentMethodNumbers.withUnsafeBufferPointer { unsafe prefetch($0, row) }
    }

    private func prefetch(_ column: UnsafeBufferPointer<UInt32>, _ row: Int) {
        if let base = column.baseAddress { unsafe cbytescan_prefetch(base + row) }
    }
}
