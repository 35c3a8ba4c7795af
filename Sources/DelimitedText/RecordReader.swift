/// The reference engine for one record: the quote rule, byte by byte, and what the record was found to be.
///
/// It is written to be read. The vector engine hands it every record that is not plain, so its speed matters where
/// quotes or faults are many; but what it finds is by definition right.
struct RecordReader: Sendable {
    /// The offset behind the raw text of each field of the record.
    private(set) var fieldEnds: [UInt32] = []
    private(set) var start = 0
    /// The offset behind the record and its line end.
    private(set) var end = 0
    private(set) var isTerminated = false
    private(set) var holdsQuote = false
    /// The LF within quoted fields.
    private(set) var lineBreaks = 0
    /// The physical lines that the record takes up.
    private(set) var lines = 0
    /// The first fault of quoting.
    private(set) var quotingFault: Fault?
    /// The first NUL, or start of what is not UTF-8.
    private(set) var byteFault: Fault?

    struct Fault {
        var kind: StructureFaultKind
        var offset: Int
    }

    func isSound(fieldCount: Int) -> Bool {
        quotingFault == nil && byteFault == nil && fieldEnds.count == fieldCount
    }

    /// Reads the record at `start`; false if the bytes end before it does and `isLast` does not make that its end.
    mutating func read(_ block: Span<UInt8>, from start: Int, isLast: Bool, rule: QuoteRule) -> Bool {
        reset(start: start)
        var rule = rule
        var fieldStart = start
        var fieldHoldsLineBreak = false
        var firstNUL: Int?
        var allBits: UInt8 = 0
        var offset = start
        scan: while offset < block.count {
            let byte = block[offset]
            allBits |= byte
            if byte == 0, firstNUL == nil { firstNUL = offset }
            if byte == rule.quote, rule.hasQuotes { holdsQuote = true }
            switch rule.take(byte) {
            case .text:
                guard byte == .lineFeed else { break }
                fieldHoldsLineBreak = true
                lineBreaks += 1
            case .fieldEnd:
                endField(at: offset)
                fieldStart = offset + 1
                fieldHoldsLineBreak = false
            case .recordEnd:
                let isCRLF = offset > fieldStart && block[offset - 1] == .carriageReturn
                endField(at: isCRLF ? offset - 1 : offset)
                isTerminated = true
                offset += 1
                break scan
            case .carriageReturn:
                if isLineFeed(offset + 1, in: block) { break }
                note(.carriageReturnInUnquotedField, at: offset)
            case .carriageReturnAfterQuote:
                if isLineFeed(offset + 1, in: block) { break }
                note(.textAfterClosingQuote, at: fieldHoldsLineBreak ? fieldStart : offset)
            case .quoteInUnquoted:
                note(.quoteInUnquotedField, at: offset)
            case .textAfterQuote:
                note(.textAfterClosingQuote, at: fieldHoldsLineBreak ? fieldStart : offset)
            }
            offset += 1
        }
        guard isTerminated || isLast else { return false }
        end = offset
        if !isTerminated {
            if case .quoted = rule.state { note(.unclosedQuote, at: fieldStart) }
            endField(at: end)
        }
        lines = lineBreaks + (isTerminated || block[end - 1] != .lineFeed ? 1 : 0)
        if let firstNUL { byteFault = Fault(kind: .nulByte, offset: firstNUL) }
        if allBits >= 0x80, let invalid = UTF8Check.firstInvalidByte(in: block.extracting(start..<end)) {
            if firstNUL.map({ start + invalid < $0 }) ?? true {
                byteFault = Fault(kind: .invalidUTF8, offset: start + invalid)
            }
        }
        return true
    }

    private mutating func reset(start: Int) {
        fieldEnds.removeAll(keepingCapacity: true)
        self.start = start
        end = start
        isTerminated = false
        holdsQuote = false
        lineBreaks = 0
        lines = 0
        quotingFault = nil
        byteFault = nil
    }

    private mutating func endField(at offset: Int) {
        fieldEnds.append(UInt32(truncatingIfNeeded: offset))
    }

    private mutating func note(_ kind: StructureFaultKind, at offset: Int) {
        if quotingFault == nil { quotingFault = Fault(kind: kind, offset: offset) }
    }

    private func isLineFeed(_ offset: Int, in block: Span<UInt8>) -> Bool {
        offset < block.count && block[offset] == .lineFeed
    }
}
