import BillingFiles

/// The hashes of keys that stood twice in a first reading; a record with one of them is looked at closely.
///
/// The hash is keyed, 64 bits wide, and tells only where to look: whether two keys are equal is decided by their bytes.
struct KeySuspicion: Sendable {
    /// The seed of the hashes.
    let seed: UInt64
    /// For each key of the plan the hashes, in order.
    private let hashes: [[UInt64]]

    /// Nothing is suspected.
    static let none = KeySuspicion(seed: 0, hashes: [])

    init(seed: UInt64, hashes: [[UInt64]]) {
        self.seed = seed
        self.hashes = hashes
    }

    /// Whether no key is suspected.
    var isNone: Bool { hashes.allSatisfy(\.isEmpty) }

    /// The records of a block whose keys may stand elsewhere too.
    func suspects(in rows: RowBatch, _ keys: [UniqueKey]) -> [KeySuspect] {
        var suspects: [KeySuspect] = []
        for (number, key) in keys.enumerated() where hashes.indices.contains(number) && !hashes[number].isEmpty {
            let found = KeyHashes.of(rows, key, seed: seed)
            for (record, hash) in found where contains(hash, number) {
                let fault = rows.fault(
                    key.rule, .repeated(key: number, firstRecord: 0), record: record, field: key.fields[0])
                suspects.append(
                    KeySuspect(
                        key: number, bytes: KeyHashes.bytes(rows, key, record: record), fault: fault,
                        end: rows.end(ofRecord: record)))
            }
        }
        return suspects
    }

    private func contains(_ hash: UInt64, _ key: Int) -> Bool {
        let sorted = hashes[key]
        var (low, high) = (0, sorted.count)
        while low < high {
            let middle = (low + high) / 2
            if sorted[middle] < hash { low = middle + 1 } else { high = middle }
        }
        return low < sorted.count && sorted[low] == hash
    }
}

/// A record whose key may stand elsewhere too.
struct KeySuspect: Sendable {
    /// The key among those of the plan.
    let key: Int
    /// The key itself.
    let bytes: [UInt8]
    /// What is wrong if it does.
    var fault: RowFault
    /// The offset behind the record.
    let end: Int
}
