public import BillingRecords
public import BillingValues

/// A systemic cause: what missed renewals have in common, and on which days they were due.
public struct Incident: Hashable, Sendable {
    /// A value that all renewals of an incident share.
    public struct Condition: Hashable, Sendable {
        /// Which column it is a value of.
        public let dimension: IncidentDimension
        /// The value as files write it: `Easy Pay`, `card`, `P1M`, `EUR`, `11-31`.
        public let value: [UInt8]
    }

    /// The trace that a missed billing run left.
    public enum Trace: String, Sendable {
        /// The renewals were never billed.
        case hole
        /// All missed periods were billed at once, on one later day.
        case burst
        /// The missed periods were billed one after the other, one a day or so, until nothing was left.
        case staircase
    }

    /// What the conditions and the days together look like.
    public enum Pattern: String, Sendable {
        /// One calendar day on which the billing run did not happen.
        case oneLostDay = "one-lost-day"
        /// All customers of an offer from a day on, with no end in sight: a change that went wrong.
        case planFromADayOn = "plan-from-a-day-on"
        /// One account for many periods.
        case parkedAccount = "parked-account"
    }

    /// The first day on which a missed renewal was due.
    public let firstDay: CivilDate

    /// The last day on which a missed renewal was due.
    public let lastDay: CivilDate

    /// What the renewals have in common, in the order of the dimensions; nothing when it is the days alone.
    public let conditions: [Condition]

    /// How many renewals of this kind were due on these days, those of earlier incidents left out.
    public let due: Int

    /// How many of them were not charged.
    public let uncharged: Int

    /// How many of them were charged late.
    public let late: Int

    /// The money of the uncharged ones.
    public let amounts: MoneyTally

    /// The trace that it left.
    public let trace: Trace

    /// What it looks like, if it has a name.
    public let pattern: Pattern?
}

/// The missed renewals of an audit, gathered into their causes.
public struct SystemicCauses: Hashable, Sendable {
    /// The incidents, those with the most missed renewals first.
    public let incidents: [Incident]

    /// The accounts that were left out for many periods, each by itself, in the order of their ids.
    public let parkedAccounts: [ParkedAccount]

    /// How many uncharged renewals belong to neither.
    public let isolated: Int

    /// How many renewals were due outside of the incidents.
    public let dueOutside: Int

    /// How many of them were uncharged.
    public let unchargedOutside: Int

    /// No missed renewals, and so no causes.
    public static let none = SystemicCauses(
        incidents: [], parkedAccounts: [], isolated: 0, dueOutside: 0, unchargedOutside: 0)

    /// Causes from their parts.
    public init(
        incidents: [Incident], parkedAccounts: [ParkedAccount], isolated: Int, dueOutside: Int, unchargedOutside: Int
    ) {
        self.incidents = incidents
        self.parkedAccounts = parkedAccounts
        self.isolated = isolated
        self.dueOutside = dueOutside
        self.unchargedOutside = unchargedOutside
    }
}
