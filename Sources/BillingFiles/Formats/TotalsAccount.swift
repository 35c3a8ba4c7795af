/// Compares what the header and trailer of a foreign file state with what its records come to.
///
/// A file without the trailer that its format has was cut, and one whose totals differ is not the one that was sent.
public struct TotalsAccount: Sendable {
    private let records: FixedWidthRecords?
    private var totals = StatedTotals()

    /// The account of a file; of one without totals there is nothing to say.
    public init(_ file: ForeignFile?) {
        guard case .fixedWidth(let records)? = file?.profile.layout else {
            self.records = nil
            return
        }
        self.records = records
    }

    /// Adds a block, in the order of the file.
    ///
    /// - Parameters:
    ///   - line: the physical line of the block's first byte, from 1.
    ///   - offset: the offset of its first byte in the file.
    public mutating func add(_ part: StatedTotals, line: Int, offset: UInt64) {
        guard records != nil, !part.isEmpty else { return }
        var part = part
        for (number, statements) in part.statements {
            part.statements[number] = statements.map { statement in
                var placed = statement
                placed.line += line
                placed.byteOffset += Int(clamping: offset)
                return placed
            }
        }
        totals.add(part)
    }

    /// What is wrong, once the file was read to its end.
    public func findings(file: String) -> [InputFinding] {
        guard let records else { return [] }
        var findings: [InputFinding] = []
        for role in [LineType.Role.header, .trailer] where records.types.contains(where: { $0.role == role }) {
            let count = role == .header ? totals.headers : totals.trailers
            guard count != 1 else { continue }
            findings.append(
                InputFinding(
                    rule: count == 0 && role == .trailer ? .truncatedLastRow : .controlTotalMismatch,
                    place: .whole(file),
                    found: count == 0 ? "no \(role.rawValue)" : "\(count) lines of the \(role.rawValue)",
                    expected: "one line of the \(role.rawValue)"))
        }
        for (number, total) in records.totals.enumerated() {
            let sum = totals.sums[number, default: 0]
            for statement in totals.statements[number] ?? [] where statement.number == nil || statement.number != sum {
                findings.append(
                    InputFinding(
                        rule: .controlTotalMismatch,
                        place: Place(
                            file: file, line: statement.line, record: 0, column: statement.column, field: total.field,
                            byteOffset: UInt64(clamping: statement.byteOffset)),
                        found: statement.text, expected: total.expectation(sum)))
            }
        }
        return findings
    }
}

extension TrailerTotal {
    /// What the records come to, in words.
    fileprivate func expectation(_ sum: Int64?) -> String {
        guard let sum else { return "a total of values that are all numbers" }
        switch measure {
        case .records: return "\(sum) records, as the file has them"
        case .duration(let field, _): return "\(sum) seconds, the sum of \(field)"
        case .sum(let field): return "\(sum), the sum of \(field)"
        }
    }
}
