import BillingFiles
import BillingRecords
import BillingValues

/// What a control file states of a file is not what was read: the number of records, the sum of a currency, or the hash.
///
/// Rows were lost, added or changed on the way, or the control file is not that of this file. Records are all of the
/// file, rejected ones too. Sums are those of all charges of a currency, whatever their kind and status, with the signs
/// that they have in the file; a currency of which the control file says nothing must not be there when it states
/// another. A statement that cannot be read or checked counts as a difference, for it confirms nothing.
enum ControlTotalMismatch {
    static let rule = InputRule.controlTotalMismatch

    /// The findings, with the row that each is about.
    static func findings(
        _ statements: [ControlStatement], _ received: [ReceivedFile]
    ) -> [(row: Int, finding: InputFinding)] {
        let files = Dictionary(grouping: received, by: \.name)
        var findings: [(row: Int, finding: InputFinding)] = []
        var currencies: [String: Set<UInt32>] = [:]
        var firstCounted: [String: Int] = [:]
        for (row, statement) in statements.enumerated() {
            guard let named = files[statement.file] else { continue }
            guard named.count == 1, let file = named.first else {
                let finding = statement.finding(
                    rule, .file, found: "\(named.count) files of this name", expected: "one, to tell which is meant")
                findings.append((row, finding))
                continue
            }
            guard let content = file.content else { continue }
            findings += differences(statement, content, role: file.role).map { (row, $0) }
            guard statement.countsCurrency, let currency = statement.currency else { continue }
            currencies[statement.file, default: []].insert(currency.packedCode)
            if firstCounted[statement.file] == nil { firstCounted[statement.file] = row }
        }
        for (name, row) in firstCounted {
            guard let money = files[name]?.first?.content?.money else { continue }
            for entry in money.sorted where currencies[name]?.contains(entry.currency) != true {
                findings.append((row, unstated(entry, statements[row])))
            }
        }
        return findings
    }

    /// What a row states and what was read.
    private static func differences(
        _ statement: ControlStatement, _ content: ReceivedFile.Content, role: ReceivedFile.Role
    ) -> [InputFinding] {
        var findings: [InputFinding] = []
        func differ(_ column: ControlColumn, found: String, expected: String) {
            findings.append(statement.finding(rule, column, found: found, expected: expected))
        }
        let file = VisibleText.of(statement.file.utf8)
        if let sha256 = statement.sha256, sha256 != content.sha256 {
            differ(.sha256, found: content.sha256, expected: "\(sha256) in \(file), as stated")
        }
        guard let currency = statement.currency else {
            if let stated = statement.records, stated != content.records {
                differ(.records, found: records(content.records), expected: "\(stated) in \(file), as stated")
            }
            return findings
        }
        guard statement.countsCurrency else { return findings }
        guard let money = content.money else {
            differ(
                .currency, found: "a sum of \(role.rawValue)",
                expected: "sums of charges alone, and \(file) holds none")
            return findings
        }
        let entry = money.sorted.first { $0.currency == currency.packedCode }
        let (count, sum) = (entry?.records ?? 0, entry?.amount ?? 0)
        if let stated = statement.records, stated != count {
            differ(.records, found: "\(records(count)) in \(currency)", expected: "\(stated) in \(file), as stated")
        }
        if let stated = statement.amount, Int128(stated) != sum {
            differ(
                .amount, found: text(sum, currency),
                expected: "\(text(Int128(stated), currency)) in \(file), as stated")
        }
        return findings
    }

    /// Money that no row of its file speaks of.
    private static func unstated(_ entry: MoneyTally.Entry, _ statement: ControlStatement) -> InputFinding {
        let file = VisibleText.of(statement.file.utf8)
        guard let currency = Currency(packedCode: entry.currency) else {
            return statement.finding(
                rule, .currency, found: "\(records(entry.records)) without a readable amount",
                expected: "amounts that can be added up in \(file)")
        }
        return statement.finding(
            rule, .currency, found: "\(records(entry.records)) with \(text(entry.amount, currency)) besides",
            expected: "a row for each currency of \(file)")
    }

    private static func records(_ count: Int) -> String { count == 1 ? "1 record" : "\(count) records" }

    private static func text(_ amount: Int128, _ currency: Currency) -> String {
        guard let units = Int64(exactly: amount) else { return "more \(currency) than 64 bits of minor units hold" }
        return grouped(Money(minorUnits: units, currency: currency).description)
    }

    /// The digits before the point in groups of three, as people read sums; phone numbers, which are hidden, have none.
    private static func grouped(_ text: String) -> String {
        let whole = text.prefix { $0.isNumber || $0 == "-" }
        var left = whole.filter(\.isNumber).count
        var shown = ""
        for character in whole {
            shown.append(character)
            guard character.isNumber else { continue }
            left -= 1
            if left > 0, left.isMultiple(of: 3) { shown.append(",") }
        }
        return shown + text.dropFirst(whole.count)
    }
}
