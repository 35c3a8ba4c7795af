public import BillingRecords

/// A charge that a finding cites: its id, and where a person finds it.
public struct CitedCharge: Hashable, Sendable {
    /// The text of `charge_id`.
    public let identifier: [UInt8]

    /// The name of the file, without its folders.
    public let file: String

    /// The physical line of the charge's first byte, from 1.
    public let line: Int
}

/// The charges that findings cite, by their positions.
public struct CitedCharges: Sendable {
    private let positions: [RecordPosition]
    private let charges: [CitedCharge]

    /// Charges at positions that come in order, each once.
    public init(positions: [RecordPosition], charges: [CitedCharge]) {
        self.positions = positions
        self.charges = charges
    }

    /// How many charges are cited.
    public var count: Int { charges.count }

    /// Whether none is.
    public var isEmpty: Bool { charges.isEmpty }

    /// The charge at a position, if a finding cites it; O(log n).
    public subscript(position: RecordPosition) -> CitedCharge? { place(of: position).map { charges[$0] } }

    /// Appends the id of a charge to some bytes, and the name of its file to others; its line.
    ///
    /// - Parameter place: what `place(of:)` told.
    public func write(_ place: Int, identifier: inout [UInt8], file: inout [UInt8]) -> Int {
        identifier.append(contentsOf: charges[place].identifier)
        file.append(contentsOf: charges[place].file.utf8)
        return charges[place].line
    }

    /// Where the charge at a position stands among those cited, if a finding cites it; O(log n).
    public func place(of position: RecordPosition) -> Int? {
        var (low, high) = (0, positions.count)
        while low < high {
            let middle = (low + high) / 2
            if positions[middle] < position { low = middle + 1 } else { high = middle }
        }
        return low < positions.count && positions[low] == position ? low : nil
    }
}
