import DelimitedText
import XMLStream

extension CitedChargeReader {
    /// The id of the charge whose element begins at an offset of an XML file.
    func identifier(
        at offset: UInt64, in header: XMLFileHeader, _ replay: InputReplay
    ) throws(InputError) -> [UInt8] {
        var count = 1024
        while true {
            let record = try bytes(at: offset, count: count, replay)
            if let plain = Self.plainIdentifier(record) { return plain }
            if let found = Self.firstRecord(record, header: header) { return found.first ?? [] }
            guard record.count == count, count < 4 << 20 else { return [] }
            count *= 8
        }
    }

    /// All values of the charge whose element begins at an offset of an XML file, in the canonical order.
    func values(
        at offset: UInt64, in header: XMLFileHeader, _ replay: InputReplay
    ) throws(InputError) -> [[UInt8]] {
        var count = 4096
        while true {
            let record = try bytes(at: offset, count: count, replay)
            if let found = Self.firstRecord(record, header: header) { return found }
            guard record.count == count, count < 4 << 20 else { return [] }
            count *= 8
        }
    }

    /// The id at the front of a record that begins with it, if it is plain text.
    private static func plainIdentifier(_ record: [UInt8]) -> [UInt8]? {
        let (start, name) = (Array("<charge>".utf8), Array("<charge_id>".utf8))
        guard record.starts(with: start) else { return nil }
        let isBlank: (UInt8) -> Bool = { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") }
        let rest = record[start.count...].drop(while: isBlank)
        guard rest.starts(with: name) else { return nil }
        let text = rest.dropFirst(name.count)
        let plain = text.prefix {
            $0 > UInt8(ascii: " ") && $0 < 0x7F && $0 != UInt8(ascii: "<") && $0 != UInt8(ascii: "&")
        }
        return text[plain.endIndex...].starts(with: "</charge_id>".utf8) ? Array(plain) : nil
    }

    /// The values of the first record of some bytes, or nil if they end before it does.
    private static func firstRecord(_ bytes: [UInt8], header: XMLFileHeader) -> [[UInt8]]? {
        let parser = XMLPushParser(blankTextDepth: 3)
        var builder = XMLRecordBuilder(shape: XMLRecordShape(.charges))
        parser.feed(header.partStart.span)
        parser.withEvents { builder.take($0, of: parser) }
        for start in stride(from: 0, to: bytes.count, by: 256) {
            parser.feed(bytes.span.extracting(start..<min(start + 256, bytes.count)))
            parser.withEvents { builder.take($0, of: parser) }
            guard builder.recordCount > 0 else { continue }
            let rows = builder.takeRows().rows
            return HeaderRow.parseHeader(rows.bytes.span.extracting(0..<rows.count)).names
        }
        return nil
    }
}
