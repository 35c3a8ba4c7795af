/// How a day or a point in time is written, piece by piece.
///
/// ```swift
/// TimePattern("DD/MM/YYYY hh:mm:ss")
/// ```
///
/// | piece | what it reads |
/// |---|---|
/// | `YYYY`, `YY` | a year; two digits are of this century, 2000 to 2099 |
/// | `MM`, `M` | a month in two digits, or in one or two |
/// | `MONTH`, `MON` | the English name of a month, or its first three letters; capitals do not matter |
/// | `DD`, `D` | a day in two digits, or in one or two |
/// | `hh`, `h` | an hour from 0 to 23 in two digits, or in one or two |
/// | `mm`, `ss` | minutes and seconds |
/// | `f` | digits of a fraction of a second, which are left out |
/// | `Z` | `Z`, or an offset from UTC as `+01:00` or `+0100` |
/// | `epoch`, `epoch-ms` | seconds or milliseconds since 1970-01-01T00:00:00Z; stands alone |
/// | `'UTC'` | the text between the apostrophes |
///
/// Anything that is no letter, and a single `T`, stands for itself.
public struct TimePattern: Hashable, Sendable {
    /// A piece of a pattern.
    enum Piece: Hashable, Sendable {
        case year, shortYear
        case month(isFixed: Bool)
        case monthName(isShort: Bool)
        case day(isFixed: Bool)
        case hour(isFixed: Bool)
        case minute, second, fraction, offset
        case epoch(perSecond: Int64)
        case byte(UInt8)
    }

    /// The pattern as it was written.
    public let text: String

    let pieces: [Piece]

    /// The pattern of a text; nil when that is none.
    public init?(_ text: String) {
        self.text = text
        if text == "epoch" || text == "epoch-ms" {
            pieces = [.epoch(perSecond: text == "epoch" ? 1 : 1000)]
            return
        }
        var pieces: [Piece] = []
        var rest = Array(text.utf8)[...]
        while let first = rest.first {
            if let (name, piece) = Self.names.first(where: { rest.starts(with: $0.0.utf8) }) {
                // A piece stands once; the same letters again are a slip of the pen.
                if pieces.contains(piece) { return nil }
                pieces.append(piece)
                rest = rest.dropFirst(name.utf8.count)
            } else if first == UInt8(ascii: "'") {
                guard let end = rest.dropFirst().firstIndex(of: first) else { return nil }
                pieces += rest[rest.index(after: rest.startIndex)..<end].map { .byte($0) }
                rest = rest[(end + 1)...]
            } else {
                let isLetter = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first | 0x20)
                guard !isLetter || first == UInt8(ascii: "T") else { return nil }
                pieces.append(.byte(first))
                rest = rest.dropFirst()
            }
        }
        self.pieces = pieces
        guard namesYear && namesMonth || hasTime && !namesYear && !namesMonth && !namesDay else { return nil }
    }

    /// The longer names first.
    private static let names: [(String, Piece)] = [
        ("YYYY", .year), ("YY", .shortYear), ("MONTH", .monthName(isShort: false)), ("MON", .monthName(isShort: true)),
        ("MM", .month(isFixed: true)), ("M", .month(isFixed: false)), ("DD", .day(isFixed: true)),
        ("D", .day(isFixed: false)), ("hh", .hour(isFixed: true)), ("h", .hour(isFixed: false)), ("mm", .minute),
        ("ss", .second), ("f", .fraction), ("Z", .offset),
    ]

    private var isEpoch: Bool { if case .epoch = pieces.first { true } else { false } }
    private var namesYear: Bool { pieces.contains { $0 == .year || $0 == .shortYear } }
    private var namesMonth: Bool {
        pieces.contains { piece in
            switch piece {
            case .month, .monthName: true
            default: false
            }
        }
    }

    /// Whether the text says which day of the month is meant.
    public var namesDay: Bool {
        isEpoch || pieces.contains(.day(isFixed: true)) || pieces.contains(.day(isFixed: false))
    }

    /// Whether the text says a time of the day, with its minutes.
    public var hasTime: Bool {
        isEpoch
            || pieces.contains(.minute)
                && (pieces.contains(.hour(isFixed: true)) || pieces.contains(.hour(isFixed: false)))
    }

    /// Whether the text says its offset from UTC.
    public var hasOffset: Bool { isEpoch || pieces.contains(.offset) }
}
