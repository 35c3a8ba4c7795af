/// The byte order mark at the beginning of a text, which tells its encoding.
struct ByteOrderMark {
    /// The encoding's name.
    let encoding: String

    /// How many bytes the mark has.
    let length: Int

    /// The mark at the beginning of `bytes`, or nil.
    init?(_ bytes: [UInt8]) {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            (encoding, length) = ("UTF-8", 3)
        } else if bytes.starts(with: [0xFF, 0xFE, 0, 0]) || bytes.starts(with: [0, 0, 0xFE, 0xFF]) {
            (encoding, length) = ("UTF-32", 4)
        } else if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            (encoding, length) = ("UTF-16", 2)
        } else {
            return nil
        }
    }
}
