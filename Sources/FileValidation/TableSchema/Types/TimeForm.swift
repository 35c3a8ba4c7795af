import BillingValues

/// How dates and times are written, as a pattern of directives like `%d/%m/%Y`.
///
/// Each directive takes a fixed number of digits, so that no text has two meanings.
struct TimeForm: Sendable {
    enum Part: Equatable, Sendable {
        case literal(UInt8)
        case year, shortYear, month, day, dayOfYear, hour, hourOfTwelve, minute, second
        case fraction, halfDay, offset
        /// Decimals of a second that may be missing, and an offset that may be missing.
        case optionalFraction, optionalOffset
    }

    let parts: [Part]

    init(_ parts: [Part]) {
        self.parts = parts
    }

    static let date = TimeForm([.year, .literal(0x2D), .month, .literal(0x2D), .day])
    static let time = TimeForm([
        .hour, .literal(0x3A), .minute, .literal(0x3A), .second, .optionalFraction, .optionalOffset,
    ])
    static let datetime = TimeForm(date.parts + [.literal(0x54)] + time.parts)
    static let year = TimeForm([.year])
    static let yearMonth = TimeForm([.year, .literal(0x2D), .month])

    /// The form of a pattern; nil where it holds a directive that is not supported.
    init?(pattern: String) {
        var parts: [Part] = []
        var bytes = Array(pattern.utf8)[...]
        while let byte = bytes.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                parts.append(.literal(byte))
                continue
            }
            guard let directive = bytes.popFirst(), let part = Self.part(directive) else { return nil }
            parts.append(part)
        }
        guard !parts.isEmpty, parts.filter({ $0 == .hourOfTwelve }).isEmpty || parts.contains(.halfDay) else {
            return nil
        }
        self.parts = parts
    }

    private static func part(_ directive: UInt8) -> Part? {
        switch directive {
        case UInt8(ascii: "Y"): .year
        case UInt8(ascii: "y"): .shortYear
        case UInt8(ascii: "m"): .month
        case UInt8(ascii: "d"): .day
        case UInt8(ascii: "j"): .dayOfYear
        case UInt8(ascii: "H"): .hour
        case UInt8(ascii: "I"): .hourOfTwelve
        case UInt8(ascii: "M"): .minute
        case UInt8(ascii: "S"): .second
        case UInt8(ascii: "f"): .fraction
        case UInt8(ascii: "p"): .halfDay
        case UInt8(ascii: "z"): .offset
        case UInt8(ascii: "%"): .literal(UInt8(ascii: "%"))
        default: nil
        }
    }
}
