import BillingFiles

/// What came of a conversion, as lines for people.
public struct ConversionText {
    private let outcome: ConversionOutcome
    private let style: TextStyle

    /// The text of an outcome in a style.
    public init(_ outcome: ConversionOutcome, style: TextStyle) {
        self.outcome = outcome
        self.style = style
    }

    /// What was converted, and what was put right on the way.
    public var report: [String] {
        var lines = [
            "converted \(AmountText.people(outcome.records)) \(outcome.kind.records(outcome.records)) "
                + "from \(outcome.sourceTitle) to \(outcome.target.title)"
        ]
        if outcome.rejected > 0 {
            lines.append(
                "  rejected: \(AmountText.people(outcome.rejected)) \(outcome.rejected == 1 ? "record" : "records") that "
                    + "\(outcome.target.carrier) cannot hold")
        }
        switch outcome.recognition {
        case .byContent: break
        case .byName:
            lines.append(
                "  to know: nothing in the output tells its format for sure; name it with --from \(outcome.target.carrier)"
            )
        case .none:
            lines.append(
                "  to know: the output holds no record, so nothing in it tells that it is \(outcome.target.carrier), and "
                    + "no command will read it")
        }
        for (reason, count) in outcome.skipped {
            lines.append(
                "  left out: \(AmountText.people(count)) \(count == 1 ? "record" : "records"): "
                    + VisibleText.of(reason.utf8))
        }
        for entry in outcome.trimmed {
            lines.append(
                "  corrected: \(VisibleText.of(entry.field.utf8)): white space around "
                    + "\(AmountText.people(entry.count)) \(entry.count == 1 ? "value" : "values") left out")
        }
        return lines
    }

    /// What could not be carried, a line each.
    public var losses: [String] {
        guard !outcome.losses.isEmpty else { return [] }
        var lines = [style.alarm("\(outcome.target.carrier) cannot carry:")]
        for entry in outcome.losses.entries {
            let field = entry.field.isEmpty ? "" : "\(VisibleText.of(entry.field.utf8)): "
            lines.append("  \(field)\(AmountText.people(entry.count)) \(entry.cause.description(entry.count))")
        }
        if outcome.losses.unlisted > 0 {
            lines.append("  and \(AmountText.people(outcome.losses.unlisted)) more, of other names")
        }
        return lines
    }
}

extension NativeKind {
    /// Records of the kind, as people call them.
    fileprivate func records(_ count: Int) -> String {
        switch self {
        case .subscriptions: count == 1 ? "subscription" : "subscriptions"
        case .charges: count == 1 ? "charge" : "charges"
        case .events: count == 1 ? "event" : "events"
        case .usage: count == 1 ? "usage record" : "usage records"
        case .results: count == 1 ? "payment result" : "payment results"
        }
    }
}

extension ConversionLosses.Cause {
    /// What was lost, behind a count.
    fileprivate func description(_ count: Int) -> String {
        let isOne = count == 1
        return switch self {
        case .character:
            "\(isOne ? "value" : "values") with characters that XML cannot carry, written as U+FFFD"
        case .columnName:
            "\(isOne ? "value" : "values") left out, for XML cannot carry the column's name"
        case .columnWithoutRecords:
            "\(isOne ? "column" : "columns") left out, for XML names columns in records and there are none"
        case .attribute: isOne ? "attribute" : "attributes"
        case .nestedElement: isOne ? "element in a value" : "elements in values"
        case .comment: isOne ? "comment" : "comments"
        case .processingInstruction: isOne ? "processing instruction" : "processing instructions"
        case .unusedField: "\(isOne ? "value" : "values") left out, for native files have no such column"
        case .meaningless: "\(isOne ? "value" : "values") left empty, for the format profile has no meaning for them"
        case .rounding: "\(isOne ? "value" : "values") rounded, as the format profile says"
        case .uncarried: "\(isOne ? "value" : "values") left out, for the format does not carry the column"
        case .spelling: "\(isOne ? "value" : "values") of the same meaning, spelt otherwise when read again"
        case .namespace: isOne ? "element in a namespace" : "elements in namespaces"
        }
    }
}
