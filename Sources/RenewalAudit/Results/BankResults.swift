import BillingRecords
import BillingValues

/// All results of an audit, by the reference that each of them names.
///
/// Some fifty bytes a result and a copy of each reference: the files themselves are not kept. Results of one reference
/// form a group; groups are numbered in the order in which they are met.
public struct BankResults: Sendable {
    /// The names of the files, without their folders.
    public let files: [String]

    /// The results that name no collection and are refusals or returns, or cannot be read, in the order of the files.
    public private(set) var unnamedLosses: [BankResult] = []

    /// How many results name no collection, whatever they say.
    public private(set) var unnamedCount = 0

    private struct Entry {
        /// The status, or 255 where the row was rejected.
        var status: UInt8
        var file: UInt16
        var reason: UInt32
        var day: Int32
        /// The packed code; 0 where no amount is stated.
        var currency: UInt32
        var amount: Int64
        var line: Int
        /// The next result of the group, or -1.
        var next: Int32
    }

    private struct Group {
        var start: Int
        var length: Int32
        var first: Int32
        var last: Int32
    }

    private var entries: ContiguousArray<Entry> = []
    private var groups: ContiguousArray<Group> = []
    private var references: ContiguousArray<UInt8> = []
    // Open addressing: the number of a group, or -1. The count is a power of two.
    private var slots = ContiguousArray<Int32>(repeating: -1, count: 64)
    private var reasons: [[UInt8]] = []
    private var reasonNumbers: [[UInt8]: UInt32] = [:]

    /// Whether a reference is a hash in place of an id that no bank could carry.
    public private(set) var hasHashes = false

    /// No results, of files with these names.
    public init(files: [String]) { self.files = files }

    /// How many results there are, named and unnamed.
    public var count: Int { entries.count + unnamedCount }

    /// How many references are named.
    public var groupCount: Int { groups.count }

    /// Adds a result; those of one reference keep their order.
    public mutating func add(_ result: BankResult, to reference: [UInt8]) {
        guard !reference.isEmpty else {
            unnamedCount += 1
            // Of bookings without a name nothing but their number is told; an account may have many.
            if result.status != .posted, result.status != .pending { unnamedLosses.append(result) }
            return
        }
        let entry = Int32(truncatingIfNeeded: entries.count)
        entries.append(
            Entry(
                status: result.status?.rawValue ?? .max, file: UInt16(truncatingIfNeeded: result.file),
                reason: reasonNumber(result.reason), day: result.decidedOn?.dayNumber ?? .min,
                currency: result.amount?.currency.packedCode ?? 0, amount: result.amount?.minorUnits ?? 0,
                line: result.line, next: -1))
        if let group = group(of: reference.span) {
            entries[Int(groups[group].last)].next = entry
            groups[group].last = entry
            return
        }
        if reference.starts(with: "H-".utf8) { hasHashes = true }
        let made = Group(
            start: references.count, length: Int32(truncatingIfNeeded: reference.count), first: entry, last: entry)
        references.append(contentsOf: reference)
        groups.append(made)
        if groups.count * 2 > slots.count { grow() } else { insert(groups.count - 1) }
    }

    /// The group of a reference, if a result names it.
    public func group(of reference: Span<UInt8>) -> Int? {
        var slot = Self.hash(reference) & (slots.count - 1)
        while slots[slot] >= 0 {
            let group = Int(slots[slot])
            if isReference(reference, ofGroup: group) { return group }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    /// The reference of a group.
    public func reference(ofGroup group: Int) -> [UInt8] {
        Array(references[groups[group].start..<(groups[group].start + Int(groups[group].length))])
    }

    /// The results of a group, in the order of the files.
    public func results(ofGroup group: Int) -> [BankResult] {
        var results: [BankResult] = []
        var next = groups[group].first
        while next >= 0 {
            let entry = entries[Int(next)]
            let amount = Currency(packedCode: entry.currency).map { Money(minorUnits: entry.amount, currency: $0) }
            results.append(
                BankResult(
                    status: ChargeStatus(rawValue: entry.status), decidedOn: CivilDate(dayNumber: entry.day),
                    amount: entry.currency == 0 ? nil : amount, reason: reasons[Int(entry.reason)],
                    file: Int(entry.file), line: entry.line))
            next = entry.next
        }
        return results
    }

    private func isReference(_ reference: Span<UInt8>, ofGroup group: Int) -> Bool {
        guard Int(groups[group].length) == reference.count else { return false }
        let start = groups[group].start
        for index in reference.indices where references[start + index] != reference[index] { return false }
        return true
    }

    private mutating func insert(_ group: Int) {
        var slot = hash(ofGroup: group) & (slots.count - 1)
        while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = Int32(truncatingIfNeeded: group)
    }

    private func hash(ofGroup group: Int) -> Int {
        let start = groups[group].start
        return Self.hash(references.span.extracting(start..<(start + Int(groups[group].length))))
    }

    private mutating func grow() {
        let count = slots.count * 2
        slots = ContiguousArray(repeating: -1, count: count)
        for group in groups.indices { insert(group) }
    }

    private mutating func reasonNumber(_ reason: [UInt8]) -> UInt32 {
        if let known = reasonNumbers[reason] { return known }
        let number = UInt32(truncatingIfNeeded: reasons.count)
        reasons.append(reason)
        reasonNumbers[reason] = number
        return number
    }

    /// Seeded for each run, so that nobody can make a file whose references all share a slot.
    private static func hash(_ text: Span<UInt8>) -> Int {
        var hasher = Hasher()
        var (word, filled) = (UInt64(0), 0)
        for index in text.indices {
            word = word << 8 | UInt64(text[index])
            filled += 1
            if filled == 8 {
                hasher.combine(word)
                (word, filled) = (0, 0)
            }
        }
        hasher.combine(word)
        hasher.combine(text.count)
        return hasher.finalize()
    }
}
