import BillingRecords

/// What a regular charge leaves behind: where it stands and, if it stated no period, its day.
///
/// Packed into a word of 32 bits. A charge that states its period needs nothing but its place, for it belongs to that
/// period whatever else is charged. One without a period may turn out to be one of several that catch up, and then its
/// day counts; the highest bit tells the two apart. The day is kept as its distance from the due day.
struct RegularClaim: Hashable {
    /// The ordinal of the charge's block.
    let block: UInt32

    /// The ordinal of the charge in its block.
    let record: UInt32

    /// How many days after the due day a charge without a period was made; nil for one that states its period.
    let daysAfterDue: Int32?

    /// Where the charge stands; its byte offset is not known.
    var position: RecordPosition { RecordPosition(block: block, byteOffset: nil, record: record) }
}

extension RegularClaim {
    /// How many blocks and records in a block a word can tell apart.
    private static let stated = (blocks: UInt32(1 << 15 - 1), records: UInt32(1 << 16))

    /// The same for charges without a period, whose word has room for sixteen days besides.
    private static let byDay = (blocks: UInt32(1 << 14), records: UInt32(1 << 13))

    private static let earliest: Int32 = -5

    private static let byDayMark: UInt32 = 1 << 31

    /// The claim as a word other than 0; 0 if no word can tell it.
    @inline(__always)
    var word: UInt32 {
        guard let daysAfterDue else {
            guard block < Self.stated.blocks, record < Self.stated.records else { return 0 }
            return (block << 16 | record) + 1
        }
        guard block < Self.byDay.blocks, record < Self.byDay.records, daysAfterDue >= Self.earliest,
            daysAfterDue < Self.earliest + 16
        else { return 0 }
        return Self.byDayMark | block << 17 | record << 4 | UInt32(daysAfterDue - Self.earliest)
    }

    /// The claim that a word stands for, or nil for 0.
    @inline(__always)
    init?(word: UInt32) {
        guard word != 0 else { return nil }
        if word & Self.byDayMark == 0 {
            (block, record, daysAfterDue) = ((word - 1) >> 16, (word - 1) & 0xFFFF, nil)
        } else {
            block = (word & ~Self.byDayMark) >> 17
            record = word >> 4 & 0x1FFF
            daysAfterDue = Int32(word & 0xF) + Self.earliest
        }
    }
}
