import BillingValues

/// What a notice tells one customer.
struct NoticeFacts {
    let policy: NoticePolicy
    let subscription: String
    let msisdn: String
    let offer: String

    /// What is collected from the customer, at least one instalment.
    let instalments: [Instalment]

    /// On how many days something is collected.
    private let days: Int

    /// What a notice tells of instalments, which come in the order of their days.
    init(policy: NoticePolicy, subscription: String, msisdn: String, offer: String, instalments: [Instalment]) {
        self.policy = policy
        self.subscription = subscription
        self.msisdn = msisdn
        self.offer = offer
        self.instalments = instalments
        days = instalments.indices.count { $0 == 0 || instalments[$0].collectOn != instalments[$0 - 1].collectOn }
    }

    /// Whether a tag has a value.
    func has(_ tag: NoticeTag, entry: Int?) -> Bool {
        switch tag {
        case .several: instalments.count > 1
        case .oneDay: days < 2
        case .arrears: !instalments.isEmpty
        case .last: entry == instalments.count - 1
        default: !text(tag, entry: entry).isEmpty
        }
    }

    /// The text of a tag; empty where it has none.
    func text(_ tag: NoticeTag, entry: Int?) -> String {
        let instalment = entry.flatMap { instalments.indices.contains($0) ? instalments[$0] : nil }
        switch tag {
        case .operator: return policy.operatorName
        case .contact: return policy.contact
        case .cause: return policy.cause
        case .subscription: return subscription
        case .msisdn: return msisdn
        case .offer: return offer
        case .number: return "\(instalments.count)"
        case .total: return sum(instalments.map(\.amount))
        case .discount:
            let discounts = instalments.map(\.discount)
            return discounts.contains { $0.minorUnits > 0 } ? sum(discounts) : ""
        case .firstDate: return instalments.first.map { date($0.collectOn) } ?? ""
        case .lastDate: return instalments.last.map { date($0.collectOn) } ?? ""
        case .collections: return "\(days)"
        case .periodStart: return instalment.map { date($0.period.start) } ?? ""
        case .periodEnd: return instalment.map { date($0.period.end) } ?? ""
        case .amount: return instalment.map { sum([$0.amount]) } ?? ""
        case .collectOn: return instalment.map { date($0.collectOn) } ?? ""
        case .several, .oneDay, .arrears, .last: return ""
        }
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    private func date(_ day: CivilDate) -> String {
        let parts = day.components
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        switch policy.language {
        case .italian: return "\(two(parts.day))/\(two(parts.month))/\(parts.year)"
        case .english: return "\(parts.day) \(Self.months[(parts.month - 1) % 12]) \(parts.year)"
        }
    }

    /// A sum with its currency; the instalments of a customer have one currency, and no sum of theirs is too large
    /// for 128 bits.
    private func sum(_ amounts: [Money]) -> String {
        guard let currency = amounts.first?.currency else { return "" }
        let units = amounts.reduce(Int128(0)) { $0 + Int128($1.minorUnits) }
        // Beyond 64 bits of minor units nobody is told a sum.
        guard let fitting = Int64(exactly: units) else { return "? \(currency.alphabeticCode)" }
        var text: [UInt8] = []
        Money(minorUnits: fitting, currency: currency).writeAmount(to: &text)
        if policy.language == .italian, let point = text.firstIndex(of: UInt8(ascii: ".")) {
            text[point] = UInt8(ascii: ",")
        }
        text.append(UInt8(ascii: " "))
        currency.writeCode(to: &text)
        return String(decoding: text, as: UTF8.self)
    }
}
