import DelimitedText

extension WritingPlan {
    /// The bytes in front of the first record: skipped lines, the names of the columns, or the header line.
    public var prologue: [UInt8] {
        var bytes: [UInt8] = []
        switch form.kind {
        case .delimited(let records, let dialect, let hasHeader):
            for _ in 0..<records.skippedLines { bytes += lineEnd }
            guard hasHeader else { return encoded(bytes) }
            var names = form.columns
            if case .marked(let mark) = records.header, let first = names.first { names[0] = mark + first }
            let writer = FieldWriter(lineEnding: lineEnd.count == 2 ? .crlf : .lf, dialect: dialect)
            if dialect.hasQuotes {
                writer.appendRecord(names, to: &bytes)
            } else {
                bytes += names.map { Array($0.utf8) }.joined(separator: [dialect.delimiter])
                bytes += lineEnd
            }
        case .document(let document): return document.prologue
        case .json(let document): return document.prologue
        case .tables(let tables): bytes += tables.prologue(lineEnd: lineEnd)
        case .documents: return []
        case .fixedWidth(let records, _):
            for type in records.types where type.role == .header { bytes += line(type, numbers: [:]) }
        }
        return encoded(bytes)
    }

    /// The bytes behind the last record: the trailer line with its totals, or the tables that records lead to.
    ///
    /// - Returns: nil when a total has more digits than the trailer has room for.
    public func epilogue(_ totals: StatedTotals) -> [UInt8]? {
        switch form.kind {
        case .document(let document): return document.epilogue
        case .json(let document): return document.epilogue
        case .tables(let tables): return encoded(tables.epilogue(totals.otherRows, lineEnd: lineEnd))
        case .documents: return []
        case .delimited, .fixedWidth: break
        }
        guard case .fixedWidth(let records, _) = form.kind else { return [] }
        var bytes: [UInt8] = []
        for type in records.types where type.role == .trailer {
            var numbers: [String: [UInt8]] = [:]
            for (number, total) in records.totals.enumerated() {
                guard let field = type.fields.first(where: { $0.name == total.field }),
                    let sum = totals.sums[number, default: 0], let text = total.text(of: sum)
                else { continue }
                let width = field.end - field.start
                guard text.count <= width else { return nil }
                numbers[field.name] = Array(repeating: 0x30, count: width - text.count) + text
            }
            guard
                records.totals.allSatisfy({ total in
                    numbers[total.field] != nil || !type.fields.contains { $0.name == total.field }
                })
            else { return nil }
            bytes += line(type, numbers: numbers)
        }
        return encoded(bytes)
    }

    /// How many bytes in front of the first record would separate it from one before, and are left out.
    public var separatorLength: Int {
        if case .json = form.kind { 1 } else { 0 }
    }

    /// How many bytes of records a file may have that is read again; nil where there is no limit.
    public var mostBytes: UInt64? {
        if case .tables(let tables) = form.kind { tables.mostBytes } else { nil }
    }

    private var lineEnd: [UInt8] { profile.writing.endsLinesWithCRLF ? [0x0D, 0x0A] : [0x0A] }

    private func encoded(_ text: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        return profile.encoding.append(text.span, to: &bytes) ? bytes : text
    }

    /// A header or trailer line: its prefix, what the profile states of its fields, and its totals.
    private func line(_ type: LineType, numbers: [String: [UInt8]]) -> [UInt8] {
        let length = type.length ?? type.fields.map(\.end).max() ?? 0
        var line = Array(type.prefix.utf8)
        line.append(contentsOf: repeatElement(UInt8(ascii: " "), count: max(0, length - line.count)))
        for field in type.fields {
            var value = numbers[field.name] ?? []
            if value.isEmpty, case .constant(let text)? = profile.writing.fillings[field.name] {
                value = Array(text.utf8)
            }
            for (index, byte) in value.prefix(field.end - field.start).enumerated()
            where field.start + index < line.count {
                line[field.start + index] = byte
            }
        }
        return line + lineEnd
    }
}

extension TrailerTotal {
    /// The text of a total; nil where its form has none.
    fileprivate func text(of sum: Int64) -> [UInt8]? {
        guard case .duration(_, let form) = measure else { return Array("\(sum)".utf8) }
        var text = RowText(reusing: [])
        guard let seconds = UInt64(exactly: sum), form.write(seconds, to: &text) else { return nil }
        return Array(text.bytes[..<text.count])
    }
}
