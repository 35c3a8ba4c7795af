/// How a text is sent as a short message: in which alphabet, and in how many parts it is paid for.
public struct SMSLength: Hashable, Sendable {
    /// The alphabet of a short message.
    public enum Encoding: String, CaseIterable, Sendable {
        /// The default alphabet, seven bits a character: 160 alone, 153 in each part of several.
        case gsm7 = "GSM-7"
        /// Sixteen bits a character: 70 alone, 67 in each part of several.
        case ucs2 = "UCS-2"

        /// How many units a message has that is not split.
        public var single: Int { self == .gsm7 ? 160 : 70 }

        /// How many units each part has of one that is; the rest of the part says where it belongs.
        public var part: Int { self == .gsm7 ? 153 : 67 }
    }

    /// The alphabet.
    public let encoding: Encoding

    /// Septets of GSM-7, or 16-bit units of UCS-2.
    public let units: Int

    /// How many messages are sent and paid for; 0 for an empty text.
    public let segments: Int

    /// The length of a text; O(characters).
    public init(_ text: String) {
        var units = 0
        var sizes: [Int] = []
        var encoding = Encoding.gsm7
        for scalar in text.unicodeScalars {
            guard let size = GSMAlphabet.septets(scalar) else {
                encoding = .ucs2
                break
            }
            sizes.append(size)
        }
        // Characters beyond the first plane take two units, which stay in one part, as an escape and its code do.
        if encoding == .ucs2 { sizes = text.unicodeScalars.map { $0.value > 0xFFFF ? 2 : 1 } }
        for size in sizes { units += size }
        self.encoding = encoding
        self.units = units
        segments = units <= encoding.single ? min(1, units) : Self.parts(sizes, room: encoding.part)
    }

    /// How many parts characters of such sizes fill; no character is cut in two.
    private static func parts(_ sizes: [Int], room: Int) -> Int {
        var (parts, used) = (1, 0)
        for size in sizes {
            if used + size > room { (parts, used) = (parts + 1, 0) }
            used += size
        }
        return parts
    }
}
