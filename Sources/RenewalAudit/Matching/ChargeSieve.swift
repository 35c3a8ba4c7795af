import BillingRecords

/// The first look at every charge: lets the regular ones pass and keeps the rest.
///
/// A charge is regular when it alone settles one due renewal: kind renewal, posted, the right amount and currency, a
/// period that is the renewal's, a day within the grace, and no other charge has settled the renewal before. It
/// leaves nothing but its position in `ClaimedPeriods`. Memory is therefore bounded by the subscriptions, not by the
/// charges. Everything else that may bear on a renewal in the window is kept for judgement, which sees a kept charge
/// beside the claims and so has the whole history of the subscription.
///
/// Each thread has a sieve of its own; `merge` joins them. No verdict depends on which thread saw which charge.
public struct ChargeSieve: Sendable {
    let subscriptions: Subscriptions
    let lookup: SubscriptionLookup

    /// The rows of `subscriptions`, at hand so that not the whole table is copied for each charge.
    let rows: SubscriptionRows
    let regular: RegularCharges
    let claims: ClaimedPeriods
    let relevance: ChargeRelevance
    let policy: MatchingPolicy

    /// Whether regular charges may pass.
    ///
    /// Without it everything is kept, which must not change any verdict.
    let letsRegularPass: Bool

    /// What the timelines of lines say, by which their regular charges pass.
    let outlines: DueOutlines

    /// The rows of which every charge is kept that could be told, because a person asks for all of them.
    let explained: Set<Int>

    /// Whether lines have successive contracts, among which the day of a charge tells its own.
    let hasSuccessions: Bool

    /// The charges kept so far, in no particular order until `sorted`.
    public internal(set) var kept: ContiguousArray<KeptCharge> = []

    /// The periods whose charges are noted for others, too.
    let watch: WatchedPeriods

    /// The charges so far that state a watched period, whatever else became of them.
    public internal(set) var watched: ContiguousArray<KeptCharge> = []

    /// The charges so far that name another one which they undo, and what is known of that.
    public internal(set) var references = ChargeReferences()

    /// The charges of nobody so far.
    public internal(set) var strangers: [StrangerCharge] = []

    /// What became of the charges so far.
    public internal(set) var tally = ChargeTally()

    /// The newest day on which any sound charge was made, as a day number, or `Int32.min`.
    public internal(set) var newestChargeDay = Int32.min

    /// A sieve for charges of `subscriptions`, whose index must have been built.
    public init(
        subscriptions: Subscriptions, claims: ClaimedPeriods, terms: AuditTerms, letsRegularPass: Bool = true,
        watch: WatchedPeriods = .none, explained: Set<Int> = []
    ) {
        self.subscriptions = subscriptions
        rows = subscriptions.rows
        regular = RegularCharges(policy: terms.policy)
        outlines = subscriptions.outlines
        self.explained = explained
        lookup = SubscriptionLookup(subscriptions)
        self.claims = claims
        self.letsRegularPass = letsRegularPass
        hasSuccessions = !subscriptions.successions.isEmpty
        self.watch = watch
        policy = terms.policy
        relevance = ChargeRelevance(terms: terms)
    }

    /// Takes over what another thread's sieve kept and counted.
    public mutating func merge(_ other: ChargeSieve) {
        kept.append(contentsOf: other.kept)
        watched.append(contentsOf: other.watched)
        strangers.append(contentsOf: other.strangers)
        references.merge(other.references)
        tally.add(other.tally)
        newestChargeDay = max(newestChargeDay, other.newestChargeDay)
    }

    /// Takes over what a second look at the files found of the charges that others name.
    ///
    /// Of a line with successive contracts money given back goes to the contract of the charge that it names, whenever it
    /// was given back.
    public mutating func resolve(_ names: NamedCharges) {
        let rows = references.resolve(names, successions: subscriptions.successions)
        guard !rows.isEmpty else { return }
        for index in kept.indices {
            if let row = rows[kept[index].position] { kept[index].row = UInt32(truncatingIfNeeded: row) }
        }
        sort()
    }

    /// Lets the charges that were kept go, once they are judged; what was counted stays.
    public mutating func letChargesGo() { kept = [] }

    /// Puts what was kept into the order of subscriptions and, within one, of the files.
    public mutating func sort() {
        kept.sort { ($0.row, $0.position) < ($1.row, $1.position) }
        watched.sort { ($0.row, $0.periodStartDay, $0.position) < ($1.row, $1.periodStartDay, $1.position) }
        strangers.sort { $0.charge.position < $1.charge.position }
    }
}
