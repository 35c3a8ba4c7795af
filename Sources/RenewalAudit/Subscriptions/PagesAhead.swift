// This file holds unsafe code: the address of memory that others own and use.

import CByteScan
import Synchronization

/// Brings the memory of a growing table from the system before it is written.
///
/// The rows of a table are appended by one thread, and memory that is new to the process has to be cleared first: for
/// millions of rows that takes longer than filling them. The threads that decode the rows can do it beside that one, a
/// piece at a time and never far ahead of the rows, so that a table that stays short takes no more than it needs.
///
/// It does not keep the memory: where the table has moved meanwhile, it does nothing.
public final class PagesAhead: Sendable {
    /// One large page.
    private static let piece = 2 << 20

    /// How many pieces may be there before they are used.
    private static let lead = 8

    private let start: UInt
    private let pieces: Int

    /// How many pieces were asked for.
    private let asked = Atomic(0)

    /// How many pieces the rows reach into.
    private let used = Atomic(0)

    /// The pages of `size` bytes of memory; none are brought of the last piece, if it is not whole.
    init(_ memory: UnsafeMutableRawPointer, size: Int) {
        start = UInt(bitPattern: memory)
        pieces = size / Self.piece
    }

    /// Notes how many bytes are in use.
    func use(bytes: Int) { used.store(bytes / Self.piece + 1, ordering: .relaxed) }

    /// Brings one more piece, if it is worth it; any thread may call it.
    public func advance() {
        guard asked.load(ordering: .relaxed) < min(pieces, used.load(ordering: .relaxed) + Self.lead) else { return }
        let place = asked.add(1, ordering: .relaxed).oldValue
        guard place < pieces, let memory = unsafe UnsafeMutableRawPointer(bitPattern: start) else { return }
        unsafe cbytescan_populate(memory + place * Self.piece, Self.piece)
    }
}

extension Subscriptions {
    /// What brings memory for further rows; to be asked for after `reserve`.
    public var pagesAhead: PagesAhead { rows.pagesAhead }
}
