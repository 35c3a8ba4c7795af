import BillingValues

/// What is wrong with a template of a notice.
public struct NoticeFinding: Hashable, Sendable {
    /// What a template is looked at for.
    public enum Rule: String, CaseIterable, Sendable {
        /// A tag or section without its end, or one where it has no meaning.
        case templateSyntax = "template-syntax"
        /// A tag that is not known.
        case unknownTag = "unknown-tag"
        /// The text tells no amount: neither `total` nor the `amount` of each arrear.
        case noAmount = "no-amount"
        /// The text tells no day of collection: neither `first_date` nor the `collect_on` of each arrear.
        case noDate = "no-date"
        /// The text tells nobody whom to call or write: it has no `contact`.
        case noContact = "no-contact"
        /// A character that turns a whole short message into UCS-2.
        case notGSM7 = "not-gsm7"
    }

    /// The rule.
    public let rule: Rule

    /// Where, line and column from 1; the beginning for what is missing.
    public let place: NoticeTemplate.Place

    /// What is wrong and what to do, in words.
    public let message: String
}

/// Looks a template over before it is used.
public enum NoticeLint {
    /// The template, if it can be read, and what is wrong with it.
    public static func check(_ source: String, channel: NoticeChannel) -> (
        template: NoticeTemplate?, findings: [NoticeFinding]
    ) {
        let template: NoticeTemplate
        do {
            template = try NoticeTemplate(source)
        } catch {
            let rule = error.isUnknownTag ? NoticeFinding.Rule.unknownTag : .templateSyntax
            return (nil, [NoticeFinding(rule: rule, place: error.place, message: error.message)])
        }
        var findings = missing(template.tags)
        if channel == .sms { findings += characters(template) }
        return (template, findings)
    }

    private static func missing(_ tags: Set<NoticeTag>) -> [NoticeFinding] {
        let start = NoticeTemplate.Place(line: 1, column: 1)
        let wanted: [(rule: NoticeFinding.Rule, tags: Set<NoticeTag>, message: String)] = [
            (.noAmount, [.total, .amount], "the text tells no amount; add {{total}}, or {{amount}} for each arrear"),
            (
                .noDate, [.firstDate, .collectOn],
                "the text tells no day; add {{first_date}}, or {{collect_on}} for each arrear"
            ),
            (.noContact, [.contact], "the text tells nobody whom to call; add {{contact}}"),
        ]
        return wanted.filter { tags.isDisjoint(with: $0.tags) }.map {
            NoticeFinding(rule: $0.rule, place: start, message: $0.message)
        }
    }

    /// The characters of the text itself that GSM-7 does not have, each at every place.
    private static func characters(_ template: NoticeTemplate) -> [NoticeFinding] {
        template.literals.flatMap { text, place in
            var (line, column) = (place.line, place.column)
            var found: [NoticeFinding] = []
            for scalar in text.unicodeScalars {
                if GSMAlphabet.septets(scalar) == nil {
                    found.append(finding(scalar, at: NoticeTemplate.Place(line: line, column: column)))
                }
                (line, column) = scalar == "\n" ? (line + 1, 1) : (line, column + 1)
            }
            return found
        }
    }

    private static func finding(_ scalar: Unicode.Scalar, at place: NoticeTemplate.Place) -> NoticeFinding {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        let code = "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        let shown = scalar.properties.generalCategory == .control ? code : "\(scalar) (\(code))"
        let remedy = GSMAlphabet.substitutes[scalar].map { "; write \($0)" } ?? "; leave it out"
        return NoticeFinding(
            rule: .notGSM7, place: place,
            message: "\(shown) makes the whole message UCS-2, 70 characters instead of 160" + remedy)
    }

    /// How long the text is for a customer with so many arrears of 9.99 EUR, monthly from a day on.
    public static func sample(_ template: NoticeTemplate, policy: NoticePolicy, arrears: Int) -> String {
        let first = CivilDate(year: 2026, month: 1, day: 31) ?? .earliest
        let instalments = (0..<max(1, arrears)).compactMap { place -> Instalment? in
            guard let start = first.addingMonths(place - 12, anchorDay: 31),
                let end = first.addingMonths(place - 11, anchorDay: 31)?.adding(days: -1),
                let period = BillingPeriod(start: start, end: end), let day = first.adding(days: place * 30)
            else { return nil }
            return Instalment(
                row: 0, number: place + 1, count: arrears, collectOn: day, period: period,
                amount: Money(minorUnits: 999, currency: .eur), discount: .zero(in: .eur), standing: .recoverable)
        }
        return template.text(
            NoticeFacts(
                policy: policy, subscription: "S0255", msisdn: "390001234567", offer: "Easy Pay",
                instalments: instalments))
    }
}
