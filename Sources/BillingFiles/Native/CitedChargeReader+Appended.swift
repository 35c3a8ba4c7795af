public import BillingRecords

extension CitedChargeReader {
    /// The position of a charge that no file has, by its ordinal among these.
    public func position(ofAppended ordinal: Int) -> RecordPosition {
        Self.position(ofAppended: ordinal, behind: directory.entries.count)
    }

    /// The position of a charge that no file has, behind some blocks.
    public static func position(ofAppended ordinal: Int, behind blocks: Int) -> RecordPosition {
        let (block, record) = ordinal.quotientAndRemainder(dividingBy: RecordPosition.limits.records)
        return RecordPosition(
            block: UInt32(clamping: blocks + block), byteOffset: 0, record: UInt32(truncatingIfNeeded: record))
    }

    /// The row of a charge that no file has; nil where a file has it.
    func appendedRow(at position: RecordPosition) -> ChargeRow? {
        guard position.block >= directory.entries.count else { return nil }
        let ordinal =
            (position.block - directory.entries.count) * RecordPosition.limits.records + position.record
        return appended.indices.contains(ordinal) ? appended[ordinal] : nil
    }

    /// Takes the charges that no file has from positions that come in order, at whose end they stand.
    func appendedCharges(
        at positions: inout [RecordPosition]
    ) -> [(position: RecordPosition, charge: CitedCharge)] {
        var found: [(position: RecordPosition, charge: CitedCharge)] = []
        while let last = positions.last, last.block >= directory.entries.count {
            positions.removeLast()
            guard let row = appendedRow(at: last), let identifier = row.values.first else { continue }
            found.append((last, CitedCharge(identifier: identifier, file: row.file, line: row.line)))
        }
        return found.reversed()
    }
}
