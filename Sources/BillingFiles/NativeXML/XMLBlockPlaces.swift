import XMLStream

/// Lines and columns in a block, which may begin in the middle of a line.
struct XMLBlockPlaces {
    private let lines: XMLLines
    private let count: Int

    init(_ block: Span<UInt8>, encoding: XMLEncoding) {
        var lines = XMLLines(reach: block.count, encoding: encoding)
        lines.append(block)
        self.lines = lines
        count = block.count
    }

    /// The line of a byte, from 0, and its column, from 1; both counted from the beginning of the block.
    func place(of offset: Int) -> (line: Int, column: Int) {
        let place = lines.place(of: UInt64(offset))
        return (place.line - 1, place.column)
    }

    /// How many lines end in the block.
    var lineCount: Int { place(of: count).line }

    /// How many columns of its last line the block has.
    var lastColumns: Int { place(of: count).column - 1 }
}
