// Unsafe code: the bytes of a block are read and copied up to 16 at a time; every block has `Block.padding` bytes more
// than it counts, and the rows are given as much room.

import CByteScan

/// Makes rows of XML that is as plain as a billing system writes it, without a parser.
///
/// Plain are records of elements without attributes that hold text on one line, with none of XML's escapes but those of
/// the five characters, and blanks and line feeds between the tags; the elements of columns stand at most once in a
/// record. Of such XML nobody can say anything else than this does; of any other it says nothing, and the whole block is
/// left to libxml2. Both make the same rows, which a test holds them to.
@safe struct PlainRecordScanner: Sendable {
    private let recordStart: [UInt8]
    private let recordEnd: [UInt8]
    private let starts: [[UInt8]]
    private let ends: [[UInt8]]
    private let rootEnd: [UInt8]
    /// What a byte of a value that is not ASCII means is known in UTF-8 alone.
    let isUTF8: Bool
    /// The bytes between the values of an earlier record, from its first tag to its last: most records repeat them.
    private var template: [[UInt8]] = []
    /// How many columns the record had no element for, before its first value and behind each.
    private var gaps: [Int] = []
    /// Whether the last record was another one than the template's.
    private var missedTemplate = false

    /// A scanner for the records of a shape.
    init(shape: XMLRecordShape, rootEnd: [UInt8], isUTF8: Bool) {
        recordStart = Array("<\(shape.record)>".utf8)
        recordEnd = Array("</\(shape.record)>".utf8)
        let tags = shape.columns.map { XMLRecordTags.tags($0) ?? (start: Array("<>".utf8), end: []) }
        starts = tags.map(\.start)
        ends = tags.map(\.end)
        self.rootEnd = rootEnd
        self.isUTF8 = isUTF8
    }

    /// Replaces `rows` by those of a block; false when the block is not plain, and the rows then mean nothing.
    mutating func scan(_ block: Block, into rows: inout RecordRows) -> Bool {
        rows.removeAll()
        // A value is at most twice as long in a row, where its quotes are doubled; the quotes around it are shorter than
        // its tags. A record without elements still makes a row of separators.
        let records = block.count / (recordStart.count + recordEnd.count) + 1
        let room = 2 * block.count + records * starts.count + 64
        if rows.bytes.count < room { rows.bytes = [UInt8](repeating: 0, count: room) }
        var offsets: [UInt32] = []
        swap(&offsets, &rows.recordOffsets)
        defer { swap(&offsets, &rows.recordOffsets) }
        var remains = RecordRemains()
        defer { rows.remains = remains }
        var end: Int?
        unsafe block.storage.withUnsafeBufferPointer { storage in
            unsafe rows.bytes.withUnsafeMutableBufferPointer { target in
                guard let base = storage.baseAddress, let out = target.baseAddress else { return }
                end = unsafe scan(base, block.count, isLast: block.isLast, out, &offsets, &remains)
            }
        }
        rows.count = end ?? 0
        return end != nil
    }

    private mutating func scan(
        _ base: UnsafePointer<UInt8>, _ count: Int, isLast: Bool, _ out: UnsafeMutablePointer<UInt8>,
        _ offsets: inout [UInt32], _ remains: inout RecordRemains
    ) -> Int? {
        var (place, written) = (0, 0)
        while true {
            unsafe place = skipBlanks(base, count, from: place)
            guard place < count else { return isLast ? nil : written }
            if let record = unsafe repeated(base, count, from: place, out + written) {
                missedTemplate = false
                offsets.append(UInt32(truncatingIfNeeded: place))
                place = record.end
                written += record.written
            } else if let record = unsafe read(base, count, from: place, out + written, &remains) {
                offsets.append(UInt32(truncatingIfNeeded: place))
                place = record.end
                written += record.written
            } else if isLast, unsafe matches(rootEnd, base, count, at: place) {
                unsafe place = skipBlanks(base, count, from: place + rootEnd.count)
                return place == count ? written : nil
            } else {
                return nil
            }
        }
    }

    /// Reads a record that has the same bytes between its values as the one before.
    @inline(__always)
    private func repeated(
        _ base: UnsafePointer<UInt8>, _ count: Int, from start: Int, _ out: UnsafeMutablePointer<UInt8>
    ) -> (end: Int, written: Int)? {
        guard !template.isEmpty else { return nil }
        var (place, written) = (start, 0)
        unsafe written += separators(gaps[0], out)
        for index in template.indices {
            guard unsafe matches(template[index], base, count, at: place) else { return nil }
            place += template[index].count
            if index == template.count - 1 { break }
            let first = place
            while true {
                unsafe cbytescan_copy16(out + written, base + place)
                let plain = unsafe Int(cbytescan_plain_text(base + place))
                place += plain
                written += plain
                // What stands behind the block may look like more of the value.
                if plain < 16 || place >= count { break }
            }
            guard unsafe hasNoBlanksAround(base, first, place) else { return nil }
            unsafe written += separators(gaps[index + 1] + 1, out + written)
        }
        guard place <= count else { return nil }
        unsafe out[written - 1] = UInt8(ascii: "\n")
        return (place, written)
    }

    @inline(__always)
    private func separators(_ count: Int, _ out: UnsafeMutablePointer<UInt8>) -> Int {
        for index in 0..<count { unsafe out[index] = UInt8(ascii: ",") }
        return count
    }

    /// Reads any plain record, and learns what stands between its values if they come in the order of the columns.
    private mutating func read(
        _ base: UnsafePointer<UInt8>, _ count: Int, from start: Int, _ out: UnsafeMutablePointer<UInt8>,
        _ remains: inout RecordRemains
    ) -> (end: Int, written: Int)? {
        guard unsafe matches(recordStart, base, count, at: start) else { return nil }
        var values = [PlainValue?](repeating: nil, count: starts.count)
        var place = start + recordStart.count
        var isInOrder = true
        var next = 0
        while true {
            unsafe place = skipBlanks(base, count, from: place)
            if unsafe matches(recordEnd, base, count, at: place) { break }
            let wanted = unsafe next < starts.count && matches(starts[next], base, count, at: place)
            guard let column = wanted ? next : unsafe startTag(base, count, at: place) else {
                guard let end = unsafe further(base, count, at: place, &remains) else { return nil }
                isInOrder = false
                place = end
                continue
            }
            guard values[column] == nil else { return nil }
            if column < next { isInOrder = false }
            next = column + 1
            place += starts[column].count
            guard let value = unsafe value(base, count, from: place),
                unsafe matches(ends[column], base, count, at: value.end)
            else { return nil }
            values[column] = value
            place = value.end + ends[column].count
        }
        place += recordEnd.count
        // One record of another sort among many is no reason to forget what they are like.
        if isInOrder, missedTemplate || template.isEmpty { unsafe learn(base, from: start, to: place, values: values) }
        missedTemplate = true
        var written = 0
        for value in values {
            if let value { unsafe written += value.write(from: base, to: out + written) }
            unsafe out[written] = UInt8(ascii: ",")
            written += 1
        }
        unsafe out[written - 1] = UInt8(ascii: "\n")
        return (place, written)
    }

    private mutating func learn(_ base: UnsafePointer<UInt8>, from start: Int, to end: Int, values: [PlainValue?]) {
        var bounds = [start]
        gaps = [0]
        for value in values {
            if let value {
                bounds += [value.start, value.end]
                gaps.append(0)
            } else {
                gaps[gaps.count - 1] += 1
            }
        }
        bounds.append(end)
        template = stride(from: 0, to: bounds.count, by: 2).map { index in
            unsafe Array(UnsafeBufferPointer(start: base + bounds[index], count: bounds[index + 1] - bounds[index]))
        }
    }

    /// Whether a name is that of the record element.
    func isRecord(_ name: [UInt8]) -> Bool { recordStart.dropFirst().dropLast().elementsEqual(name) }

    private func startTag(_ base: UnsafePointer<UInt8>, _ count: Int, at place: Int) -> Int? {
        starts.indices.first { unsafe matches(starts[$0], base, count, at: place) }
    }

    @inline(__always)
    func matches(_ tag: [UInt8], _ base: UnsafePointer<UInt8>, _ count: Int, at place: Int) -> Bool {
        guard place + tag.count <= count else { return false }
        return unsafe tag.withUnsafeBufferPointer { tag in
            guard let first = tag.baseAddress else { return true }
            return unsafe memcmp(first, base + place, tag.count) == 0
        }
    }

    private func skipBlanks(_ base: UnsafePointer<UInt8>, _ count: Int, from start: Int) -> Int {
        var place = start
        while place < count, unsafe Self.isBlank(base[place]) { place += 1 }
        return place
    }

    /// Blanks around a value are for libxml2's road, which counts what it trims.
    @inline(__always)
    func hasNoBlanksAround(_ base: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> Bool {
        unsafe start == end || (base[start] != UInt8(ascii: " ") && base[end - 1] != UInt8(ascii: " "))
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "\n") || byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
    }
}
