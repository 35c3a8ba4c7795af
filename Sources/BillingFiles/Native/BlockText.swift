import BillingRecords
import DelimitedText

/// The records of a scanned block, for whoever explains what is wrong with one of them.
///
/// This is the slow and careful reading of a value; the fast one only says that a row is not plainly right.
struct BlockText {
    let table: FieldTable
    let layout: NativeLayout

    /// A finding on a field of a sound record.
    func finding(
        _ rule: InputRule, record: Int, field: Int, block: Span<UInt8>, expected: String
    ) -> BlockFinding {
        let range = table.fieldRange(record: record, field: field)
        let value = FieldText.value(of: block.extracting(range))
        var lineStart = range.lowerBound
        while lineStart > 0, block[lineStart - 1] != UInt8(ascii: "\n") { lineStart -= 1 }
        var line = table.lineOrdinal(of: record)
        for index in Int(table.recordStarts[record])..<range.lowerBound where block[index] == UInt8(ascii: "\n") {
            line += 1
        }
        return BlockFinding(
            rule: rule, record: table.recordOrdinal(of: record), line: line, column: range.lowerBound - lineStart + 1,
            byteOffset: range.lowerBound, field: layout.names[field],
            found: value.isEmpty ? "an empty field" : VisibleText.of(value), expected: expected)
    }

    /// Whether the last row has sound structure and ends with a value that cannot be the beginning of a longer one.
    func lastRowCannotBeLonger(block: Span<UInt8>) -> Bool {
        let (record, field) = (table.recordCount - 1, layout.names.count - 1)
        guard record >= 0, block.count > 0, table.recordOrdinal(of: record) == table.totalRecords - 1 else {
            return false
        }
        if block[block.count - 1] == UInt8(ascii: "\"") { return true }
        // Values of columns that the layout does not know were not judged and tell nothing.
        return !table.fieldRange(record: record, field: field).isEmpty && layout.fields.contains(field)
            && NativeColumns.selfDelimiting.contains(layout.names[field])
    }

    /// The findings on the structure of the block.
    ///
    /// A last row without a line end is taken as complete if `lastRowIsComplete` says so.
    func structureFindings(block: Span<UInt8>, lastRowIsComplete: Bool) -> [BlockFinding] {
        table.faults.compactMap { fault in
            if fault.kind == .missingFinalLineEnd, lastRowIsComplete { return nil }
            let field = layout.names.indices.contains(fault.fieldOrdinal) ? layout.names[fault.fieldOrdinal] : nil
            var finding = StructureFaultText.finding(fault, field: field)
            if fault.kind == .textAfterClosingQuote, fault.byteOffset < block.count,
                block[fault.byteOffset] == UInt8(ascii: "\"")
            {
                // The scanner points at the opening quote when the field swallowed a line end.
                finding.rule = .unclosedQuote
                finding.found = "a quote that swallows the rows behind it"
                finding.expected = "a closing quote on the same row"
            }
            return finding
        }
    }

    /// The findings on quotes that swallowed the rows behind them and were closed by the quote of a later row, so that
    /// the record looks sound; call it for a block in which a quoted field holds a line break.
    ///
    /// The rows in such a field are lost evidence: without these findings their renewals would look uncharged. No
    /// column of ours but the offer holds a line break. In any other the text tells rows from prose: what it holds of
    /// the first row, of whole rows and of the last one has exactly the commas that these have.
    func swallowedRows(block: Span<UInt8>) -> [BlockFinding] {
        var findings: [BlockFinding] = []
        for record in 0..<table.recordCount {
            for field in 0..<table.fieldCount {
                let range = table.fieldRange(record: record, field: field)
                guard range.count > 1, block[range.lowerBound] == UInt8(ascii: "\"") else { continue }
                let commas = commasByLine(block.extracting(range))
                guard commas.count > 1 else { continue }
                let isOurs = layout.fields.contains(field) && layout.names[field] != "offer"
                let isOfRows =
                    commas[0] == table.fieldCount - 1 - field && commas[commas.count - 1] == field
                    && commas.dropFirst().dropLast().allSatisfy { $0 == table.fieldCount - 1 }
                guard isOurs || isOfRows else { continue }
                var finding = finding(
                    .unclosedQuote, record: record, field: field, block: block,
                    expected: "a closing quote on the same row")
                finding.found = "a quote that swallows the rows behind it"
                findings.append(finding)
                break
            }
        }
        return findings
    }

    private func commasByLine(_ text: Span<UInt8>) -> [Int] {
        var counts = [0]
        for index in text.indices {
            if text[index] == UInt8(ascii: ",") { counts[counts.count - 1] += 1 }
            if text[index] == UInt8(ascii: "\n") { counts.append(0) }
        }
        return counts
    }
}
