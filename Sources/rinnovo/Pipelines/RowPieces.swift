import BillingFiles

/// Makes the rows of a table in pieces, several at once, and takes them in their order.
enum RowPieces {
    /// How many findings or customers one thread works on at a time.
    private static let rowsPerPiece = 8192

    /// Calls `take` with what `make` makes of each piece of `count` rows, in order; at most two pieces a thread are held.
    static func run<Piece: Sendable>(
        count: Int, threads: Int, make: @escaping @Sendable (Range<Int>) -> Piece, take: (Piece) throws -> Void
    ) throws {
        let pieces = stride(from: 0, to: count, by: rowsPerPiece).map { $0..<min($0 + rowsPerPiece, count) }
        for first in stride(from: 0, to: pieces.count, by: threads * 2) {
            let some = pieces[first..<min(first + threads * 2, pieces.count)]
            for made in try WorkerThreads.all(threads: threads, some.map { piece in { make(piece) } }) {
                try take(made)
            }
        }
    }
}
