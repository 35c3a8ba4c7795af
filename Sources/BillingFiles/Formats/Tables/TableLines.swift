import DelimitedText

/// Cuts the lines of a file with several tables into fields.
struct TableLines {
    private let mark: [UInt8]
    private let delimiter: UInt8
    private let escapes: [(written: [UInt8], meant: [UInt8])]

    init(_ records: TableRecords) {
        mark = Array(records.mark.utf8)
        delimiter = records.delimiter
        escapes = records.escapes.sorted { $0.key < $1.key }.map { (Array($0.key.utf8), Array($0.value.utf8)) }
    }

    /// The name and columns of the table that a line begins; nil for any other line.
    func table(_ line: ArraySlice<UInt8>) -> (name: String, columns: [String])? {
        guard line.starts(with: mark) else { return nil }
        let rest = line.dropFirst(mark.count)
        guard let blank = rest.firstIndex(of: UInt8(ascii: " ")), blank > rest.startIndex else { return nil }
        let columns = rest[(blank + 1)...].split(separator: delimiter, omittingEmptySubsequences: false)
        guard columns.allSatisfy({ !$0.isEmpty && !$0.contains(UInt8(ascii: " ")) }) else { return nil }
        return (String(decoding: rest[..<blank], as: UTF8.self), columns.map { String(decoding: $0, as: UTF8.self) })
    }

    /// The fields of a row.
    func fields(_ line: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
        line.split(separator: delimiter, omittingEmptySubsequences: false)
    }

    /// What a field means: the text with what its escapes stand for.
    func value(_ field: ArraySlice<UInt8>) -> [UInt8] {
        guard escapes.contains(where: { $0.written.first.map { field.contains($0) } ?? false }) else {
            return Array(field)
        }
        var (value, rest) = ([UInt8](), field)
        while let first = rest.first {
            if let escape = escapes.first(where: { !$0.written.isEmpty && rest.starts(with: $0.written) }) {
                value += escape.meant
                rest = rest.dropFirst(escape.written.count)
            } else {
                value.append(first)
                rest = rest.dropFirst()
            }
        }
        return value
    }
}
