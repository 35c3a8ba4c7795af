import BillingValues

/// Takes plain decimal numbers with at most the decimals of a currency; a cell is the amount in minor units.
struct MoneyCheck: Sendable {
    /// Whether the value must not be empty.
    let isRequired: Bool
    /// Whether it may be below zero.
    let maySink: Bool
    /// The byte between the whole and the decimals.
    var decimal = UInt8(ascii: ".")

    /// What is wrong with an amount; `currency` is the cell of its currency.
    @inline(__always)
    func judge(_ value: Span<UInt8>, currency: Int64, _ cell: inout Int64) -> ValueFaults {
        if let hundredths = Self.hundredths(value, decimal), currency == 2 {
            cell = hundredths
            return hundredths < 0 && !maySink ? .negative : []
        }
        return explain(value, exponent: Cell.isPresent(currency) ? Int(currency) : nil, &cell)
    }

    /// An amount of at most twelve digits with a point before the last two: what nearly all amounts are.
    @inline(__always)
    private static func hundredths(_ value: Span<UInt8>, _ decimal: UInt8) -> Int64? {
        let count = value.count
        guard count >= 4, count <= 13, value[count - 3] == decimal else { return nil }
        let isNegative = value[0] == UInt8(ascii: "-")
        var amount: Int64 = 0
        let first = isNegative ? 1 : 0
        guard first < count - 3 else { return nil }
        for index in first..<count where index != count - 3 {
            let digit = value[index] &- UInt8(ascii: "0")
            guard digit <= 9 else { return nil }
            amount = amount &* 10 &+ Int64(digit)
        }
        return isNegative ? 0 &- amount : amount
    }

    private func minorUnits(_ value: Span<UInt8>, exponent: Int) throws(AmountFault) -> Int64 {
        guard decimal != UInt8(ascii: ".") else { return try Money.minorUnits(in: value, exponent: exponent) }
        var text: [UInt8] = []
        for index in value.indices {
            // A point is then no part of an amount.
            guard value[index] != UInt8(ascii: ".") else { throw .notAnAmount }
            text.append(value[index] == decimal ? UInt8(ascii: ".") : value[index])
        }
        return try Money.minorUnits(in: text.span, exponent: exponent)
    }

    /// The exact judgement; without a currency only the form counts.
    private func explain(_ value: Span<UInt8>, exponent: Int?, _ cell: inout Int64) -> ValueFaults {
        do throws(AmountFault) {
            let amount = try minorUnits(value, exponent: exponent ?? 4)
            cell = exponent == nil ? Cell.unreadable : amount
            return amount < 0 && !maySink ? .negative : []
        } catch {
            switch error {
            case .empty: return isRequired ? .missing : []
            case .notAnAmount:
                cell = Cell.unreadable
                return .notAnAmount
            case .tooManyDecimals:
                cell = Cell.unreadable
                return .tooManyDecimals
            case .outOfRange:
                cell = Cell.unreadable
                return .amountOutOfRange
            }
        }
    }
}
