public import BillingRecords
public import BillingValues

/// All subscriptions of an audit: a table by column, with an index by id.
///
/// Rows keep the order of the file. The table is filled once (`append`, then `buildIndex`) and only read afterwards,
/// so any number of threads may share it. Memory: 64 bytes a row for matching, about 40 bytes a row of other columns,
/// and 8 bytes a row of index.
public struct Subscriptions: Sendable {
    /// The rows as matching needs them.
    var rows = SubscriptionRows()

    /// The bytes from the 17th on of ids longer than a `SubscriptionKey`.
    var keyTails: [UInt8] = []

    /// The index by id; empty until `buildIndex`.
    var index = SubscriptionIndex()

    /// How ids are hashed.
    let hash = SubscriptionHash()

    /// Where each row stands in the subscriptions file.
    var positions: ContiguousArray<RecordPosition> = []

    /// The end of each row's phone number in `msisdnBytes`.
    var msisdnEnds: ContiguousArray<UInt32> = []
    var msisdnBytes: [UInt8] = []

    /// The offers and payment methods, and each row's number in them.
    public internal(set) var offers = TextDictionary()

    /// The payment methods that occur.
    public internal(set) var paymentMethods = TextDictionary()
    var offerNumbers: ContiguousArray<UInt32> = []
    var paymentMethodNumbers: ContiguousArray<UInt32> = []

    /// The renewals that are due, over all rows.
    public internal(set) var dueCount = 0

    /// How many words `ClaimedPeriods` needs that have no room in its columns, those included that rows of duplicate
    /// ids gave up.
    var furtherClaimCount = 0

    /// The later rows of ids that stand in the file twice; they are rejected.
    public internal(set) var duplicateRows: Set<Int> = []

    /// The rows that name earlier ids of their lines, and these, separated by spaces.
    var previousIdentifiers: [(row: Int, text: [UInt8])] = []

    /// The rows of the lines that have other ids than those of their rows, by these.
    var aliases: [[UInt8]: Int] = [:]

    /// For each row of a line with successive contracts all rows of the line, in the order of their activations.
    var successions: [Int: [Int]] = [:]

    /// Rows whose line has several, so that nothing tells whose charges are whose.
    public internal(set) var contestedRows: Set<Int> = []

    /// The events of the rows that have some that bear on renewals.
    var histories = LineHistories()

    /// What the timelines of lines say of the window, where that is not what their rows alone would have.
    var outlines = DueOutlines()

    /// What the offers file says of the rows.
    var rowOffers: RowOffers

    /// Whether the offers file makes the renewals of some row others than the row alone would have.
    var hasOfferTimelines = false

    /// What was inferred from the charges; nil where a subscriptions file told the contracts.
    public internal(set) var inference: Inference?

    /// The names of the events files.
    var eventFiles: [String] = []

    /// The days whose renewals are due.
    public let window: AuditWindow
    let windowStart: BatchDate
    let windowEnd: BatchDate

    /// A table without rows, for an audit of `window` by an offers file.
    ///
    /// - Parameter suspension: what holds around suspensions where an offer says nothing.
    public init(
        window: AuditWindow, offers catalogue: OfferCatalogue = OfferCatalogue(),
        suspension: SuspensionPolicy = .standard
    ) {
        self.window = window
        rowOffers = RowOffers(catalogue: catalogue, suspension: suspension)
        windowStart = BatchDate(window.from)
        windowEnd = BatchDate(window.to)
    }

    /// The number of rows, those included whose terms are not usable.
    public var count: Int { rows.count }

    /// How many due renewals an audit can keep account of.
    public static let dueLimit = 1 << 31

    /// Whether the table is within what its 32-bit offsets can hold; if not, its due renewals must not be claimed.
    public var isWithinLimits: Bool {
        furtherClaimCount <= Self.dueLimit && rows.count < 1 << 31 && msisdnBytes.count <= Int(UInt32.max)
            && keyTails.count <= SubscriptionRow.keyTailLimit
    }

    /// Makes room for about `count` rows.
    public mutating func reserve(_ count: Int) {
        rows.reserveCapacity(count)
        positions.reserveCapacity(count)
        msisdnEnds.reserveCapacity(count)
        msisdnBytes.reserveCapacity(count * 12)
        offerNumbers.reserveCapacity(count)
        paymentMethodNumbers.reserveCapacity(count)
    }
}

extension Subscriptions {
    /// The id of a row.
    public func subscriptionIdentifier(_ row: Int) -> [UInt8] {
        let (key, length) = (rows[row].key, Int(rows[row].keyLength))
        guard length > SubscriptionKey.capacity else { return key.bytes(length) }
        let start = rows[row].keyTail
        return key.bytes(SubscriptionKey.capacity) + keyTails[start..<(start + length - SubscriptionKey.capacity)]
    }

    /// The phone number of a row's line.
    public func msisdn(_ row: Int) -> [UInt8] {
        let start = row == 0 ? 0 : Int(msisdnEnds[row - 1])
        return Array(msisdnBytes[start..<Int(msisdnEnds[row])])
    }

    /// The offer of a row.
    public func offer(_ row: Int) -> [UInt8] { offers.bytes(offerNumbers[row]) }

    /// The payment method of a row.
    public func paymentMethod(_ row: Int) -> [UInt8] { paymentMethods.bytes(paymentMethodNumbers[row]) }

    /// The number of a row's offer in `offers`.
    public func offerNumber(_ row: Int) -> UInt32 { offerNumbers[row] }

    /// The number of a row's payment method in `paymentMethods`.
    public func paymentMethodNumber(_ row: Int) -> UInt32 { paymentMethodNumbers[row] }

    /// Where a row stands in the subscriptions file.
    public func position(_ row: Int) -> RecordPosition { positions[row] }

    /// How many renewals of a row are due but for its events.
    public func dueCount(_ row: Int) -> Int { Int(rows[row].dueCount) }

    /// The currency of a row's price, or nil when its terms are not usable.
    public func currency(_ row: Int) -> Currency? { Currency(packedCode: rows[row].currencyCode) }

    /// The terms of a row, or nil when they could not be read or contradict each other.
    public func terms(_ row: Int) -> RenewalTerms? {
        let packed = rows[row]
        guard packed.isUsable,
            let activatedOn = CivilDate(dayNumber: packed.activatedDay),
            let cycle = packed.cycle > 0
                ? BillingCycle(days: Int(packed.cycle)) : BillingCycle(months: -Int(packed.cycle)),
            let currency = Currency(packedCode: packed.currencyCode)
        else { return nil }
        let endedOn = packed.endedDay == .max ? nil : CivilDate(dayNumber: packed.endedDay)
        let price = Money(minorUnits: packed.price, currency: currency)
        return RenewalTerms(activatedOn: activatedOn, endedOn: endedOn, cycle: cycle, price: price)
    }

    /// The renewals of a row that are due but for its events, or nil when its terms are not usable.
    public func schedule(_ row: Int) -> RenewalSchedule? {
        terms(row).map {
            RenewalSchedule(
                terms: $0, firstDueIndex: Int(rows[row].firstDueIndex), dueCount: Int(rows[row].dueCount))
        }
    }
}
