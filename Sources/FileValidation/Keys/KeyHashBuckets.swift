import BillingFiles

/// The hashes of all keys of a file, gathered to find those that stand twice.
///
/// Eight bytes a key: hashes are shared out over buckets by their upper bits, and each bucket is small enough to be looked
/// through within the processor's cache.
struct KeyHashBuckets: Sendable {
    private static let bits = 10
    private var buckets: [[UInt64]]

    /// No hashes.
    init() {
        buckets = Array(repeating: [], count: 1 << Self.bits)
    }

    /// Adds hashes.
    mutating func add(_ hashes: [UInt64]) {
        for hash in hashes { buckets[Int(truncatingIfNeeded: hash >> UInt64(64 - Self.bits))].append(hash) }
    }

    /// The hashes that stand more than once, in order.
    func repeated(threads: Int) -> [UInt64] {
        let parts = max(1, threads)
        let tasks = (0..<parts).map { part in
            { @Sendable in
                var found: [UInt64] = []
                var table: [UInt64] = []
                for bucket in (buckets.count * part / parts)..<(buckets.count * (part + 1) / parts) {
                    Self.collect(buckets[bucket], &table, &found)
                }
                return found
            }
        }
        let found = (try? WorkerThreads.all(threads: parts, tasks)) ?? tasks.map { $0() }
        return found.flatMap(\.self)
    }

    private static func collect(_ hashes: [UInt64], _ table: inout [UInt64], _ found: inout [UInt64]) {
        var size = 16
        while size < hashes.count * 2 { size *= 2 }
        table.removeAll(keepingCapacity: true)
        table.append(contentsOf: repeatElement(0, count: size))
        var repeated: [UInt64] = []
        var hasZero = false
        for hash in hashes {
            if hash == 0 {
                if hasZero { repeated.append(0) }
                hasZero = true
                continue
            }
            var place = Int(truncatingIfNeeded: hash) & (size - 1)
            while table[place] != 0, table[place] != hash { place = (place + 1) & (size - 1) }
            if table[place] == hash { repeated.append(hash) }
            table[place] = hash
        }
        repeated.sort()
        for (index, hash) in repeated.enumerated() where index == 0 || repeated[index - 1] != hash {
            found.append(hash)
        }
    }
}
