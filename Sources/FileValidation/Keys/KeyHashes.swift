/// The keys of a block's records, and their hashes.
enum KeyHashes {
    /// The hash of the key of each record, in order; records without a key that counts are left out.
    static func of(_ rows: RowBatch, _ key: UniqueKey, seed: UInt64) -> [(record: Int, hash: UInt64)] {
        var hashes: [(record: Int, hash: UInt64)] = []
        hashes.reserveCapacity(rows.count)
        if key.fields.count == 1 {
            rows.forEachValue(key.fields[0]) { record, value in
                if key.countsEmpty || !value.isEmpty { hashes.append((record, KeyHash.of(value, seed: seed))) }
            }
            return hashes
        }
        for record in 0..<rows.count {
            let bytes = bytes(rows, key, record: record)
            hashes.append((record, KeyHash.of(bytes.span, seed: seed)))
        }
        return hashes
    }

    /// The key of a record: its values, each behind its length where there are several.
    static func bytes(_ rows: RowBatch, _ key: UniqueKey, record: Int) -> [UInt8] {
        joined(key.fields.map { rows.value(record: record, field: $0)[...] })
    }

    /// Values as one key: the only one as it is, several each behind its length.
    static func joined(_ values: [ArraySlice<UInt8>]) -> [UInt8] {
        if values.count == 1 { return Array(values[0]) }
        var bytes: [UInt8] = []
        for value in values {
            appendLength(value.count, &bytes)
            bytes += value
        }
        return bytes
    }

    private static func appendLength(_ count: Int, _ bytes: inout [UInt8]) {
        for shift in [0, 8, 16, 24] { bytes.append(UInt8(truncatingIfNeeded: count >> shift)) }
    }
}
