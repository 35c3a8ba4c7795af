import BillingFiles
import DelimitedText
import SettingsText

/// Finds what is wrong with the names of a file's columns.
struct HeaderFindings {
    let names: [String]
    let places: HeaderPlaces

    init(_ header: BlockSequence.Header, file: String, dialect: Dialect, names: [String]? = nil) {
        self.names = names ?? header.names.map { String(decoding: $0, as: UTF8.self) }
        places = HeaderPlaces(header, file: file, dialect: dialect)
    }

    /// Names that stand twice, and columns without one.
    func doubtfulNames() -> [InputFinding] {
        var findings: [InputFinding] = []
        var seen: Set<String> = []
        for (column, name) in names.enumerated() {
            if name.isEmpty {
                findings.append(
                    finding(
                        .unnamedColumn, column, found: "column \(column + 1) without a name", expected: "a name"))
            } else if !seen.insert(name).inserted {
                let shown = VisibleText.of(name.utf8)
                findings.append(
                    finding(
                        .duplicateColumn, column, found: "a second column named \(shown)", expected: "each name once"))
            }
        }
        return findings
    }

    /// Columns that the file must have and has not.
    func missing(_ required: [String], known: [String]) -> [InputFinding] {
        required.filter { !names.contains($0) }.map { name in
            let near = NearWord.nearest(to: name, in: names.filter { !known.contains($0) })
            let place = places.place(of: near.flatMap(names.firstIndex(of:)), name: name)
            let list = names.map { VisibleText.of($0.utf8) }.joined(separator: ", ")
            return InputFinding(
                rule: .missingColumn, place: place,
                found: near.map { "\(VisibleText.of($0.utf8)), which is nearly \(name)" }
                    ?? "the columns \(list)",
                expected: "a column named \(name)", extent: near.flatMap(names.firstIndex(of:)).map(places.extent) ?? 0)
        }
    }

    /// Columns with nearly the name of one that the file may have and has not.
    func misspelt(_ optional: [String], known: [String]) -> [InputFinding] {
        let absent = optional.filter { !names.contains($0) }
        return names.enumerated().compactMap { column, name in
            guard !known.contains(name), !name.isEmpty, let near = NearWord.nearest(to: name, in: absent) else {
                return nil
            }
            return finding(
                .misspeltColumn, column, found: VisibleText.of(name.utf8), expected: "\(near), or another name")
        }
    }

    /// A finding on a column of the file.
    func finding(_ rule: InputRule, _ column: Int, found: String, expected: String) -> InputFinding {
        InputFinding(
            rule: rule, place: places.place(of: column, name: names[column]), found: found, expected: expected,
            extent: places.extent(of: column))
    }
}
