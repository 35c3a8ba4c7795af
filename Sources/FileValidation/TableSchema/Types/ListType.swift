/// Values of one type between delimiters, which are counted (Table Schema, type `list`).
struct ListType: Sendable {
    /// What stands between two items.
    let delimiter: [UInt8]
    /// The type of the items, alone in an array because types may hold each other.
    private var item: [FieldType]
    /// The bounds of the number of items.
    var leastItems: Int?
    var mostItems: Int?

    init(of item: FieldType, delimiter: [UInt8], leastItems: Int?, mostItems: Int?) {
        self.item = [item]
        self.delimiter = delimiter
        self.leastItems = leastItems
        self.mostItems = mostItems
    }

    /// What is wrong with a value.
    mutating func judge(_ value: Span<UInt8>) -> ValueFaults {
        var (count, start, index) = (0, 0, 0)
        while index <= value.count {
            guard index == value.count || isDelimiter(at: index, of: value) else {
                index += 1
                continue
            }
            count += 1
            if !item[0].judge(value.extracting(start..<index)).isEmpty { return .wrongType }
            index += index == value.count ? 1 : delimiter.count
            start = index
        }
        if let leastItems, count < leastItems { return .tooShort }
        if let mostItems, count > mostItems { return .tooLong }
        return []
    }

    private func isDelimiter(at index: Int, of value: Span<UInt8>) -> Bool {
        guard index + delimiter.count <= value.count else { return false }
        for offset in delimiter.indices where value[index + offset] != delimiter[offset] { return false }
        return true
    }
}
