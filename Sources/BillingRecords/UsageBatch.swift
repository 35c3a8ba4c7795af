/// The usage records of one block of input, in the order of the file.
public struct UsageBatch: Sendable {
    /// The records whose every value could be read.
    public var records: [UsageRecord] = []

    /// The lines of rejected records, where they could be read.
    public var rejected: [BatchText] = []

    /// Texts of quoted fields with their doubled quotes undone.
    public var unescapedTexts: [UInt8] = []

    /// An empty batch.
    public init() {}

    /// Empties the batch and keeps its storage.
    public mutating func removeAll() {
        records.removeAll(keepingCapacity: true)
        rejected.removeAll(keepingCapacity: true)
        unescapedTexts.removeAll(keepingCapacity: true)
    }
}

/// One use of a line: which, and on which day it began.
public struct UsageRecord: Sendable {
    /// The text of `msisdn`.
    public var msisdn: BatchText

    /// The civil day on which the use began, as a day number.
    public var day: Int32

    /// A record from its columns.
    @inlinable public init(msisdn: BatchText, day: Int32) {
        self.msisdn = msisdn
        self.day = day
    }
}
