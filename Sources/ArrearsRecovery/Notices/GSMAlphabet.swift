/// The default alphabet of short messages with its extension (3GPP TS 23.038, sections 6.2.1 and 6.2.1.1).
///
/// A text of these characters takes seven bits a character; a single other character makes the whole text UCS-2.
enum GSMAlphabet {
    /// The characters that take one septet.
    static let basic: Set<Unicode.Scalar> = Set(
        ("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
            + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà").unicodeScalars)

    /// The characters that take two: an escape and a code of the extension table.
    static let extended: Set<Unicode.Scalar> = Set("\u{0C}^{}\\[~]|€".unicodeScalars)

    /// How many septets a character takes; nil for one that the alphabet does not have.
    static func septets(_ scalar: Unicode.Scalar) -> Int? {
        if scalar.value < 0x100 {
            let size = latin[Int(scalar.value)]
            return size == 0 ? nil : Int(size)
        }
        return basic.contains(scalar) ? 1 : extended.contains(scalar) ? 2 : nil
    }

    /// The sizes of the first 256 characters, of which nearly every text consists; 0 for none.
    private static let latin: [UInt8] = (UInt8.min...UInt8.max).map { byte in
        let scalar = Unicode.Scalar(byte)
        return basic.contains(scalar) ? 1 : extended.contains(scalar) ? 2 : 0
    }

    /// What to write instead of characters that are often taken for ones of the alphabet.
    static let substitutes: [Unicode.Scalar: String] = [
        "À": "A'", "È": "E'", "Ì": "I'", "Ò": "O'", "Ù": "U'", "Á": "A", "Í": "I", "Ó": "O", "Ú": "U", "á": "à",
        "í": "ì", "ó": "ò", "ú": "ù", "ç": "c", "ê": "e", "â": "a", "î": "i", "ô": "o", "û": "u", "’": "'", "‘": "'",
        "“": "\"", "”": "\"", "«": "\"", "»": "\"", "–": "-", "—": "-", "…": "...", "\u{A0}": "a space",
        "\u{202F}": "a space", "\t": "a space", "°": "o", "`": "'", "•": "-",
    ]
}
