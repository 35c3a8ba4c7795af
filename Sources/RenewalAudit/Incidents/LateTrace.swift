/// How late charges came: at once, one a day, or in no pattern that a caught-up outage leaves.
enum LateTrace {
    /// Days that may lie between two steps of a staircase.
    private static let longestStep = 3

    /// The trace of the late charges of an incident; nil when they are only late, each by itself.
    ///
    /// Charges of one account tell most: all on one day is a burst, one after the other within a few days a staircase.
    /// Where accounts have one late charge each, most of all of them on one day are a burst.
    static func trace(_ late: [MissedRenewal]) -> Incident.Trace? {
        var (together, steps, others) = (0, 0, 0)
        var byDay: [Int32: Int] = [:]
        var account: [Int32] = []
        var row: Int32?
        func judge() {
            let days = Set(account).sorted()
            guard account.count > 1 else { return }
            if days.count == 1 {
                together += 1
            } else if zip(days, days.dropFirst()).allSatisfy({ Int($1 - $0) <= longestStep }) {
                steps += 1
            } else {
                others += 1
            }
        }
        for renewal in late {
            guard let day = renewal.chargedDay else { continue }
            if renewal.row != row {
                judge()
                account = []
                row = renewal.row
            }
            account.append(day)
            byDay[day, default: 0] += 1
        }
        judge()
        let accounts = together + steps + others
        if accounts > 0, steps * 2 > accounts { return .staircase }
        let most = byDay.values.max() ?? 0
        if accounts > 0 { return together * 2 > accounts ? .burst : nil }
        return most * 2 > late.count ? .burst : nil
    }
}
