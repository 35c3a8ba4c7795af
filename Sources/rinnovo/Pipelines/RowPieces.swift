import BillingFiles
import Dispatch
import Synchronization

/// Makes the rows of a table in pieces, several at once, and takes them in their order.
enum RowPieces {
    /// How many findings or customers one thread works on at a time.
    private static let rowsPerPiece = 4096

    /// Calls `take` with what `make` makes of each piece of `count` rows, in order; at most two pieces a thread are held.
    ///
    /// `take` is called by one thread at a time, beside others that make further pieces.
    static func run<Piece: Sendable>(
        count: Int, threads: Int, make: @escaping @Sendable (Range<Int>) -> Piece, take: (Piece) throws -> Void
    ) throws {
        let pieces = stride(from: 0, to: count, by: rowsPerPiece).map { $0..<min($0 + rowsPerPiece, count) }
        let next = Atomic(0)
        try withoutActuallyEscaping(take) { take in
            let taking = OrderedTaking(room: threads * 2, take: take)
            WorkerThreads.run(count: min(max(1, threads), pieces.count)) { _ in
                while true {
                    // Pieces are begun in their order, so that whoever waits for room waits for one that is being made.
                    taking.waitForRoom()
                    let place = next.add(1, ordering: .relaxed).oldValue
                    guard place < pieces.count else { break }
                    taking.take(make(pieces[place]), at: place)
                }
                taking.leaveRoom()
            }
            try taking.finish()
        }
    }
}

/// Takes pieces that several threads have made, in their order.
///
/// `@unchecked` because of `take`, which is called under the lock alone and outlives no call that owns it.
private final class OrderedTaking<Piece: Sendable>: @unchecked Sendable {
    private let take: (Piece) throws -> Void
    private let room: DispatchSemaphore
    private let lock = Mutex<Void>(())

    // Used under the lock.
    private var waiting: [Int: Piece] = [:]
    private var next = 0
    private var failure: (any Error)?

    /// Takes pieces from the first on; so many may be made or wait for an earlier one.
    init(room: Int, take: @escaping (Piece) throws -> Void) {
        self.take = take
        self.room = DispatchSemaphore(value: room)
    }

    /// Waits until another piece may be made.
    func waitForRoom() { room.wait() }

    /// Gives back what was waited for, if no piece is made.
    func leaveRoom() { room.signal() }

    /// Takes a piece and those that have waited for it; after an error they are let go.
    func take(_ piece: Piece, at place: Int) {
        lock.withLock { _ in
            waiting[place] = piece
            while let ready = waiting.removeValue(forKey: next) {
                next += 1
                room.signal()
                guard failure == nil else { continue }
                do { try take(ready) } catch { failure = error }
            }
        }
    }

    /// Throws the first error, when all threads have ended.
    func finish() throws {
        if let failure = lock.withLock({ _ in failure }) { throw failure }
    }
}
