package import DelimitedText

/// What the scanner's structure faults are called in findings.
package enum StructureFaultText {
    /// The rule that a fault breaks, and what was found and expected.
    package static func describe(_ kind: StructureFaultKind) -> (rule: InputRule, found: String, expected: String) {
        switch kind {
        case .wrongFieldCount(let found, let expected):
            (.wrongFieldCount, found == 1 ? "1 field" : "\(found) fields", "\(expected) fields as in the header row")
        case .quoteInUnquotedField:
            (.quoteInUnquotedField, "a quote in a field that does not begin with one", "the whole field quoted")
        case .textAfterClosingQuote:
            (.textAfterQuote, "text after a closing quote", "a comma or the end of the line")
        case .unclosedQuote:
            (.unclosedQuote, "a quote that is not closed", "a closing quote")
        case .carriageReturnInUnquotedField:
            (.loneCarriageReturn, "a carriage return without a line feed", "LF or CR LF")
        case .missingFinalLineEnd:
            (.truncatedLastRow, "a last row without a line end", "a line end")
        case .nulByte:
            (.nulByte, "a byte of value zero", "text")
        case .invalidUTF8:
            (.invalidUTF8, "bytes that are no UTF-8 text", "UTF-8")
        }
    }

    /// A fault as a finding in its block.
    static func finding(_ fault: StructureFault, field: String?) -> BlockFinding {
        let text = describe(fault.kind)
        return BlockFinding(
            rule: text.rule, record: fault.recordOrdinal, line: fault.lineOrdinal, column: fault.columnOrdinal + 1,
            byteOffset: fault.byteOffset, field: field, found: text.found, expected: text.expected)
    }

    /// A fault that stops the reading of a file.
    static func rejection(
        _ fault: StructureFault, file: String, header: Bool, shiftedBy offset: Int
    ) -> InputRejection {
        let text = describe(fault.kind)
        let place = Place(
            file: file, line: fault.lineOrdinal + (header ? 1 : 0), record: fault.recordOrdinal,
            column: fault.columnOrdinal + 1, field: nil, byteOffset: UInt64(fault.byteOffset + offset))
        return InputRejection(
            text.rule, at: place, found: text.found, expected: text.expected, isRelativeToBlock: !header)
    }
}
