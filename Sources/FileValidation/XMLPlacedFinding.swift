import BillingFiles

/// A fault with its place, where the place counts from the beginning of a file or of a block.
struct XMLPlacedFinding: Sendable {
    let fault: XMLFaultFinding

    /// The offset of the byte meant.
    let offset: UInt64

    /// The line of the byte, from 1.
    let line: Int

    /// Its column, from 1.
    let column: Int

    /// As a finding in a file.
    func finding(in file: String) -> InputFinding {
        let texts = fault.texts
        return InputFinding(
            rule: fault.rule,
            place: Place(
                file: file, line: line, record: fault.children, column: column, field: texts.field,
                byteOffset: offset),
            found: texts.found, expected: texts.expected, path: fault.path)
    }

    /// As a finding in a file, when the place counts from a block and the path from the block's records.
    func finding(in file: String, behind start: XMLPartStart, records: String) -> InputFinding {
        let texts = fault.texts
        return InputFinding(
            rule: fault.rule,
            place: Place(
                file: file, line: start.line + line - 1, record: start.children + fault.children,
                column: column + (line == 1 ? start.column - 1 : 0), field: texts.field,
                byteOffset: start.offset + offset),
            found: texts.found, expected: texts.expected,
            path: fault.path(shiftedBy: start.children, in: records))
    }
}

/// Where a part of a document begins, and what stands before it.
struct XMLPartStart: Sendable {
    /// The offset of its first byte in the file.
    var offset: UInt64

    /// The line of that byte, from 1.
    var line: Int

    /// Its column, from 1.
    var column: Int

    /// How many children of the root stand before it.
    var children = 0

    /// How many elements stand before it.
    var elements = 0

    /// Goes on to the end of a part.
    mutating func advance(over part: XMLPartOutcome, bytes: Int) {
        offset += UInt64(bytes)
        line += part.lines
        column = part.lastColumns + (part.lines == 0 ? column : 1)
        children += part.children
        elements += part.elements
    }
}
