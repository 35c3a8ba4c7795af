extension RecordConverter {
    /// The records of some whole CSV rows, in the target's form.
    public mutating func records(of rows: [UInt8]) -> [UInt8] {
        let padded = rows + Array(repeating: 0, count: Block.padding)
        let block = work(
            on: Block(ordinal: 0, file: 0, fileOffset: 0, storage: padded, count: rows.count, isLast: true))
        defer { giveBack(block) }
        var records: [UInt8] = []
        block.records.withBytes { bytes in
            records.reserveCapacity(bytes.count)
            for index in bytes.indices { records.append(bytes[index]) }
        }
        return records
    }
}
