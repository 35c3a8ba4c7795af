import BillingFiles
import BillingRecords
import BillingValues
import RenewalAudit

/// The systemic causes for people: a paragraph for each.
struct IncidentText {
    let causes: SystemicCauses
    let style: TextStyle

    /// How many incidents are told at most.
    let limit: Int

    /// The causes for the terminal.
    init(_ causes: SystemicCauses, style: TextStyle, limit: Int) {
        self.causes = causes
        self.style = style
        self.limit = limit
    }

    /// The paragraphs under their heading; nothing when no renewal was missed.
    var lines: [String] {
        guard !causes.incidents.isEmpty || !causes.parkedAccounts.isEmpty || causes.isolated > 0 else { return [] }
        var lines = ["", style.heading("What caused it")]
        for (place, incident) in causes.incidents.prefix(limit).enumerated() {
            let isFirst = place == 0
            lines += paragraph(incident, isFirst: isFirst)
        }
        if causes.incidents.count > limit {
            lines.append(style.faint("  and \(causes.incidents.count - limit) more (--verbose shows all)"))
        }
        if !causes.parkedAccounts.isEmpty { lines += parked }
        if causes.isolated > 0 {
            let isAlone = causes.incidents.isEmpty && causes.parkedAccounts.isEmpty
            let renewals = AmountText.people(causes.isolated, "isolated uncharged renewal")
            lines.append(isAlone ? "  no common cause: \(renewals)" : "  and \(renewals)")
        }
        return lines
    }

    private func paragraph(_ incident: Incident, isFirst: Bool) -> [String] {
        let share = AmountText.share(incident.uncharged, of: incident.due)
        let amount = incident.amounts.records > 0 ? ", \(AmountText.people(incident.amounts))" : ""
        let counts = "\(AmountText.people(incident.uncharged)) of \(AmountText.people(incident.due))\(amount)"
        let late = incident.late > 0 ? ", \(AmountText.people(incident.late)) charged late" : ""
        let isTrace = causes.unchargedOutside > 0 && causes.unchargedOutside * 1000 < causes.dueOutside
        let outside = AmountText.share(causes.unchargedOutside, of: causes.dueOutside)
        let elsewhere = isTrace ? "less than 0.1 %" : outside
        return [
            "  " + style.alarm("\(Self.subject(incident)), due \(Self.days(incident)):"),
            "    \(share) uncharged (\(counts))\(late); elsewhere \(elsewhere).",
            "    Looks like: \(Self.likeness(incident))",
        ]
    }

    private var parked: [String] {
        var tally = MoneyTally()
        for account in causes.parkedAccounts {
            tally.add(amount: account.amount.minorUnits, currency: account.amount.currency.packedCode)
        }
        let renewals = causes.parkedAccounts.reduce(0) { $0 + $1.uncharged }
        let accounts = AmountText.people(causes.parkedAccounts.count, "parked account")
        return [
            "  " + style.alarm("\(accounts), each by itself uncharged for many periods in a row:"),
            "    \(AmountText.people(renewals, "renewal")), \(AmountText.people(tally)); incidents.csv names them",
        ]
    }
}

extension IncidentText {
    /// Whose renewals: "Easy Pay renewals paid by card".
    static func subject(_ incident: Incident) -> String {
        var (offer, further) = ("All", "")
        for condition in incident.conditions {
            let value = VisibleText.of(condition.value)
            switch condition.dimension {
            case .offer: offer = value.isEmpty ? "No-offer" : value
            case .paymentMethod: further += value.isEmpty ? " without payment method" : " paid by \(value)"
            case .cycle: further += " of cycle \(value)"
            case .currency: further += " in \(value)"
            case .activationDay:
                further += " activated on day \(value.replacing("-", with: " to ")) of a month"
            }
        }
        return "\(offer) renewals\(further)"
    }

    /// The days as people say them: "3 March to 28 May 2025", "on 3 March 2025".
    static func days(_ incident: Incident) -> String {
        let (first, last) = (incident.firstDay, incident.lastDay)
        if first == last { return "on \(day(first)) \(first.year)" }
        return "\(day(first))\(first.year == last.year ? "" : " \(first.year)") to \(day(last)) \(last.year)"
    }

    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]

    private static func day(_ date: CivilDate) -> String { "\(date.day) \(months[date.month - 1])" }

    private static func likeness(_ incident: Incident) -> String {
        let trace =
            switch incident.trace {
            case .hole: "a hole, never billed"
            case .burst: "a burst, billed at once later"
            case .staircase: "a staircase, billed one by one later"
            }
        return switch incident.pattern {
        case .oneLostDay: "one lost day; \(trace)"
        case .planFromADayOn: "one plan from a day on; \(trace)"
        case .parkedAccount, nil: trace
        }
    }
}
