// This file holds unsafe code: memory that is asked for ahead of its use, and numbers read a word at a time.

import BillingRecords
import BillingValues
import CByteScan

/// The subscriptions by their phone numbers.
///
/// Numbers are compared without a leading `+` or `00`. Where several subscriptions have one number, those that have it
/// exactly as it is written go before the others.
struct UsedLines: Sendable {
    private let subscriptions: Subscriptions

    /// A line for each row of the subscriptions; those without a number are in no index.
    private var lines: ContiguousArray<UsedLine> = []
    private var index: SubscriptionIndex
    private let hash = SubscriptionHash()

    /// The rows of numbers that several rows have, by the first of them.
    private var sharing: [Int: [Int]] = [:]

    /// The ends of the lines whose events are more than one end.
    private var ends: [Int: LineEnds] = [:]

    /// The lines of subscriptions that are joined with their events.
    ///
    /// O(rows).
    init(_ subscriptions: Subscriptions) {
        self.subscriptions = subscriptions
        index = SubscriptionIndex(capacity: subscriptions.count)
        lines.reserveCapacity(subscriptions.count)
        let batch = 64
        var hashes: [UInt64] = []
        for start in stride(from: 0, to: subscriptions.count, by: batch) {
            let rows = start..<min(start + batch, subscriptions.count)
            hashes.removeAll(keepingCapacity: true)
            for row in rows {
                var (key, length, place) = (SubscriptionKey.empty, 0, UInt64(0))
                subscriptions.withMsisdn(row) { number in
                    (key, length, place) = canonical(number)
                }
                lines.append(line(row, key: key, length: length))
                hashes.append(place)
                index.prefetch(place)
            }
            for row in rows where lines[row].length > 0 { insert(row, hash: hashes[row - start]) }
        }
    }

    private mutating func insert(_ row: Int, hash: UInt64) {
        let number = lines[row]
        let first = index.insert(row: row, hash: hash) { other in
            lines[other].key == number.key && lines[other].length == number.length
                && (number.length <= SubscriptionKey.capacity
                    || CanonicalNumber.of(subscriptions.msisdn(other)) == CanonicalNumber.of(subscriptions.msisdn(row)))
        }
        guard let first else { return }
        lines[first].isShared = true
        sharing[first, default: [first]].append(row)
    }

    /// The key, the length and the hash of a number without what marks it as international.
    private func canonical(_ number: Span<UInt8>) -> (key: SubscriptionKey, length: Int, hash: UInt64) {
        unsafe number.withUnsafeBufferPointer { bytes in
            guard let start = bytes.baseAddress, !bytes.isEmpty else { return (.empty, 0, 0) }
            let second = unsafe bytes.count > 1 ? bytes[1] : 0
            let skipped = unsafe CanonicalNumber.prefixLength(first: bytes[0], second: second, length: bytes.count)
            let length = bytes.count - skipped
            let key = unsafe SubscriptionKey(start + skipped, length: length, readable: length)
            return unsafe (key, length, hash(key, length: length, bytes: start + skipped))
        }
    }

    /// The line of a row: its number, and when it has service.
    private mutating func line(_ row: Int, key: SubscriptionKey, length: Int) -> UsedLine {
        let packed = subscriptions.rows[row]
        var line = UsedLine(key: key, length: length, from: packed.activatedDay, until: packed.endedDay)
        line.isUnknown = !packed.isUsable
        guard let history = subscriptions.histories[row], let terms = subscriptions.terms(row) else { return line }
        let ends = LineEnds(terms, events: history.events)
        switch (ends.certain.count, ends.certain.first?.until) {
        case (0, _): line.until = .max
        case (1, nil): line.until = ends.certain[0].from.dayNumber
        default:
            line.isInterrupted = true
            self.ends[row] = ends
        }
        return line
    }
}

extension UsedLines {
    /// Whether a row has a phone number at all.
    func hasNumber(_ row: Int) -> Bool { lines[row].length > 0 }

    /// The life of a row's line on a day.
    @inline(__always)
    func life(_ row: Int, on day: Int32) -> UsedLine.Life {
        let line = lines[row]
        guard line.isInterrupted, let date = CivilDate(dayNumber: day), day >= line.from else {
            return line.life(on: day)
        }
        return ends[row]?.certain(on: date) == nil ? .active : .ended
    }

    /// All rows that have the number of a row, the row first.
    func rows(sharingNumberOf row: Int) -> [Int] { sharing[row] ?? [row] }

    /// Whether a row has a number exactly as it is written.
    func isExactly(_ number: [UInt8], ofRow row: Int) -> Bool { subscriptions.msisdn(row) == number }

    /// The first day of a row's line.
    func start(_ row: Int) -> Int32 { lines[row].from }

    /// Whether several rows have the number of a row.
    @inline(__always)
    func isShared(_ row: Int) -> Bool { lines[row].isShared }
}

extension UsedLines {
    /// Leaves in `found` the first row that has the number of each record of a range of at most `FoundLines.capacity`, or
    /// -1.
    ///
    /// As with charges, each step is done for the whole batch and asks for the memory of the next one.
    func find(_ records: [UsageRecord], _ range: Range<Int>, texts: BatchBytes, found: inout FoundLines) {
        for place in 0..<range.count {
            let text = records[range.lowerBound &+ place].msisdn
            let (key, length, hash) = number(text, texts)
            found.keys[place] = key
            found.lengths[place] = length
            found.hashes[place] = hash
            index.prefetch(hash)
        }
        unsafe lines.withUnsafeBufferPointer { lines in
            for place in 0..<range.count {
                let candidate = index.candidate(found.hashes[place])
                found.rows[place] = candidate
                if candidate >= 0, let base = lines.baseAddress { unsafe cbytescan_prefetch(base + candidate) }
            }
        }
        for place in 0..<range.count where found.rows[place] >= 0 {
            let line = lines[found.rows[place]]
            if line.key == found.keys[place], line.length == found.lengths[place],
                line.length <= SubscriptionKey.capacity
            {
                continue
            }
            // Another number with the same bits of hash in its slot, or a very long one.
            found.rows[place] = row(of: records[range.lowerBound &+ place].msisdn, texts: texts)
        }
    }

    /// The first row that has a number, or -1.
    func row(of text: BatchText, texts: BatchBytes) -> Int {
        let (key, length, hash) = number(text, texts)
        return index.row(hash) { row in
            guard lines[row].key == key, lines[row].length == length else { return false }
            return length <= SubscriptionKey.capacity
                || CanonicalNumber.of(subscriptions.msisdn(row)) == CanonicalNumber.of(texts.copy(text))
        }
    }

    @inline(__always)
    private func number(_ text: BatchText, _ texts: BatchBytes) -> (key: SubscriptionKey, length: Int, hash: UInt64) {
        let pointer = unsafe texts.pointer(text)
        guard text.length > 0 else { return (.empty, 0, 0) }
        let second = unsafe text.length > 1 ? pointer[1] : 0
        let skipped = unsafe CanonicalNumber.prefixLength(first: pointer[0], second: second, length: text.length)
        let length = text.length &- skipped
        let key = unsafe SubscriptionKey(pointer + skipped, length: length, readable: texts.readable(text) &- skipped)
        return unsafe (key, length, hash(key, length: length, bytes: pointer + skipped))
    }
}

/// The rows found for one batch of usage records, and what finding them needs to remember.
struct FoundLines {
    /// How many records are looked up together.
    static let capacity = 64

    /// The first row with the number of each record, or -1.
    var rows = InlineArray<64, Int>(repeating: -1)

    fileprivate var keys = InlineArray<64, SubscriptionKey>(repeating: .empty)
    fileprivate var lengths = InlineArray<64, Int>(repeating: 0)
    fileprivate var hashes = InlineArray<64, UInt64>(repeating: 0)
}
