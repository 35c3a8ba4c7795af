import BillingFiles
public import FileValidation

/// What came of a validation, as lines for people.
public struct ValidationText {
    private let style: TextStyle

    /// Text in a style.
    public init(style: TextStyle) {
        self.style = style
    }

    /// How many findings on a file are not shown, a line for each rule; `shown` are at most shown of a rule.
    public func remainder(_ outcome: FileValidationOutcome, shown: Int) -> [String] {
        InputRule.allCases.compactMap { rule in
            guard let count = outcome.counts[rule], count > shown else { return nil }
            return FindingText(style: style, isVerbose: true).more(count - shown, of: rule)
        }
    }

    /// What is not checked of a file, a line each.
    public func notes(_ outcome: FileValidationOutcome) -> [String] {
        outcome.notes.map { note in
            "\(Self.visible(note.file)):\(note.line):\(note.column): note: \(note.message) "
                + "(\(AmountText.people(note.uses)) \(note.uses == 1 ? "use" : "uses"))"
        }
    }

    /// The verdict on a file and what was read of it.
    public func summary(_ outcome: FileValidationOutcome) -> String {
        let verdict =
            switch outcome.verdict {
            case .valid: style.calm("valid")
            case .invalid: style.alarm("invalid")
            case .undecided: style.alarm("cannot be decided")
            }
        var parts = ["\(Self.visible(outcome.file)): \(verdict)", AmountText.people(outcome.records, "record")]
        if let format = outcome.format {
            parts[0] += ", \(format)"
        } else {
            parts.append(AmountText.people(outcome.elements, "element"))
        }
        parts.append(AmountText.people(outcome.findings(.error), "error"))
        let warnings = outcome.findings(.warning)
        if warnings > 0 { parts.append(AmountText.people(warnings, "warning")) }
        let waived = outcome.waived.values.reduce(0, +)
        if waived > 0 { parts.append("\(AmountText.people(waived)) waived") }
        let guess = outcome.guess.map { " (\($0))" } ?? ""
        return parts.joined(separator: ", ") + guess
    }

    /// Where the rows of a file went.
    public func rows(_ outcome: FileValidationOutcome, _ rows: RowFiles) -> String {
        "\(Self.visible(outcome.file)): \(AmountText.people(rows.acceptedRecords, "record")) accepted, "
            + "\(AmountText.people(rows.rejectedRecords)) rejected, together the "
            + "\(AmountText.people(outcome.records)) that were read, every byte once"
    }

    /// What was found in all files, a line for each rule, layer by layer.
    func rules(_ totals: ValidationTotals) -> [String] {
        let rules = ValidationLayer.allCases.flatMap { layer in
            InputRule.allCases.filter { $0.layer == layer && totals.counts[$0] != nil }
        }
        var table = TextTable(["rule", "layer", "findings"])
        for rule in rules {
            table.add([rule.identifier, rule.layer.rawValue, AmountText.people(totals.counts[rule] ?? 0)])
        }
        return ["", style.heading("What was found")] + table.lines(style)
    }

    /// A file that was not validated.
    public func unread(file: String, reason: String) -> String {
        "\(Self.visible(file)): \(style.alarm("not read")): \(reason)"
    }

    /// A file of a folder that nobody wanted to be validated.
    public func skipped(file: String, reason: String) -> String { "\(Self.visible(file)): skipped: \(reason)" }

    /// What came of all files.
    func all(_ totals: ValidationTotals) -> String {
        var verdicts: [String] = []
        for (count, name) in [
            (totals.verdicts[.valid] ?? 0, "valid"), (totals.verdicts[.invalid] ?? 0, "invalid"),
            (totals.verdicts[.undecided] ?? 0, "not decided"), (totals.unread, "not read"),
            (totals.skipped, "skipped"),
        ] where count > 0 {
            verdicts.append("\(AmountText.people(count)) \(name)")
        }
        let files = AmountText.people(totals.files + totals.skipped, "file")
        var parts = ["\(files): \(verdicts.joined(separator: ", "))", AmountText.people(totals.records, "record")]
        parts.append(AmountText.people(totals.errors, "error"))
        if totals.warnings > 0 { parts.append(AmountText.people(totals.warnings, "warning")) }
        return parts.joined(separator: "; ")
    }

    private static func visible(_ path: String) -> String { VisibleText.of(path.utf8, limit: 1000) }
}
