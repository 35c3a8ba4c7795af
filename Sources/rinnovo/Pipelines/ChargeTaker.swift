import BillingRecords
import RenewalAudit

/// What takes the charges that are read, one on each thread.
protocol ChargeTaker: Sendable {
    /// Takes the charges of one batch; `block` is the block that the batch was read from.
    mutating func admit(_ batch: ChargeBatch, block: Span<UInt8>)

    /// Takes over what another thread took.
    mutating func merge(_ other: Self)

    /// Makes itself ready when all threads are merged.
    mutating func finish()
}

extension ChargeSieve: ChargeTaker {
    mutating func finish() { sort() }
}

extension NamedCharges: ChargeTaker {
    mutating func finish() {}
}

extension ChargeObservations: ChargeTaker {
    mutating func finish() {}
}
