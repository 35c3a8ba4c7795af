import BillingFiles
import DelimitedText

/// Puts faults into words: what was found and what was expected.
struct FaultWords {
    let plan: TablePlan

    /// What was found and what was expected, for a fault of a block.
    func of(_ fault: RowFault, in block: Block) -> (found: String, expected: String) {
        switch fault.kind {
        case .structure(.invalidUTF8) where plan.isRecoded:
            return ("bytes without a meaning in the encoding", "text")
        case .structure(let kind):
            let text = StructureFaultText.describe(kind)
            return (text.found, text.expected)
        case .swallowedRows: return ("a quote that swallows the rows behind it", "a closing quote on the same row")
        case .lineEnd(let isCRLF):
            return isCRLF
                ? ("a line that ends with CR LF", "LF, as in the lines before")
                : ("a line that ends with LF", "CR LF, as in the lines before")
        case .value(let broken):
            let record = values(fault, in: block)
            return (shown(record[fault.field]), plan.columns[fault.field].wording.expected(broken, record))
        case .record(let index):
            let record = values(fault, in: block)
            let rule = plan.rules[index]
            return (rule.found(record) ?? shown(record[fault.field]), rule.expected(record))
        case .repeated(let key, let first):
            let record = values(fault, in: block)
            let key = plan.uniqueKeys[key]
            let shown = key.fields.map { self.shown(record[$0]) }.joined(separator: ", ")
            let name = key.fields.map { plan.columns[$0].name }.joined(separator: ", ")
            return ("\(shown), which record \(first) has already", "each \(VisibleText.of(name.utf8)) once")
        }
    }

    private func shown(_ value: [UInt8]) -> String { value.isEmpty ? "an empty field" : VisibleText.of(value) }

    /// The values of the record of a fault.
    private func values(_ fault: RowFault, in block: Block) -> RecordValues {
        let rest = block.storage.span.extracting(fault.recordStart..<block.count)
        return RecordValues(values: HeaderRow.parseHeader(rest, dialect: plan.dialect).names)
    }
}
