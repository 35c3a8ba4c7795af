import Synchronization

/// Buffers that are used again: a new one for each block would cost more than filling it.
final class RecordBufferPool: Sendable {
    /// A buffer that grew beyond this for an unusual block is given back to the system.
    private static let keptCapacity = 8 << 20

    private let spare = Mutex<[RecordBuffer]>([])

    /// An empty buffer.
    func take() -> RecordBuffer {
        let buffer = spare.withLock { $0.popLast() } ?? RecordBuffer()
        buffer.count = 0
        return buffer
    }

    /// Takes a buffer back.
    func giveBack(_ buffer: RecordBuffer) {
        guard buffer.count <= Self.keptCapacity else { return }
        spare.withLock { $0.append(buffer) }
    }
}
