/// What a look at the characters alone tells of a YAML text, before a parser does work that grows with it.
///
/// Both counts are upper bounds: brackets and stars in quoted texts count too.
struct TextShape {
    /// How deep brackets stand in each other.
    private(set) var depth = 0
    /// How many words begin with the sign of an alias.
    private(set) var aliases = 0
    /// Whether a word begins with the sign of an anchor.
    private(set) var hasAnchors = false

    init(_ text: String) {
        var open = 0
        var beginsWord = true
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "["), UInt8(ascii: "{"):
                open += 1
                depth = max(depth, open)
                beginsWord = true
            case UInt8(ascii: "]"), UInt8(ascii: "}"):
                open = max(0, open - 1)
                beginsWord = true
            case UInt8(ascii: "*"):
                if beginsWord { aliases += 1 }
                beginsWord = false
            case UInt8(ascii: "&"):
                if beginsWord { hasAnchors = true }
                beginsWord = false
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: ","),
                UInt8(ascii: ":"), UInt8(ascii: "-"), UInt8(ascii: "?"):
                beginsWord = true
            default:
                beginsWord = false
            }
        }
    }
}
