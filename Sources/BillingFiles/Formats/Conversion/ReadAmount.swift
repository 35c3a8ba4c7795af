import BillingValues

/// An amount as a foreign text has it: whole units of so many decimals.
struct ReadAmount {
    /// The amount in units of 10 to the power of minus `decimals`.
    var units: Int64 = 0

    /// How many decimals the amount has.
    var decimals = 0

    /// Whether digits were given up.
    var isRounded = false

    /// The most decimals that are read.
    static let mostDecimals = 18

    /// Reads the whole of a text; nil when it is not written so, or does not fit 64 bits.
    ///
    /// - Parameter decimals: where the decimals are if there is no mark, as the record says it.
    init?(_ text: Span<UInt8>, _ form: AmountForm, decimals implied: Int?) {
        var at = 0
        var isNegative = form.isNegated
        if at < text.count, text[at] == UInt8(ascii: "-") || text[at] == UInt8(ascii: "+") {
            if text[at] == UInt8(ascii: "-") { isNegative.toggle() }
            at += 1
        }
        let first = at
        var (digits, sinceGroup, decimalsSeen) = (0, -1, -1)
        while at < text.count {
            let digit = text[at] &- UInt8(ascii: "0")
            if digit <= 9 {
                let (product, overflow) = units.multipliedReportingOverflow(by: 10)
                let (sum, carry) = product.addingReportingOverflow(Int64(digit))
                guard !overflow, !carry else { return nil }
                units = sum
                digits += 1
                if sinceGroup >= 0 { sinceGroup += 1 }
                if decimalsSeen >= 0 { decimalsSeen += 1 }
            } else if text[at] == form.decimalMark, decimalsSeen < 0, at > first, sinceGroup < 0 || sinceGroup == 3 {
                decimalsSeen = 0
                sinceGroup = -1
            } else if let group = form.groupMark, text[at] == group, decimalsSeen < 0, digits > 0, digits <= 3,
                sinceGroup < 0
            {
                sinceGroup = 0
            } else if let group = form.groupMark, text[at] == group, decimalsSeen < 0, sinceGroup == 3 {
                sinceGroup = 0
            } else {
                return nil
            }
            at += 1
        }
        guard digits > 0, decimalsSeen != 0, sinceGroup < 0 || sinceGroup == 3 else { return nil }
        if form.implied != nil {
            // Where decimals are implied a mark would be a second opinion.
            guard decimalsSeen < 0, let implied, implied <= Self.mostDecimals else { return nil }
            self.decimals = implied
        } else {
            self.decimals = max(0, decimalsSeen)
        }
        guard self.decimals <= Self.mostDecimals else { return nil }
        if isNegative { units = 0 - units }
        dropZeros(above: 2)
        if let rounding = form.rounding, self.decimals > rounding.decimals {
            guard round(rounding) else { return nil }
        }
    }

    /// Decimals of nothing are left out, down to a number of them.
    private mutating func dropZeros(above least: Int) {
        while decimals > least, units % 10 == 0 {
            units /= 10
            decimals -= 1
        }
    }

    private mutating func round(_ rounding: AmountForm.Rounding) -> Bool {
        var divisor: Int128 = 1
        for _ in rounding.decimals..<decimals { divisor *= 10 }
        guard let rounded = rounding.rule.divide(Int128(units), by: divisor), let fitting = Int64(exactly: rounded)
        else { return false }
        isRounded = Int128(fitting) * divisor != Int128(units)
        (units, decimals) = (fitting, rounding.decimals)
        return true
    }

    /// Appends the amount with a decimal point.
    func write(to row: inout RowText) {
        if units < 0 { row.append(UInt8(ascii: "-")) }
        row.append(number: units.magnitude, atLeast: decimals + 1, pointBefore: decimals)
    }
}
