public import BillingRecords
import BillingValues
public import RenewalAudit

/// What banks have said of the charges of an audit, and where each of their results has gone.
public struct ResultsOutcome: Sendable {
    /// Charges of one kind of end: how many, and their money.
    public typealias Ends = [ChargeStatus: MoneyTally]

    /// How many results were read, rejected rows included.
    public let read: Int

    /// How many results name charges of the files.
    public let ofCharges: Int

    /// How many results name recovery charges of earlier runs that no file has.
    public let ofRecoveries: Int

    /// How many results name rows of the charges files that were rejected for a value.
    public let ofRejectedRows: Int

    /// How many results name a charge that nobody knows.
    public let unknown: Int

    /// How many results name nothing.
    public let unnamed: Int

    /// How many of the results that name nothing are refusals or returns, or cannot be read.
    public let unnamedLosses: Int

    /// What became of the charges that are named.
    public let ends: Ends

    /// The charges of which nobody can tell, by the reason.
    public let contradictions: [CollectionHistory.Contradiction: MoneyTally]

    /// The charges that were refused or returned, by the code of the bank; sorted by the code.
    public let reasons: [(code: [UInt8], status: ChargeStatus, tally: MoneyTally)]

    /// How many charges have another status by the results than the export gives them.
    public let changed: Int

    private let results: BankResults
    private let groups: [RecordPosition: Int]

    /// The outcome of all results.
    ///
    /// - Parameters:
    ///   - answered: the charges that they name, settled.
    ///   - recoveries: the recovery charges that no file has, with the places at which they are said to stand.
    ///   - unknown: the groups that name nothing known.
    public init(
        _ answered: AnsweredCharges, recoveries: [AnsweredRecovery], at positions: [RecordPosition], unknown: [Int]
    ) {
        results = answered.results
        read = results.count
        unnamed = results.unnamedCount
        unnamedLosses = results.unnamedLosses.count
        func count(_ groups: some Sequence<Int>) -> Int {
            groups.reduce(0) { $0 + answered.results.results(ofGroup: $1).count }
        }
        let ofCharges = Set(answered.charges.map(\.group))
        self.ofCharges = count(ofCharges)
        ofRecoveries = count(Set(recoveries.map(\.group)))
        ofRejectedRows = count(answered.rejected.subtracting(ofCharges))
        self.unknown = count(unknown)
        var account = Account(results: answered.results)
        var groups: [RecordPosition: Int] = [:]
        var changed = 0
        for (charge, history) in zip(answered.charges, answered.histories) {
            groups[charge.position.withoutOffset] = charge.group
            if history.contradiction == nil, history.status != charge.record.status { changed += 1 }
            account.add(history, (charge.record.amount, charge.record.currency), group: charge.group)
        }
        for (recovery, position) in zip(recoveries, positions) {
            groups[position.withoutOffset] = recovery.group
            let money = recovery.amount.map { ($0.minorUnits, $0.currency.packedCode) } ?? (0, 0)
            account.add(recovery.history, money, group: recovery.group)
        }
        self.changed = changed
        self.groups = groups
        ends = account.ends
        contradictions = account.contradictions
        reasons = account.reasons.sorted { left, right in
            if left.key.code != right.key.code { return left.key.code.lexicographicallyPrecedes(right.key.code) }
            return left.key.status.rawValue < right.key.status.rawValue
        }.map { ($0.key.code, $0.key.status, $0.value) }
    }

    /// What banks say of the charge at a position, in words; nil where they say nothing.
    func note(at position: RecordPosition) -> String? {
        groups[position.withoutOffset].map { results.words(ofGroup: $0) }
    }

    /// Whether every result is in exactly one place.
    public var isBalanced: Bool { read == ofCharges + ofRecoveries + ofRejectedRows + unknown + unnamed }

    /// The sums that are made on the way.
    private struct Account {
        struct Reason: Hashable {
            let code: [UInt8]
            let status: ChargeStatus
        }

        let results: BankResults
        var ends: Ends = [:]
        var contradictions: [CollectionHistory.Contradiction: MoneyTally] = [:]
        var reasons: [Reason: MoneyTally] = [:]

        mutating func add(_ history: CollectionHistory, _ money: (amount: Int64, currency: UInt32), group: Int) {
            guard history.contradiction == nil else {
                history.contradiction.map {
                    contradictions[$0, default: MoneyTally()].add(amount: money.amount, currency: money.currency)
                }
                return
            }
            ends[history.status, default: MoneyTally()].add(amount: money.amount, currency: money.currency)
            guard history.status == .failed || history.status == .reversed, let deciding = history.deciding else {
                return
            }
            let reason = Reason(code: results.results(ofGroup: group)[deciding].reason, status: history.status)
            reasons[reason, default: MoneyTally()].add(amount: money.amount, currency: money.currency)
        }
    }
}

extension RecordPosition {
    /// The place without its byte, which is not known of every charge.
    fileprivate var withoutOffset: RecordPosition {
        RecordPosition(
            block: UInt32(truncatingIfNeeded: block), byteOffset: nil, record: UInt32(truncatingIfNeeded: record))
    }
}
