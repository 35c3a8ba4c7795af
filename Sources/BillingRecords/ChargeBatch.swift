/// The charges of one block of input, in the order of the file.
///
/// A batch is what crosses from a reader to the audit: one call for some thousand charges. Its texts are ranges of
/// the block it was made from, so the block must be handed along with it.
public struct ChargeBatch: Sendable {
    /// The ordinal of the block among all blocks of all charge files.
    public var block: UInt32 = 0

    /// The charges whose every value could be read.
    public var charges: [ChargeRecord] = []

    /// The rows that name a subscription but hold a value that is none.
    public var unreadable: [UnreadableCharge] = []

    /// The charges that name another one which they undo.
    public var references: [ChargeReference] = []

    /// The texts of `charge_id` of the charges, in their order; empty unless they were asked for.
    public var identifiers: [BatchText] = []

    /// The texts of `charge_id` of the rejected rows, in their order; empty unless they were asked for.
    public var unreadableIdentifiers: [BatchText] = []

    /// Texts of quoted fields with their doubled quotes undone.
    public var unescapedTexts: [UInt8] = []

    /// An empty batch.
    public init() {}

    /// Empties the batch and keeps its storage.
    public mutating func removeAll() {
        charges.removeAll(keepingCapacity: true)
        unreadable.removeAll(keepingCapacity: true)
        references.removeAll(keepingCapacity: true)
        identifiers.removeAll(keepingCapacity: true)
        unreadableIdentifiers.removeAll(keepingCapacity: true)
        unescapedTexts.removeAll(keepingCapacity: true)
    }
}

/// The name of another charge in a charge of a batch.
public struct ChargeReference: Sendable {
    /// The place of the charge in the batch.
    public var charge: Int

    /// The text of `refers_to`: the `charge_id` of the charge that is undone.
    public var identifier: BatchText

    /// A charge that names another.
    public init(charge: Int, identifier: BatchText) {
        self.charge = charge
        self.identifier = identifier
    }
}

/// One charge of a batch.
public struct ChargeRecord: Sendable {
    /// The amount in minor units of `currency`; negative when money went to the customer.
    public var amount: Int64

    /// The text of `subscription_id`.
    public var subscription: BatchText

    /// The day on which the charge was made.
    public var chargedOn: BatchDate

    /// The first day of the service period, if the charge states one.
    public var periodStart: BatchDate

    /// The last day of the service period (inclusive), or `Int32.min`.
    public var periodEndDay: Int32

    /// The currency's three letters, packed as in `Currency.packedCode`.
    public var currency: UInt32

    /// The offset of the record's first byte in the block.
    public var byteOffset: UInt32

    /// The ordinal of the record among all records of the block.
    public var ordinal: UInt32

    /// What the charge was made for.
    public var kind: ChargeKind

    /// How far its collection has come.
    public var status: ChargeStatus

    /// Whether it names another charge that it undoes.
    public var hasReference = false

    /// Whether what a bank says of it contradicts it or itself, so that nobody can tell what became of it.
    public var isContested = false

    /// Whether it is of the sort that undoes another charge: money given back, whatever sign it is written with.
    @inlinable public var mayUndo: Bool { amount < 0 || amount > 0 && (kind == .refund || kind == .credit) }

    /// A charge from its columns.
    @inlinable public init(
        amount: Int64, subscription: BatchText, chargedOn: BatchDate, periodStart: BatchDate, periodEndDay: Int32,
        currency: UInt32, byteOffset: UInt32, ordinal: UInt32, kind: ChargeKind, status: ChargeStatus
    ) {
        self.amount = amount
        self.subscription = subscription
        self.chargedOn = chargedOn
        self.periodStart = periodStart
        self.periodEndDay = periodEndDay
        self.currency = currency
        self.byteOffset = byteOffset
        self.ordinal = ordinal
        self.kind = kind
        self.status = status
    }
}

/// A charge row that was rejected for a value, with what could still be read of it.
///
/// Such a row may have paid for a renewal, so the renewals that it could have settled are never called uncharged.
public struct UnreadableCharge: Sendable {
    /// The text of `subscription_id`.
    public var subscription: BatchText

    /// The kind, or nil if it could not be read.
    public var kind: ChargeKind?

    /// The day of the charge; `.none` if it could not be read.
    public var chargedOn: BatchDate

    /// The first day of the period; `.none` if empty or not readable.
    public var periodStart: BatchDate

    /// The last day of the period; `.none` if empty or not readable.
    public var periodEnd: BatchDate

    /// Whether the days of the period cannot be what was meant: one is no date, the last is before the first, or the
    /// first is missing beside the last.
    public var periodIsDamaged: Bool

    /// The offset of the record's first byte in the block.
    public var byteOffset: UInt32

    /// The ordinal of the record among all records of the block.
    public var ordinal: UInt32

    /// A rejected row from what could be read of it.
    public init(
        subscription: BatchText, kind: ChargeKind?, chargedOn: BatchDate, periodStart: BatchDate,
        periodEnd: BatchDate, periodIsDamaged: Bool, byteOffset: UInt32, ordinal: UInt32
    ) {
        self.subscription = subscription
        self.kind = kind
        self.chargedOn = chargedOn
        self.periodStart = periodStart
        self.periodEnd = periodEnd
        self.periodIsDamaged = periodIsDamaged
        self.byteOffset = byteOffset
        self.ordinal = ordinal
    }
}
