import BillingFiles
public import BillingValues

/// The runs and the entries of a ledger as tables for people.
public struct LedgerListing {
    /// A run.
    public struct Run: Sendable {
        let cells: [String]

        /// A run; `sums` are counts and sums in minor units, by currency.
        public init(
            number: Int, decidedOn: CivilDate, state: String,
            planned: [(count: Int, amount: Int128, currency: String)],
            settled: Int, by: String, output: String
        ) {
            let amounts = planned.map { sum in
                let exponent = Currency(code: sum.currency)?.exponent ?? 0
                return "\(AmountText.plain(sum.amount, exponent: exponent)) \(sum.currency)"
            }
            cells = [
                "\(number)", "\(decidedOn)", state, AmountText.people(planned.reduce(0) { $0 + $1.count }),
                amounts.isEmpty ? "-" : amounts.joined(separator: " + "), AmountText.people(settled),
                by.isEmpty ? "-" : VisibleText.of(by.utf8),
                output.isEmpty ? "-" : VisibleText.of(output.utf8, limit: 4096),
            ]
        }
    }

    private let style: TextStyle

    /// Tables in a style.
    public init(style: TextStyle) { self.style = style }

    /// A line for each run, under a heading.
    public func lines(_ runs: [Run]) -> [String] {
        guard !runs.isEmpty else { return ["no runs"] }
        var table = TextTable(["run", "decided on", "state", "planned", "amount", "settled", "by", "files in"])
        for run in runs { table.add(run.cells) }
        return table.lines(style)
    }

    /// A line for each entry, under a heading.
    public func lines(_ entries: [LedgerRecord]) -> [String] {
        guard !entries.isEmpty else { return ["nothing"] }
        var table = TextTable(["subscription", "period", "act", "amount", "on", "run", "state of the run"])
        for entry in entries {
            table.add([
                VisibleText.of(entry.subscription.utf8), "\(entry.period)", entry.act, "\(entry.amount)",
                entry.day.map { "\($0)" } ?? "-", "\(entry.run)", entry.state,
            ])
        }
        return table.lines(style)
    }
}

/// One entry of a ledger, as reports have it.
public struct LedgerRecord: Sendable {
    let run: Int
    let decidedOn: CivilDate
    let state: String
    let act: String
    let subscription: String
    let kind: String
    let period: BillingPeriod
    let amount: Money
    let day: CivilDate?
    let note: String?

    /// An entry from its parts; `state` is that of its run.
    public init(
        run: Int, decidedOn: CivilDate, state: String, act: String, subscription: String, kind: String,
        period: BillingPeriod, amount: Money, day: CivilDate?, note: String?
    ) {
        self.run = run
        self.decidedOn = decidedOn
        self.state = state
        self.act = act
        self.subscription = subscription
        self.kind = kind
        self.period = period
        self.amount = amount
        self.day = day
        self.note = note
    }
}
