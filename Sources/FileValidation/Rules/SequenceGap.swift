import BillingFiles

/// A sequence number is missing between two others, or two files have the same one.
///
/// Numbers are those of the files of one kind (subscriptions, events, charges, usage) and one `stream`, in all control files
/// together and in any order. The first and the last number are not known: a file missing there is not noticed. The number
/// of a file that was not given closes a gap, for that file is found anyway.
enum SequenceGap {
    static let rule = InputRule.sequenceGap

    private struct Numbering: Hashable {
        let role: ReceivedFile.Role
        let stream: String
    }

    /// The findings, with the row that each is about.
    static func findings(
        _ statements: [ControlStatement], _ received: [ReceivedFile]
    ) -> [(row: Int, finding: InputFinding)] {
        let roles = Dictionary(received.map { ($0.name, $0.role) }, uniquingKeysWith: { first, _ in first })
        var findings: [(row: Int, finding: InputFinding)] = []
        var numberings: [Numbering: [Int: (row: Int, file: String)]] = [:]
        var absent: [String: Set<Int>] = [:]
        var numbers: [String: Int] = [:]
        for (row, statement) in statements.enumerated() {
            guard let number = statement.sequence, !statement.file.isEmpty else { continue }
            if let other = numbers.updateValue(number, forKey: statement.file), other != number {
                let finding = statement.finding(
                    rule, .sequence, found: "\(number) for a file that has \(other) in another row",
                    expected: "one number a file")
                findings.append((row, finding))
            }
            guard let role = roles[statement.file] else {
                absent[statement.stream, default: []].insert(number)
                continue
            }
            let numbering = Numbering(role: role, stream: statement.stream)
            guard let first = numberings[numbering]?[number] else {
                numberings[numbering, default: [:]][number] = (row, statement.file)
                continue
            }
            guard first.file != statement.file else { continue }
            let finding = statement.finding(
                rule, .sequence, found: "\(number), which \(VisibleText.of(first.file.utf8)) has already",
                expected: "each number once")
            findings.append((row, finding))
        }
        for (numbering, rows) in numberings {
            let others = absent[numbering.stream] ?? []
            for (row, finding) in gaps(rows.mapValues(\.row), others, statements) { findings.append((row, finding)) }
        }
        return findings
    }

    /// The gaps of one numbering; each stands at the number behind it.
    private static func gaps(
        _ rows: [Int: Int], _ absent: Set<Int>, _ statements: [ControlStatement]
    ) -> [(row: Int, finding: InputFinding)] {
        guard let first = rows.keys.min(), let last = rows.keys.max() else { return [] }
        let numbers = absent.filter { first < $0 && $0 < last }.union(rows.keys).sorted()
        var findings: [(row: Int, finding: InputFinding)] = []
        for (number, next) in zip(numbers, numbers.dropFirst()) where next - number > 1 {
            let row = rows[next] ?? rows[number] ?? 0
            let gap = next - number == 2 ? "\(number + 1)" : "\(number + 1) to \(next - 1)"
            let finding = statements[row].finding(
                rule, .sequence, found: "\(next) next to \(number)", expected: "\(gap) between them")
            findings.append((row, finding))
        }
        return findings
    }
}
