/// Amounts in decimal digits, added without rounding.
struct DecimalSum: Sendable {
    private(set) var units: Int64
    private(set) var decimals: Int

    /// A sum of nothing.
    static let nothing = DecimalSum()

    private init() {
        units = 0
        decimals = 0
    }

    /// An amount in units of which so many digits are decimals.
    init(units: Int64, decimals: Int) {
        self.units = units
        self.decimals = decimals
    }

    /// A sum of one amount; nil when that is none.
    init?(_ text: ArraySlice<UInt8>) {
        let copy = Array(text)
        guard let amount = ReadAmount(copy.span, AmountForm(), decimals: nil) else { return nil }
        (units, decimals) = (amount.units, amount.decimals)
    }

    /// Adds an amount; false when it is none or the sum does not fit.
    mutating func add(_ text: ArraySlice<UInt8>) -> Bool {
        guard var other = DecimalSum(text) else { return false }
        guard scale(to: max(decimals, other.decimals)), other.scale(to: decimals) else { return false }
        let (sum, overflow) = units.addingReportingOverflow(other.units)
        units = sum
        return !overflow
    }

    /// Makes it have as many decimals; false where it does not fit.
    mutating func scale(to wanted: Int) -> Bool {
        while decimals < wanted {
            let (product, overflow) = units.multipliedReportingOverflow(by: 10)
            if overflow { return false }
            units = product
            decimals += 1
        }
        return true
    }

    /// Whether two sums are the same amount.
    func equals(_ other: DecimalSum) -> Bool {
        var (one, two) = (self, other)
        let most = max(decimals, other.decimals)
        return one.scale(to: most) && two.scale(to: most) && one.units == two.units
    }

    /// The sum in digits, with the most decimals that were met.
    var text: [UInt8] {
        var digits = Array("\(units.magnitude)".utf8)
        while digits.count <= decimals { digits.insert(UInt8(ascii: "0"), at: 0) }
        if decimals > 0 { digits.insert(UInt8(ascii: "."), at: digits.count - decimals) }
        return (units < 0 ? [UInt8(ascii: "-")] : []) + digits
    }
}
