// This file holds unsafe code: memory that several threads change at once, word by word.

import BillingValues
import CByteScan
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// On which days which line was used: one bit a day of the window, and of the month behind it, for each subscription.
///
/// Any number of threads may note days at once; a bit that is set stays set, so no outcome depends on their order. Pages
/// of lines that are never used are never touched.
@safe final class UsedDays: @unchecked Sendable {
    /// The first day that is noted.
    let first: Int32

    /// The day behind the last one.
    let end: Int32

    private let rows: Int
    private let wordsPerRow: Int
    // Allocated once and freed by deinit alone; every access in between is atomic. That is why the class may be shared
    // although its pointer is unsafe.
    private let words: UnsafeMutablePointer<Atomic<UInt64>>

    /// How many days behind the window are noted: the last periods of the window reach so far, if they are months.
    private static let daysBehind = 31

    /// Days without usage, for so many rows; nil when there is no memory for them.
    init?(window: AuditWindow, rows: Int) {
        first = window.from.dayNumber
        end = (window.to.adding(days: Self.daysBehind) ?? .latest).dayNumber
        self.rows = rows
        wordsPerRow = (Int(end - first) + 63) / 64
        let count = rows.multipliedReportingOverflow(by: wordsPerRow * MemoryLayout<UInt64>.stride)
        guard !count.overflow, let memory = unsafe cbytescan_allocate_zeroed(max(8, count.partialValue)) else {
            return nil
        }
        // An atomic word is represented by its value, so zero bytes are words of value 0.
        unsafe words = memory.bindMemory(to: Atomic<UInt64>.self, capacity: max(1, rows * wordsPerRow))
    }

    deinit {
        unsafe free(words)
    }

    /// Whether a day is among those that are noted.
    @inline(__always)
    func covers(_ day: Int32) -> Bool { first <= day && day < end }

    /// Asks the processor to fetch the word of a row's day.
    @inline(__always)
    func prefetch(_ day: Int32, ofRow row: Int) {
        unsafe cbytescan_prefetch(words + place(day, row))
    }

    /// Notes that a line was used on a day, which must be covered; true for whoever is the first to say so.
    @inline(__always)
    func note(_ day: Int32, ofRow row: Int) -> Bool {
        let bit: UInt64 = 1 &<< UInt64(truncatingIfNeeded: (day &- first) & 63)
        let word = unsafe words + place(day, row)
        if unsafe word.pointee.load(ordering: .relaxed) & bit != 0 { return false }
        return unsafe word.pointee.bitwiseOr(bit, ordering: .relaxed).oldValue & bit == 0
    }

    /// The days of a period on which a line was used, in their order.
    func days(ofRow row: Int, in period: BillingPeriod) -> [Int32] {
        let (from, to) = (max(period.start.dayNumber, first), min(period.end.dayNumber, end - 1))
        guard from <= to else { return [] }
        return (from...to).filter { day in
            let bit: UInt64 = 1 << UInt64((day - first) & 63)
            return unsafe words[place(day, row)].load(ordering: .relaxed) & bit != 0
        }
    }

    @inline(__always)
    private func place(_ day: Int32, _ row: Int) -> Int {
        precondition(covers(day) && row >= 0 && row < rows)
        return row &* wordsPerRow &+ Int(day &- first) / 64
    }
}
