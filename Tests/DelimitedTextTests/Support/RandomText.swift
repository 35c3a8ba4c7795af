import TestSupport

/// Texts that are likely to be wrong in every way a text can be.
struct RandomText {
    /// Pieces from which short texts are drawn; separators, quotes and line ends are meant to meet often.
    private static let pieces: [[UInt8]] =
        [",", ",", ",", "\"", "\"", "\"", "\n", "\n", "\r\n", "\r", "a", "b7", "\",\"", "\"\"", "\"\n", ",\"", "\0"]
        .map { Array($0.utf8) } + [
            Array("é".utf8), Array("€".utf8), Array("😀".utf8),
            [0xFF], [0xC3], [0xE2, 0x82], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0x80],
        ]

    var generator: SplitMix64

    /// A text of up to `most` pieces.
    mutating func short(most: Int) -> [UInt8] {
        (0..<generator.below(most + 1)).flatMap { _ in Self.pieces[generator.below(Self.pieces.count)] }
    }

    /// A text of `count` records of `fieldCount` well-formed fields, of which one in `plainRarity` is not quoted; one
    /// record in `damageRarity` holds a random piece somewhere.
    mutating func long(records count: Int, fieldCount: Int, plainRarity: Int, damageRarity: Int) -> [UInt8] {
        let quoted: [[UInt8]] = ["", "x", ",", "\"\"", "\r", "é", "xxxxxxxxxxxxxxxxxxxxxxxx,"].map { Array($0.utf8) }
        var text: [UInt8] = []
        let lineEnd: [UInt8] = generator.below(2) == 0 ? Array("\n".utf8) : Array("\r\n".utf8)
        for _ in 0..<count {
            let damaged = generator.below(damageRarity) == 0 ? generator.below(fieldCount) : -1
            for field in 0..<fieldCount {
                if field > 0 { text.append(UInt8(ascii: ",")) }
                if generator.below(plainRarity) == 0 {
                    text += repeatElement(UInt8(ascii: "x"), count: generator.below(20))
                } else {
                    text.append(UInt8(ascii: "\""))
                    for _ in 0..<generator.below(4) { text += quoted[generator.below(quoted.count)] }
                    text.append(UInt8(ascii: "\""))
                }
                if field == damaged { text += Self.pieces[generator.below(Self.pieces.count)] }
            }
            text += lineEnd
        }
        return text
    }
}
