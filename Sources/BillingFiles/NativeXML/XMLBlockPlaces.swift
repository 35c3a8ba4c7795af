package import XMLStream

/// Lines and columns in a block, which may begin in the middle of a line.
///
/// Where its lines begin is found once, so that a block with many findings takes no longer than its bytes.
package struct XMLBlockPlaces {
    /// Where each line begins: at first 0, which may be the middle of one.
    private var lineStarts = [0]
    private let unit: Int
    private let count: Int

    /// The places in a block.
    package init(_ block: Span<UInt8>, encoding: XMLEncoding) {
        count = block.count
        unit = encoding == .asciiCompatible ? 1 : 2
        let low = encoding == .utf16BigEndian ? 1 : 0
        for start in stride(from: 0, through: count - unit, by: unit) where block[start + low] == UInt8(ascii: "\n") {
            if unit == 1 || block[start + 1 - low] == 0 { lineStarts.append(start + unit) }
        }
    }

    /// The line of a byte, from 0, and its column, from 1; both counted from the beginning of the block.
    ///
    /// A byte behind the block counts as its end.
    package func place(of offset: Int) -> (line: Int, column: Int) {
        let offset = min(offset, count)
        var (low, high) = (0, lineStarts.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle }
        }
        return (low, (offset - lineStarts[low]) / unit + 1)
    }

    /// How many lines end in the block.
    var lineCount: Int { lineStarts.count - 1 }

    /// How many columns of its last line the block has.
    var lastColumns: Int { place(of: count).column - 1 }
}
