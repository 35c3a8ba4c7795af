/// What a template can name in `{{ }}`.
public enum NoticeTag: String, CaseIterable, Sendable {
    /// The operator, from the policy.
    case `operator`
    /// Whom to call or write, from the policy.
    case contact
    /// Why nothing was charged, from the policy.
    case cause
    /// The id of the subscription.
    case subscription
    /// The telephone number.
    case msisdn
    /// The offer.
    case offer
    /// How many missed renewals are collected.
    case number
    /// Present when there is more than one of them.
    case several
    /// What is collected altogether, with its currency.
    case total
    /// What the customer is let off, with its currency; absent when nothing is.
    case discount
    /// The day of the first collection.
    case firstDate = "first_date"
    /// The day of the last collection.
    case lastDate = "last_date"
    /// On how many days something is collected.
    case collections
    /// Present when everything is collected on one day.
    case oneDay = "one_day"
    /// A list with an entry for each missed renewal.
    case arrears
    /// In the list: the first day of the period.
    case periodStart = "period_start"
    /// In the list: the last day of the period.
    case periodEnd = "period_end"
    /// In the list: what is collected, with its currency.
    case amount
    /// In the list: the day of the collection.
    case collectOn = "collect_on"
    /// In the list: present in the last entry.
    case last

    /// Whether the tag has a meaning within the list `arrears` alone.
    public var isOfList: Bool {
        switch self {
        case .periodStart, .periodEnd, .amount, .collectOn, .last: true
        default: false
        }
    }

    /// Whether the tag stands for no text of its own, so that it can only open a section.
    public var isSectionOnly: Bool {
        switch self {
        case .several, .oneDay, .arrears, .last: true
        default: false
        }
    }
}
