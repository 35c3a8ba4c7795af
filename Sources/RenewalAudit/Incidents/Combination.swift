/// Values of some dimensions; the cells that have them all are in it, and with no dimension every cell is.
struct Combination: Hashable, Sendable {
    /// The dimensions that count.
    private(set) var dimensions: IncidentDimensions = []

    /// The values; 0 in dimensions that do not count.
    private(set) var values = RenewalCell()

    /// Every renewal.
    static let everything = Combination()

    /// Whether a cell belongs to it.
    func contains(_ cell: RenewalCell) -> Bool {
        IncidentDimension.allCases.allSatisfy { !dimensions.contains($0) || values[$0] == cell[$0] }
    }

    /// The same with one value more.
    func with(_ dimension: IncidentDimension, _ value: Int32) -> Combination {
        var other = self
        other.dimensions.formUnion(IncidentDimensions([dimension]))
        other.values[dimension] = value
        return other
    }

    /// The same with one value less.
    func without(_ dimension: IncidentDimension) -> Combination {
        var other = self
        other.dimensions.subtract(IncidentDimensions([dimension]))
        other.values[dimension] = 0
        return other
    }

    /// A cell's values of at most two dimensions, in all ways there are: few dimensions first.
    static func ofAtMostTwo(_ cell: RenewalCell, of dimensions: [IncidentDimension]) -> [Combination] {
        var all = [everything]
        for dimension in dimensions { all.append(everything.with(dimension, cell[dimension])) }
        for (place, first) in dimensions.enumerated() {
            for second in dimensions[(place + 1)...] {
                all.append(everything.with(first, cell[first]).with(second, cell[second]))
            }
        }
        return all
    }
}
