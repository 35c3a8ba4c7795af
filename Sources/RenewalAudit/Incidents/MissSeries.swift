/// Due and missed renewals by cell and day, and summed over the combinations among which an incident is looked for.
struct MissSeries: Sendable {
    /// The cells, by their numbers.
    let cells: [RenewalCell]

    /// The dimensions that tell the cells apart.
    let dimensions: [IncidentDimension]

    /// The number of days.
    let days: Int

    /// Every combination of at most two values that has enough misses to be worth a look: fewest values first.
    let combinations: [Combination]

    // `days` entries for each cell, and for each combination.
    private var due: [Int32]
    private var missed: [Int32]
    private var combinedDue: [Int32]
    private var combinedMissed: [Int32]

    /// The places in `combinations` that each cell belongs to.
    private let combinationsOfCell: [[Int32]]

    /// So few misses make no incident.
    private static let fewestMisses = 3

    /// The entries that the sums over combinations may have; those with the most misses come first.
    private static let limit = 1 << 22

    /// The series of some misses among the due renewals of a calendar.
    init(_ calendar: DueCalendar, missed renewals: [MissedRenewal]) {
        cells = calendar.cells.cells
        dimensions = calendar.dimensions.members
        days = calendar.days
        due = calendar.counts()
        missed = [Int32](repeating: 0, count: due.count)
        var missedOfCell = [Int](repeating: 0, count: cells.count)
        for renewal in renewals {
            missed[Int(renewal.cell) * days + Int(renewal.day)] += 1
            missedOfCell[Int(renewal.cell)] += 1
        }
        // The dimensions of a value that all cells share say nothing.
        let found = calendar.cells.cells
        let telling = calendar.dimensions.members.filter { dimension in
            found.contains { $0[dimension] != found[0][dimension] }
        }
        (combinations, combinationsOfCell) = Self.combinations(
            of: cells, dimensions: telling, missed: missedOfCell, limit: max(1, Self.limit / max(1, days)))
        combinedDue = [Int32](repeating: 0, count: combinations.count * days)
        combinedMissed = combinedDue
        for cell in cells.indices { addToCombinations(cell, 0..<days, sign: 1) }
    }

    private static func combinations(
        of cells: [RenewalCell], dimensions: [IncidentDimension], missed: [Int], limit: Int
    ) -> (all: [Combination], ofCell: [[Int32]]) {
        let ofCell = cells.map { Combination.ofAtMostTwo($0, of: dimensions) }
        var counts: [Combination: Int] = [:]
        // In the order in which cells and their combinations come, so that equal inputs give equal outputs.
        var order: [Combination] = []
        for (cell, combinations) in ofCell.enumerated() where missed[cell] > 0 {
            for combination in combinations {
                if counts[combination] == nil { order.append(combination) }
                counts[combination, default: 0] += missed[cell]
            }
        }
        let enough = order.filter { counts[$0, default: 0] >= fewestMisses }
        let most = enough.enumerated().sorted {
            (counts[$1.element, default: 0], $0.offset) < (counts[$0.element, default: 0], $1.offset)
        }.prefix(limit)
        let all = most.sorted {
            ($0.element.dimensions.count, $0.element.dimensions.rawValue, $0.offset)
                < ($1.element.dimensions.count, $1.element.dimensions.rawValue, $1.offset)
        }.map(\.element)
        let places = Dictionary(uniqueKeysWithValues: all.enumerated().map { ($1, Int32(truncatingIfNeeded: $0)) })
        return (all, ofCell.map { $0.compactMap { places[$0] } })
    }

    private mutating func addToCombinations(_ cell: Int, _ range: Range<Int>, sign: Int32) {
        let base = cell * days
        let hasMisses = range.contains { missed[base + $0] != 0 }
        for combination in combinationsOfCell[cell] {
            let target = Int(combination) * days
            for day in range { combinedDue[target + day] &+= due[base + day] &* sign }
            if hasMisses {
                for day in range { combinedMissed[target + day] &+= missed[base + day] &* sign }
            }
        }
    }
}

extension MissSeries {
    /// The days of a combination, given by its place in `combinations`.
    func days(ofCombination place: Int) -> DayCounts {
        let range = (place * days)..<((place + 1) * days)
        return DayCounts(due: combinedDue[range], missed: combinedMissed[range])
    }

    /// The days of any combination; O(cells + days of its cells).
    func days(of combination: Combination) -> DayCounts {
        var sums = DayCounts(days: days)
        for (cell, values) in cells.enumerated() where combination.contains(values) {
            sums.add(due: due[(cell * days)..<((cell + 1) * days)], missed: missed[(cell * days)..<((cell + 1) * days)])
        }
        return sums
    }

    /// Due and missed renewals of a combination on some days.
    func count(_ combination: Combination, _ range: ClosedRange<Int>) -> MissCount {
        var count = MissCount()
        for (cell, values) in cells.enumerated() where combination.contains(values) {
            for day in range {
                count.due += Int(due[cell * days + day])
                count.missed += Int(missed[cell * days + day])
            }
        }
        return count
    }

    /// The days of each value that the renewals of a combination have in a dimension, in the order of the cells.
    func days(of combination: Combination, by dimension: IncidentDimension) -> [(value: Int32, days: DayCounts)] {
        var places: [Int32: Int] = [:]
        var parts: [(value: Int32, days: DayCounts)] = []
        for (cell, values) in cells.enumerated() where combination.contains(values) {
            let range = (cell * days)..<((cell + 1) * days)
            let place = places[values[dimension]] ?? parts.count
            if place == parts.count {
                places[values[dimension]] = place
                parts.append((values[dimension], DayCounts(days: days)))
            }
            parts[place].days.add(due: due[range], missed: missed[range])
        }
        return parts
    }

    /// Takes the renewals of a region out: they are explained.
    mutating func remove(_ combination: Combination, _ range: ClosedRange<Int>) {
        for (cell, values) in cells.enumerated() where combination.contains(values) {
            addToCombinations(cell, Range(range), sign: -1)
            for day in range {
                due[cell * days + day] = 0
                missed[cell * days + day] = 0
            }
        }
    }
}
