import BillingFiles
import DelimitedText

/// Finds what is wrong with the structure of a block's records.
struct StructureFaults {
    private let rows: RowBatch
    private let plan: TablePlan

    init(_ rows: RowBatch, _ plan: TablePlan) {
        self.rows = rows
        self.plan = plan
    }

    /// The faults; `values` are those of the values of the same block.
    func find(values: [RowFault]) -> [RowFault] {
        var faults: [RowFault] = []
        for fault in rows.table.faults {
            if let fault = structureFault(fault, values: values) { faults.append(fault) }
        }
        // Lines and records differ where a quoted field holds a line end, or a row without one ends the file.
        if rows.table.containsQuotes, rows.table.totalLines != rows.table.totalRecords { faults += swallowedRows() }
        return faults
    }

    private func structureFault(_ fault: StructureFault, values: [RowFault]) -> RowFault? {
        var rule = StructureFaultText.describe(fault.kind).rule
        var kind = RowFault.Kind.structure(fault.kind)
        switch fault.kind {
        case .missingFinalLineEnd:
            if lastRowCannotBeLonger(values) { return nil }
            if !plan.distrustsOpenEnd { rule = .noFinalLineEnd }
        case .textAfterClosingQuote where byte(fault.byteOffset) == plan.dialect.quote:
            // The scanner points at the opening quote where the field swallowed a line end.
            (rule, kind) = (.unclosedQuote, .swallowedRows)
        case .invalidUTF8 where plan.isRecoded: rule = .invalidEncoding
        default: break
        }
        return RowFault(
            rule: rule, kind: kind, record: fault.recordOrdinal, recordStart: fault.byteOffset,
            offset: fault.byteOffset, extent: 0, line: fault.lineOrdinal, column: fault.columnOrdinal + 1,
            field: plan.columns.indices.contains(fault.fieldOrdinal) ? fault.fieldOrdinal : -1)
    }

    private func byte(_ offset: Int) -> UInt8? { offset < rows.block.count ? rows.block.storage[offset] : nil }

    /// Whether the last row is sound and ends with a value that cannot be the beginning of a longer one.
    private func lastRowCannotBeLonger(_ values: [RowFault]) -> Bool {
        let (record, field) = (rows.count - 1, plan.columns.count - 1)
        guard record >= 0, rows.table.recordOrdinal(of: record) == rows.table.totalRecords - 1 else { return false }
        if plan.dialect.hasQuotes, byte(rows.block.count - 1) == plan.dialect.quote { return true }
        let isSound = !values.contains { $0.record == rows.table.totalRecords - 1 && $0.rule.severity == .error }
        return isSound && plan.columns[field].isSelfDelimiting
            && !rows.table.fieldRange(record: record, field: field).isEmpty
    }

    /// The quoted fields that swallowed the rows behind them and were closed by the quote of a later row, so that the
    /// record looks sound.
    ///
    /// Some columns hold no line break. In the others the text tells rows from prose: what it holds of the first row, of
    /// whole rows and of the last one has exactly the delimiters that these have.
    private func swallowedRows() -> [RowFault] {
        var faults: [RowFault] = []
        let width = rows.table.fieldCount
        for record in 0..<rows.count {
            for field in 0..<width {
                let range = rows.table.fieldRange(record: record, field: field)
                guard range.count > 1, rows.block.storage[range.lowerBound] == plan.dialect.quote else { continue }
                let counts = delimitersByLine(range)
                guard counts.count > 1 else { continue }
                let isOfRows =
                    width > 1 && counts[0] == width - 1 - field && counts[counts.count - 1] == field
                    && counts.dropFirst().dropLast().allSatisfy { $0 == width - 1 }
                guard plan.columns[field].refusesLineBreaks || isOfRows else { continue }
                faults.append(rows.fault(.unclosedQuote, .swallowedRows, record: record, field: field))
                break
            }
        }
        return faults
    }

    private func delimitersByLine(_ range: Range<Int>) -> [Int] {
        var counts = [0]
        let bytes = rows.block.storage.span
        for index in range {
            if bytes[index] == plan.dialect.delimiter { counts[counts.count - 1] += 1 }
            if bytes[index] == UInt8(ascii: "\n") { counts.append(0) }
        }
        return counts
    }
}
