/// A record as a part of a document, on its way to whoever puts documents together.
public struct WrittenPart: Sendable {
    /// The number of the record in its block.
    let record: Int

    /// Which template the document is made of.
    let template: Int

    /// What the document holds outside of its groups and records.
    let document: [UInt8]

    /// What the group of the record holds outside of its records.
    let group: [UInt8]

    /// The element of the record.
    let bytes: [UInt8]

    /// The amounts of the record that the document adds.
    let sums: [[UInt8]]

    /// The values of the columns that a judge of the records asks for.
    public internal(set) var columns: [[UInt8]] = []

    /// Stands between the values of a key; no XML holds it.
    static let separator: UInt8 = 0x1F

    /// The values of a key.
    static func values(of key: [UInt8]) -> [[UInt8]] {
        key.split(separator: separator, omittingEmptySubsequences: false).map { Array($0) }
    }
}
