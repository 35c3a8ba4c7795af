extension Currency: CustomStringConvertible {
    /// Finds the currency of a packed code (see `packedCode`); nil unless the table holds it.
    ///
    /// - Complexity: O(log n) in the size of the table.
    public init?(packedCode: UInt32) {
        let table = Currency.all
        var lower = 0
        var upper = table.count
        while lower < upper {
            let middle = (lower + upper) / 2
            if table[middle].packedCode < packedCode {
                lower = middle + 1
            } else {
                upper = middle
            }
        }
        guard lower < table.count, table[lower].packedCode == packedCode else { return nil }
        self = table[lower]
    }

    /// Finds the currency of an alphabetic code in ASCII bytes; nil unless they are three capitals of the table.
    public init?(bytes: Span<UInt8>) {
        guard bytes.count == 3 else { return nil }
        self.init(packedCode: UInt32(bytes[0]) << 16 | UInt32(bytes[1]) << 8 | UInt32(bytes[2]))
    }

    /// Finds the currency of an alphabetic code such as `EUR`; nil unless the table holds it, in capitals.
    public init?(code: String) {
        let bytes = Array(code.utf8)
        self.init(bytes: bytes.span)
    }

    /// Appends the alphabetic code in ASCII.
    public func writeCode(to bytes: inout [UInt8]) {
        bytes.append(UInt8(truncatingIfNeeded: packedCode >> 16))
        bytes.append(UInt8(truncatingIfNeeded: packedCode >> 8))
        bytes.append(UInt8(truncatingIfNeeded: packedCode))
    }

    /// The alphabetic code of ISO 4217, three capital letters.
    public var alphabeticCode: String {
        let bytes = [packedCode >> 16, packedCode >> 8, packedCode].map(UInt8.init(truncatingIfNeeded:))
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The alphabetic code of ISO 4217.
    public var description: String { alphabeticCode }
}
