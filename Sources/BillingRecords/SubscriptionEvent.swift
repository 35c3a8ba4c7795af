public import BillingValues

/// One event of a subscription as its file tells it, sound or not.
///
/// Files have few events beside their charges, so each holds its own texts and needs no block.
public struct SubscriptionEvent: Hashable, Sendable {
    /// Where an event stands: the file, and what a person looks for in it.
    public struct Source: Hashable, Comparable, Sendable {
        /// The ordinal of the file among the events files.
        public var file: Int

        /// The physical line of the record's first byte, from 1.
        public var line: Int

        /// The record, from 1.
        public var record: Int

        /// The offset of the record's first byte in its file.
        public var byteOffset: UInt64

        /// A place from its parts.
        public init(file: Int, line: Int, record: Int, byteOffset: UInt64) {
            self.file = file
            self.line = line
            self.record = record
            self.byteOffset = byteOffset
        }

        /// Whether the event at `left` stands before the one at `right`.
        public static func < (left: Self, right: Self) -> Bool {
            (left.file, left.record) < (right.file, right.record)
        }
    }

    /// The id that the event names.
    public var subscription: [UInt8]

    /// What changed; nil where the word is none of the known ones.
    public var kind: EventKind?

    /// The first day on which the event holds; nil where it could not be read.
    public var effectiveOn: CivilDate?

    /// The first day on which it no longer holds; nil for an open end, and where it could not be read.
    public var until: CivilDate?

    /// The text of the value: a price, an offer, a duration or an id, depending on the kind.
    public var value: [UInt8]

    /// Whether every value could be read; an event that is not was rejected.
    public var isSound: Bool

    /// Where the event stands.
    public var source: Source

    /// An event from its parts.
    public init(
        subscription: [UInt8], kind: EventKind?, effectiveOn: CivilDate?, until: CivilDate?, value: [UInt8],
        isSound: Bool, source: Source
    ) {
        self.subscription = subscription
        self.kind = kind
        self.effectiveOn = effectiveOn
        self.until = until
        self.value = value
        self.isSound = isSound
        self.source = source
    }
}

/// The events of one block of input, in the order of the file; their sources count lines, records and bytes from the
/// beginning of the block.
public struct EventBatch: Sendable {
    /// The events whose subscription can be told.
    public var events: [SubscriptionEvent] = []

    /// An empty batch.
    public init() {}
}
