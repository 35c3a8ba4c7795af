import BillingRecords
import BillingValues

/// Decides which open renewals are paid by payments that state no period and are on time for none.
///
/// After an outage such payments come on one day or on successive days, one for each missed renewal or one for several.
/// The best assignment leaves the fewest renewals unpaid, then the fewest payments without a renewal, then as few as
/// possible that are late by more than their own period; the payments are taken in the order of their days:
///
/// 1. A payment of exactly what is open pays the renewal in whose period it was made.
/// 2. Otherwise it pays one of the renewals due by its day with exactly that open.
/// 3. A payment of exactly what is open for the two or more oldest renewals due by its day pays these.
/// 4. Anything else pays nothing that is open.
///
/// Where the payments catch up, so that no renewal due by their day is left open, it does not matter which of them paid
/// which. Where they do not, a renewal that another choice would have left open is in doubt.
struct CatchUp {
    /// A renewal as far as it is open.
    struct Renewal {
        let period: BillingPeriod
        /// The day on which it is collected.
        let dueOn: CivilDate
        /// What is still to be paid, 0 if nothing is.
        var open: Int64
    }

    /// A payment and the renewal, if any, that it is near by its day.
    struct Payment {
        let charge: KeptCharge
        let home: Int?
    }

    /// The renewals, by their places, oldest first.
    private(set) var renewals: [Renewal]

    /// The payments that were assigned for certain, or parts of them.
    private(set) var settled: [(place: Int, charge: KeptCharge)] = []

    /// The renewals of which nobody can tell which of some payments paid them, if any did.
    private(set) var doubtful: [(place: Int, charge: KeptCharge)] = []

    /// The payments that fit nothing and are near no renewal.
    private(set) var leftovers: [KeptCharge] = []

    /// The payments that fit nothing and are near a renewal that is paid without them, with which they are settled.
    private(set) var surplus: [KeptCharge] = []

    /// What was assigned since the payments last caught up.
    private var proposals: [Proposal] = []

    /// The open amounts for which there was a choice since then, and the day of the last choice.
    private var choices: Set<Int64> = []
    private var lastChoice = CivilDate.earliest

    private struct Proposal {
        let place: Int
        let charge: KeptCharge
        let isOfSeveral: Bool
    }

    private let graceDaysBefore: Int

    init(_ renewals: [Renewal], policy: MatchingPolicy) {
        self.renewals = renewals
        graceDaysBefore = policy.graceDaysBefore
    }

    /// Assigns a payment; payments come in the order of their days.
    mutating func take(_ payment: Payment) {
        let charge = payment.charge
        guard let day = charge.chargedOn else { return }
        let due = openRenewals(by: day)
        let singles = due.filter { renewals[$0].open == charge.amount }
        let oldest = oldest(among: due, comingTo: charge.amount)
        if !singles.isEmpty, let oldest {
            for place in Set(singles + oldest).sorted() {
                doubtful.append((place, charge))
                renewals[place].open = 0
            }
        } else if let own = singles.last(where: { renewals[$0].period.contains(day) }) {
            settled.append((own, charge))
            renewals[own].open = 0
        } else if let first = singles.first {
            if singles.count > 1 {
                choices.insert(charge.amount)
                lastChoice = day
            }
            propose(first, charge, isOfSeveral: false)
        } else if let oldest {
            for place in oldest { propose(place, charge.part(renewals[place].open), isOfSeveral: true) }
        } else if let home = payment.home {
            settled.append((home, charge))
            if renewals[home].open == 0 { surplus.append(charge) }
            // Neither is negative, so this cannot overflow.
            renewals[home].open = max(0, renewals[home].open - charge.amount)
        } else {
            leftovers.append(charge)
        }
        if !proposals.isEmpty, openRenewals(by: day).isEmpty { commit() }
    }

    /// Ends the assignment: what did not catch up is certain only where there was no choice.
    mutating func finish() {
        guard !choices.isEmpty else { return commit() }
        let isChosen = { (proposal: Proposal, choices: Set<Int64>) in
            proposal.isOfSeveral || choices.contains(proposal.charge.amount)
        }
        for proposal in proposals where !isChosen(proposal, choices) {
            settled.append((proposal.place, proposal.charge))
        }
        let chosen = proposals.filter { isChosen($0, choices) }
        let open = openRenewals(by: lastChoice).filter { choices.contains(renewals[$0].open) }
        for place in Set(chosen.map(\.place) + open).sorted() {
            for proposal in chosen { doubtful.append((place, proposal.charge)) }
            renewals[place].open = 0
        }
        proposals = []
    }

    /// What a payment may pay of what is still open: the renewals with exactly that open, or the oldest that come to it.
    func candidates(_ charge: KeptCharge) -> [Int] {
        guard let day = charge.chargedOn else { return [] }
        let due = openRenewals(by: day)
        return due.filter { renewals[$0].open == charge.amount } + (oldest(among: due, comingTo: charge.amount) ?? [])
    }

    private mutating func propose(_ place: Int, _ charge: KeptCharge, isOfSeveral: Bool) {
        proposals.append(Proposal(place: place, charge: charge, isOfSeveral: isOfSeveral))
        renewals[place].open = 0
    }

    private mutating func commit() {
        settled += proposals.map { ($0.place, $0.charge) }
        proposals = []
        choices = []
    }

    /// The renewals that are open and due by a day, oldest first.
    private func openRenewals(by day: CivilDate) -> [Int] {
        renewals.indices.filter { place in
            renewals[place].open > 0 && renewals[place].dueOn.days(since: day) <= graceDaysBefore
        }
    }

    /// The two or more oldest renewals whose open amounts come to exactly a sum.
    private func oldest(among due: [Int], comingTo sum: Int64) -> [Int]? {
        var left = sum
        for (count, place) in due.enumerated() {
            // Both are positive, so this cannot overflow.
            left -= renewals[place].open
            if left < 0 { return nil }
            if left == 0 { return count > 0 ? Array(due[...count]) : nil }
        }
        return nil
    }
}
