// This file holds unsafe code: the bytes of a block lent to the look-up.

public import BillingRecords

/// Finds the charges that others name, in a second look at the files.
///
/// To be given the same batches as the sieve was, with the ids of the charges. Memory: by the names.
public struct NamedCharges: Sendable {
    /// A charge that has one of the names.
    struct Found: Sendable {
        /// The row of its line; -1 where it is nobody's.
        let row: Int
        /// Its place, without the byte.
        let position: RecordPosition
        /// Whether its amount is above zero, whatever became of it.
        let takesMoney: Bool
        /// Whether it is the only one of its name.
        var isOnly = true
    }

    private let sieve: ChargeSieve
    private let names: Set<[UInt8]>
    private let lengths: Set<Int>

    /// The charges found so far, by their names.
    private(set) var found: [[UInt8]: Found] = [:]

    /// A look for the charges that charges of `sieve` name.
    public init(_ sieve: ChargeSieve) {
        self.sieve = sieve
        names = sieve.references.names
        lengths = Set(names.map(\.count))
    }

    /// Looks at the charges of one batch; `block` is the block that the batch was read from.
    public mutating func admit(_ batch: ChargeBatch, block: Span<UInt8>) {
        unsafe block.withUnsafeBufferPointer { bytes in
            unsafe batch.unescapedTexts.withUnsafeBufferPointer { unescaped in
                let texts = unsafe BatchBytes(block: bytes, unescaped: unescaped)
                for (charge, identifier) in zip(batch.charges, batch.identifiers)
                where lengths.contains(identifier.length) {
                    let name = texts.copy(identifier)
                    guard names.contains(name) else { continue }
                    let position = RecordPosition(block: batch.block, byteOffset: nil, record: charge.ordinal)
                    let row = sieve.lineRow(of: charge, texts: texts)
                    note(name, Found(row: row, position: position, takesMoney: charge.amount > 0))
                }
            }
        }
    }

    /// Takes over what another thread found.
    public mutating func merge(_ other: NamedCharges) {
        for (name, charge) in other.found { note(name, charge) }
    }

    private mutating func note(_ name: [UInt8], _ charge: Found) {
        // An id that stands twice names nobody knows which.
        if found[name] == nil { found[name] = charge } else { found[name]?.isOnly = false }
    }
}
