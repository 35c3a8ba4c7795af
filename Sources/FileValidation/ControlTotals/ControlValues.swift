import BillingFiles
import BillingValues

/// Reads the values of one row of a control file.
///
/// A value that cannot be read confirms nothing, and so it counts as a total that differs.
struct ControlValues {
    /// The values in the order of the file's columns.
    let values: [[UInt8]]

    /// Which value is of which column.
    let columns: [ControlColumn: Int]

    /// What the row says, and what of it cannot be read.
    func statement(places: [ControlColumn: Place]) -> (statement: ControlStatement, findings: [InputFinding]) {
        var statement = ControlStatement()
        statement.places = places
        var findings: [InputFinding] = []
        func refuse(_ column: ControlColumn, expected: String) {
            let found = bytes(column)
            findings.append(
                statement.finding(
                    .controlTotalMismatch, column, found: found.isEmpty ? "nothing" : VisibleText.of(found),
                    expected: expected))
        }
        statement.file = text(.file)
        statement.stream = text(.stream)
        if statement.file.isEmpty { refuse(.file, expected: "the name of a file") }
        for (column, keyPath) in [(ControlColumn.sequence, \ControlStatement.sequence), (.records, \.records)]
        where !bytes(column).isEmpty {
            statement[keyPath: keyPath] = wholeNumber(column)
            if statement[keyPath: keyPath] == nil { refuse(column, expected: "a whole number of at most 18 digits") }
        }
        if !bytes(.currency).isEmpty {
            statement.currency = Currency(code: text(.currency))
            if statement.currency == nil { refuse(.currency, expected: "a currency of ISO 4217") }
        }
        if !bytes(.amount).isEmpty {
            if let currency = statement.currency {
                statement.amount = try? Money(parsing: text(.amount), currency: currency).minorUnits
                if statement.amount == nil {
                    refuse(.amount, expected: "an amount with at most \(currency.exponent) decimals")
                }
            } else if bytes(.currency).isEmpty {
                refuse(.currency, expected: "the currency of the amount")
            }
        }
        if !bytes(.sha256).isEmpty {
            let digits = text(.sha256).lowercased()
            if digits.utf8.count == 64, digits.utf8.allSatisfy(isHexadecimal) {
                statement.sha256 = digits
            } else {
                refuse(.sha256, expected: "64 hexadecimal digits")
            }
        }
        return (statement, findings)
    }

    private func bytes(_ column: ControlColumn) -> [UInt8] {
        guard let index = columns[column], values.indices.contains(index) else { return [] }
        return values[index]
    }

    private func text(_ column: ControlColumn) -> String { String(decoding: bytes(column), as: UTF8.self) }

    private func wholeNumber(_ column: ControlColumn) -> Int? {
        let digits = bytes(column)
        guard digits.count <= 18, digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
            return nil
        }
        return Int(text(column))
    }

    private func isHexadecimal(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    }
}
