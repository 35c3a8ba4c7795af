import DelimitedText
import XMLStream

extension NativeRecords {
    /// The records of the last block that hold a value for which a profile has no meaning.
    var unmapped: UnmappedRecords { UnmappedRecords(values: rows.unmapped) }

    /// The findings on the values of a record that is rejected, of each value one.
    mutating func findings(_ faults: [NativeValueFault], record: Int) -> [BlockFinding] {
        let values = Array(unmapped.values(of: record))
        let meaningless = values.map { value in
            NativeValueFault(
                column: layout.names[value.column], rule: .ofMeaningless(layout.names[value.column]),
                expected: value.expected)
        }
        let others = faults.filter { fault in !meaningless.contains { $0.column == fault.column } }
        return (meaningless + others).map { finding($0, record: record) }
    }

    /// A finding on a field of a sound record.
    mutating func finding(_ fault: NativeValueFault, record: Int) -> BlockFinding {
        let field = layout.names.firstIndex(of: fault.column) ?? 0
        let text = text
        let bytes = text.storage.span.extracting(0..<text.count)
        var finding = BlockText(table: table, layout: layout).finding(
            fault.rule, record: record, field: field, block: bytes, expected: fault.expected)
        guard makesRows else { return finding }
        let value = FieldText.value(of: bytes.extracting(table.fieldRange(record: record, field: field)))
        if value.first == UnmappedValue.mark { finding.found = VisibleText.of(value.dropFirst()) }
        let place = place(of: placeInBlock(record: record, field: field))
        (finding.line, finding.column, finding.byteOffset) = (place.line, place.column, place.byteOffset)
        return finding
    }

    /// The line, column and offset in the file's bytes of an offset in a block of which rows are made.
    mutating func place(of offset: Int) -> (line: Int, column: Int, byteOffset: Int) {
        let places =
            self.places
            ?? XMLBlockPlaces(
                block.storage.span.extracting(0..<block.count), encoding: markup ?? .asciiCompatible)
        self.places = places
        let place = places.place(of: offset)
        guard encoding != .utf8 else { return (place.line, place.column, offset) }
        let bytes = block.storage.span
        let before = encoding.storedLength(bytes.extracting((offset - place.column + 1)..<offset))
        return (place.line, before + 1, encoding.storedLength(bytes.extracting(0..<offset)))
    }

    /// What is wrong with rows that were made of a foreign file: they hold what the file holds.
    mutating func faultsOfRows() -> [BlockFinding] {
        table.faults.map { fault in
            var finding = StructureFaultText.finding(fault, field: nil)
            let offset =
                rows.recordOffsets.indices.contains(fault.recordOrdinal)
                ? Int(rows.recordOffsets[fault.recordOrdinal]) : 0
            let place = place(of: offset)
            (finding.line, finding.column, finding.byteOffset) = (place.line, place.column, place.byteOffset)
            return finding
        }
    }

    /// Offsets in a recoded block, in order, as offsets in the file's bytes.
    func stored(_ offsets: [UInt32]) -> [UInt32] {
        var (last, length) = (0, 0)
        let bytes = block.storage.span
        return offsets.map { offset in
            length += encoding.storedLength(bytes.extracting(last..<max(last, Int(offset))))
            last = max(last, Int(offset))
            return UInt32(truncatingIfNeeded: length)
        }
    }

    /// Where the content of a field begins in the block, or its record where there is no such field.
    mutating func placeInBlock(record: Int, field: Int) -> Int {
        if rows.fieldOffsets.isEmpty {
            var placed = RecordRows()
            if let reader {
                _ = reader.parse(block, into: &placed)
            } else {
                _ = maker?.make(block, into: &placed, keepsPlaces: true)
            }
            rows.fieldOffsets = placed.fieldOffsets
        }
        let entry = record * layout.names.count + field
        guard rows.fieldOffsets.indices.contains(entry), rows.fieldOffsets[entry] != RecordRows.absent else {
            return rows.recordOffsets.indices.contains(record) ? Int(rows.recordOffsets[record]) : 0
        }
        return Int(rows.fieldOffsets[entry])
    }
}

extension UnmappedValue {
    /// Stands in front of a value in a row that means nothing, so that nobody takes it for one that does: the character
    /// SUBSTITUTE.
    static let mark: UInt8 = 0x1A
}

extension InputRule {
    /// The rule that a value without a meaning breaks in a column.
    static func ofMeaningless(_ column: String) -> InputRule {
        switch column {
        case "subscription_id": .missingSubscription
        case "charged_on", "period_start", "period_end", "activated_on", "ended_on", "effective_on", "until":
            .invalidDate
        case "started_at": .invalidTime
        case "amount", "price": .invalidAmount
        case "duration_s", "volume_bytes": .invalidNumber
        case "currency": .unknownCurrency
        case "status": .unknownStatus
        case "event": .unknownEvent
        case "cycle": .invalidCycle
        default: .invalidValue
        }
    }
}
