import BillingValues

/// What is collected from one customer in each calendar month, against the cap and the limitation.
struct MonthlyLoad {
    private let cap: Int64?
    private let serviceDays: Int?
    private var amounts: [Int: Int64] = [:]
    private var days: [Int: Int] = [:]

    /// The longest month: what may be collected in one month, where a customer gets a month for each month billed late.
    static let longestMonth = 31

    /// The load of a customer who pays in a currency.
    init(cap: Int64?, monthForMonth: Bool) {
        self.cap = cap
        serviceDays = monthForMonth ? Self.longestMonth : nil
    }

    /// Whether an amount can be collected in any month at all.
    func canEverHold(_ amount: Money) -> Bool { cap.map { amount.minorUnits <= $0 } ?? true }

    /// Whether the service of a period can be collected in any month at all.
    func canEverHold(_ period: BillingPeriod) -> Bool { serviceDays.map { period.lengthInDays <= $0 } ?? true }

    /// Whether one more collection finds room in the month of a day.
    func hasRoom(for amount: Money, period: BillingPeriod, on day: CivilDate) -> Bool {
        let month = day.monthNumber
        if let cap {
            let (sum, overflow) = amounts[month, default: 0].addingReportingOverflow(amount.minorUnits)
            guard !overflow, sum <= cap else { return false }
        }
        if let serviceDays {
            guard days[month, default: 0] + period.lengthInDays <= serviceDays else { return false }
        }
        return true
    }

    /// Notes a collection.
    mutating func add(_ amount: Money, period: BillingPeriod, on day: CivilDate) {
        let month = day.monthNumber
        if cap != nil { amounts[month, default: 0] += amount.minorUnits }
        if serviceDays != nil { days[month, default: 0] += period.lengthInDays }
    }
}
