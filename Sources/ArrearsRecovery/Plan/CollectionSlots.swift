import BillingValues

/// The days on which a customer's arrears can be collected, one after the other.
struct CollectionSlots {
    private enum Rhythm {
        case days(Int, from: CivilDate)
        case months(Int, from: CivilDate)
        case renewals(RecoveryLine)
        case list([CivilDate])
    }

    private let rhythm: Rhythm
    private var taken = 0

    /// The day that is on; nil when there is none left.
    private(set) var day: CivilDate?

    /// The days for a line, none of them before `earliest`.
    ///
    /// - Parameter identifier: The subscription's id, which decides on the batch of the customer.
    init(
        _ days: CollectionDays, line: RecoveryLine, identifier: [UInt8], decidedOn: CivilDate, earliest: CivilDate
    ) {
        switch days {
        case .batches(let batches):
            let own = batches.isEmpty ? 0 : Int(Self.hash(identifier) % UInt64(batches.count))
            let list = batches.dropFirst(own).filter { $0 >= earliest }
            rhythm = .list(list)
            day = list.first
        case .cadence(.withRenewal, let first):
            rhythm = .renewals(line)
            day = Self.beginning(first, decidedOn: decidedOn, earliest: earliest).flatMap(line.renewal(onOrAfter:))
        case .cadence(let cadence, .on(let date)):
            rhythm = Self.rhythm(cadence, from: date)
            day = date
            skip(to: earliest)
        case .cadence(let cadence, .nextMonth):
            day = line.firstCollection(inMonthAfter: decidedOn, earliest: earliest)
            rhythm = Self.rhythm(cadence, from: day ?? decidedOn)
        case .cadence(let cadence, .nextRenewal):
            day = Self.beginning(.nextRenewal, decidedOn: decidedOn, earliest: earliest)
                .flatMap(line.renewal(onOrAfter:))
            rhythm = Self.rhythm(cadence, from: day ?? decidedOn)
        }
    }

    /// Goes on to the next day.
    mutating func advance() {
        taken += 1
        switch rhythm {
        case .days(let count, let first):
            let (distance, overflow) = taken.multipliedReportingOverflow(by: count)
            day = overflow ? nil : first.adding(days: distance)
        case .months(let count, let first):
            let (distance, overflow) = taken.multipliedReportingOverflow(by: count)
            day = overflow ? nil : first.addingMonths(distance, anchorDay: first.day)
        case .renewals(let line):
            day = day.flatMap { $0.adding(days: 1) }.flatMap(line.renewal(onOrAfter:))
        case .list(let list):
            day = taken < list.count ? list[taken] : nil
        }
    }

    /// Goes on to the first day that is not before another.
    private mutating func skip(to earliest: CivilDate) {
        guard let first = day, first < earliest else { return }
        switch rhythm {
        case .days(let count, _): taken = max(0, earliest.days(since: first) / count - 1)
        case .months(let count, _): taken = max(0, (earliest.monthNumber - first.monthNumber) / count - 1)
        case .renewals, .list: break
        }
        while let now = day, now < earliest { advance() }
    }

    /// From which day on a renewal day is looked for.
    private static func beginning(
        _ first: CollectionDays.FirstCollection, decidedOn: CivilDate, earliest: CivilDate
    ) -> CivilDate? {
        switch first {
        case .nextMonth: decidedOn.addingMonths(1, anchorDay: 1).map { max($0, earliest) }
        case .nextRenewal: decidedOn.adding(days: 1).map { max($0, earliest) }
        case .on(let date): max(date, earliest)
        }
    }

    private static func rhythm(_ cadence: CollectionDays.Cadence, from first: CivilDate) -> Rhythm {
        switch cadence {
        case .days(let count): .days(max(1, count), from: first)
        case .months(let count): .months(max(1, count), from: first)
        // The caller treats this cadence apart; a step of a month is what comes nearest.
        case .withRenewal: .months(1, from: first)
        }
    }

    /// FNV-1a of 64 bits: spreads ids evenly, and is the same on every machine and in every run.
    private static func hash(_ identifier: [UInt8]) -> UInt64 {
        identifier.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
    }
}
