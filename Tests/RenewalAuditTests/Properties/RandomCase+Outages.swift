import BillingRecords
import BillingValues
import RenewalAudit
import TestSupport

/// Billing runs that were missed and made up for: bursts, staircases, sums, quarters in one charge, and money given back
/// without a period.
extension RandomCase {
    /// Makes something of this kind of the charges from `first` on, which are those of one line.
    mutating func addOutage(from first: Int, _ identifier: String, _ price: Int64) {
        let regular = input.charges.indices.filter { index in
            index >= first && input.charges[index].pays && input.charges[index].periodStart != nil
        }
        guard regular.count > 1 else { return }
        let count = min(random.number(1...4), regular.count)
        let start = random.number(0...(regular.count - count))
        let missed = Array(regular[start..<(start + count)])
        switch random.number(0...6) {
        case 0...2: makeUp(for: missed)
        case 3: makeUpInOne(missed)
        case 4: span(missed)
        case 5:
            // The whole line states no periods.
            for index in regular where random.once(in: 20) == false {
                input.charges[index].periodStart = nil
                input.charges[index].periodEnd = nil
            }
            makeUp(for: missed)
        default: repeatAndGiveBack(missed)
        }
    }

    private mutating func lateDay(_ missed: [Int]) -> CivilDate {
        let last = missed.compactMap { input.charges[$0].chargedOn }.max() ?? input.terms.window.from
        // Often on the day of a later renewal.
        let days = random.once(in: 3) ? random.number(27...32) : random.number(0...70)
        return last.adding(days: days) ?? last
    }

    /// One late charge for each, on one day or on successive ones, some of them left out.
    private mutating func makeUp(for missed: [Int]) {
        var day = lateDay(missed)
        let isStaircase = random.once(in: 2)
        let statesPeriods = random.once(in: 4)
        for index in missed {
            if random.once(in: 8) {
                input.charges[index].status = .failed
                continue
            }
            input.charges[index].chargedOn = day
            if !statesPeriods {
                input.charges[index].periodStart = nil
                input.charges[index].periodEnd = nil
            }
            if random.once(in: 10) { input.charges[index].amount += Int64(random.number(-1...1)) }
            if isStaircase { day = day.adding(days: random.number(0...3)) ?? day }
        }
        if random.once(in: 6), let last = missed.last {
            var one = input.charges[last]
            one.chargedOn = day
            input.charges.append(one)
        }
    }

    private mutating func makeUpInOne(_ missed: [Int]) {
        guard let last = missed.last else { return }
        var sum = missed.reduce(0) { $0 + input.charges[$1].amount }
        if random.once(in: 4) { sum += Int64(random.number(-1...1)) }
        let day = lateDay(missed)
        for index in missed where index != last { input.charges[index].status = .failed }
        input.charges[last].periodStart = nil
        input.charges[last].periodEnd = nil
        input.charges[last].chargedOn = day
        input.charges[last].amount = sum
    }

    private mutating func span(_ missed: [Int]) {
        guard let first = missed.first, let last = missed.last else { return }
        var sum = missed.reduce(0) { $0 + input.charges[$1].amount }
        if random.once(in: 3) { sum += Int64(random.number(-9...900)) }
        input.charges[first].periodEnd = input.charges[last].periodEnd
        input.charges[first].amount = random.once(in: 12) ? -sum : sum
        if random.once(in: 4) { input.charges[first].periodEnd = input.charges[last].periodEnd?.adding(days: 1) }
        for index in missed.dropFirst() {
            if !random.once(in: 8) { input.charges[index].status = .failed }
        }
    }

    private mutating func repeatAndGiveBack(_ missed: [Int]) {
        for index in missed {
            let charge = input.charges[index]
            guard charge.status == .posted else { continue }
            var again = charge
            if random.once(in: 2) { again.chargedOn = charge.chargedOn?.adding(days: random.number(0...40)) }
            if !random.once(in: 4) { input.charges.append(again) }
            var back = charge
            back.kind = [.refund, .refund, .credit].randomElement(using: &random)
            back.amount = -charge.amount
            back.periodStart = nil
            back.periodEnd = nil
            back.chargedOn = charge.chargedOn?.adding(days: random.number(0...70))
            input.charges.append(back)
        }
    }
}
