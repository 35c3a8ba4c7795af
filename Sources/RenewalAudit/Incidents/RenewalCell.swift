/// Subscriptions that no dimension tells apart.
struct RenewalCell: Hashable, Sendable {
    /// The number of the offer in `Subscriptions.offers`.
    var offer: Int32 = 0
    /// The number of the payment method in `Subscriptions.paymentMethods`.
    var paymentMethod: Int32 = 0
    /// The cycle as in `SubscriptionRow`: days if positive, months if negative.
    var cycle: Int32 = 0
    /// The packed code of the currency.
    var currency: Int32 = 0
    /// 0: activated on day 1 to 10 of a month; 1: on day 11 to 31.
    ///
    /// Billing calendars draw this line: who comes early in a month has the first collection on another day.
    var activationBand: Int32 = 0

    /// The value of a dimension.
    subscript(dimension: IncidentDimension) -> Int32 {
        get {
            switch dimension {
            case .offer: offer
            case .paymentMethod: paymentMethod
            case .cycle: cycle
            case .currency: currency
            case .activationDay: activationBand
            }
        }
        set {
            switch dimension {
            case .offer: offer = newValue
            case .paymentMethod: paymentMethod = newValue
            case .cycle: cycle = newValue
            case .currency: currency = newValue
            case .activationDay: activationBand = newValue
            }
        }
    }
}

extension RenewalCell {
    /// The cell of a row, told apart by some dimensions and always by the cycle.
    @inline(__always)
    init(_ row: Int, of table: borrowing Subscriptions, by dimensions: IncidentDimensions) {
        self.init(row, packed: table.rows[row], of: table, by: dimensions)
    }

    /// The cell of a row whose packed form is at hand.
    @inline(__always)
    init(_ row: Int, packed: SubscriptionRow, of table: borrowing Subscriptions, by dimensions: IncidentDimensions) {
        cycle = packed.cycle
        if dimensions.contains(.offer) { offer = Int32(truncatingIfNeeded: table.offerNumbers[row]) }
        if dimensions.contains(.paymentMethod) {
            paymentMethod = Int32(truncatingIfNeeded: table.paymentMethodNumbers[row])
        }
        if dimensions.contains(.currency) { currency = Int32(truncatingIfNeeded: packed.currencyCode) }
        if dimensions.contains(.activationDay) { activationBand = packed.activatedMonthAndDay & 31 > 10 ? 1 : 0 }
    }
}

/// The cells that occur, each known by a number; a look-up costs a few nanoseconds.
struct RenewalCells: Sendable {
    private(set) var cells: [RenewalCell] = []

    /// The numbers of the cells plus 1, each near the place of its hash; 0 where there is none.
    private var slots: [Int32] = Array(repeating: 0, count: 64)

    /// The number of a cell; nil for one that was never added.
    @inline(__always)
    func number(of cell: RenewalCell) -> Int? {
        var slot = slot(cell)
        while slots[slot] != 0 {
            let number = Int(slots[slot]) - 1
            if cells[number] == cell { return number }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    /// Adds a cell that is not there yet and returns its number.
    mutating func add(_ cell: RenewalCell) -> Int {
        cells.append(cell)
        if cells.count * 2 > slots.count {
            slots = Array(repeating: 0, count: slots.count * 2)
            for number in cells.indices { place(number) }
        } else {
            place(cells.count - 1)
        }
        return cells.count - 1
    }

    private mutating func place(_ number: Int) {
        var slot = slot(cells[number])
        while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = Int32(truncatingIfNeeded: number + 1)
    }

    @inline(__always)
    private func slot(_ cell: RenewalCell) -> Int {
        let names = UInt64(UInt32(bitPattern: cell.offer)) << 32 | UInt64(UInt32(bitPattern: cell.paymentMethod))
        let terms = UInt64(UInt32(bitPattern: cell.currency)) << 32 | UInt64(UInt32(bitPattern: cell.cycle))
        var mixed = (names &* 0x9E37_79B9_7F4A_7C15) ^ (terms &* 0xC2B2_AE3D_27D4_EB4F)
        mixed = (mixed ^ UInt64(UInt32(bitPattern: cell.activationBand))) &* 0x94D0_49BB_1331_11EB
        return Int(truncatingIfNeeded: mixed >> 40) & (slots.count - 1)
    }
}
