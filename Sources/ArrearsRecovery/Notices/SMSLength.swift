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
        if let plain = Self.measure(text, as: .gsm7, size: GSMAlphabet.septets) {
            self = plain
        } else {
            // Characters beyond the first plane take two units, which stay in one part, as an escape and its code do.
            self =
                Self.measure(text, as: .ucs2) { $0.value > 0xFFFF ? 2 : 1 }
                ?? SMSLength(encoding: .ucs2, units: 0, segments: 0)
        }
    }

    private init(encoding: Encoding, units: Int, segments: Int) {
        self.encoding = encoding
        self.units = units
        self.segments = segments
    }

    /// The length in an alphabet; nil when it lacks a character.
    ///
    /// No character is cut in two.
    private static func measure(
        _ text: String, as encoding: Encoding, size: (Unicode.Scalar) -> Int?
    ) -> SMSLength? {
        var (units, parts, used) = (0, 1, 0)
        for scalar in text.unicodeScalars {
            guard let size = size(scalar) else { return nil }
            units += size
            if used + size > encoding.part { (parts, used) = (parts + 1, 0) }
            used += size
        }
        let segments = units <= encoding.single ? min(1, units) : parts
        return SMSLength(encoding: encoding, units: units, segments: segments)
    }
}
