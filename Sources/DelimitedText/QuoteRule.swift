/// The rule by which a byte belongs to a field or ends one: the single definition of what a record is.
///
/// The grammar is RFC 4180 with LF or CRLF as the line end. A field is *unquoted* (no quote anywhere in it, no CR
/// unless directly before the LF that ends the record) or *quoted* (its first byte is a quote, two quotes stand for
/// one, and delimiter, CR and LF are text; delimiter, LF, CRLF or the end of the file follows the closing quote).
///
/// After a fault the rule goes on in the same way everywhere, so that blocks can be cut without knowing of faults:
///
/// - a quote inside an unquoted field is an ordinary byte and opens nothing;
/// - a byte behind a closing quote turns the rest of the field into an unquoted one;
/// - a CR that stands alone in an unquoted field is an ordinary byte.
///
/// The cutter and the reference engine step this rule. The separator index of the vector engine follows well-formed
/// quotes by their parity instead, and stops at the first byte that breaks them. Change both together.
struct QuoteRule {
    enum State {
        case fieldStart
        case unquoted
        case quoted
        /// Behind a quote within a quoted field: it closed the field, unless another quote follows.
        case quoteInQuoted
        /// Behind blanks at the start of a field, which mean nothing if a quote follows.
        case blanksAtStart
        /// Behind a byte that takes the meaning away from the next one.
        case escaped
    }

    enum Step {
        /// The byte belongs to the field, as text or as a quote in its proper place.
        case text
        case fieldEnd
        case recordEnd
        /// A CR outside quotes: part of the line end if an LF follows, a fault otherwise.
        case carriageReturn
        /// The same, directly behind a closing quote.
        case carriageReturnAfterQuote
        case quoteInUnquoted
        case textAfterQuote
    }

    let delimiter: UInt8
    let quote: UInt8
    let hasQuotes: Bool
    private let escape: UInt8?
    private let allowsBlanksBeforeQuote: Bool
    private(set) var state = State.fieldStart

    init(_ dialect: Dialect) {
        delimiter = dialect.delimiter
        quote = dialect.quote
        hasQuotes = dialect.hasQuotes
        escape = dialect.hasQuotes ? nil : dialect.escape
        allowsBlanksBeforeQuote = dialect.allowsBlanksBeforeQuote
    }

    /// Takes the next byte of the record.
    @inline(__always)
    mutating func take(_ byte: UInt8) -> Step {
        switch state {
        case .quoted:
            if byte == quote { state = .quoteInQuoted }
            return .text
        case .quoteInQuoted where byte == quote:
            state = .quoted
            return .text
        case .fieldStart where byte == quote && hasQuotes, .blanksAtStart where byte == quote:
            state = .quoted
            return .text
        case .fieldStart where allowsBlanksBeforeQuote && byte == UInt8(ascii: " "),
            .blanksAtStart where byte == UInt8(ascii: " "):
            state = .blanksAtStart
            return .text
        case .escaped where byte != .lineFeed && byte != .carriageReturn:
            state = .unquoted
            return .text
        case .fieldStart, .unquoted, .quoteInQuoted, .blanksAtStart, .escaped:
            return takeOutsideQuotes(byte)
        }
    }

    @inline(__always)
    private mutating func takeOutsideQuotes(_ byte: UInt8) -> Step {
        if byte == delimiter {
            state = .fieldStart
            return .fieldEnd
        }
        if byte == .lineFeed {
            state = .fieldStart
            return .recordEnd
        }
        let isAfterQuote = state == .quoteInQuoted
        state = .unquoted
        if byte == .carriageReturn { return isAfterQuote ? .carriageReturnAfterQuote : .carriageReturn }
        if isAfterQuote { return .textAfterQuote }
        if byte == escape {
            state = .escaped
            return .text
        }
        return byte == quote && hasQuotes ? .quoteInUnquoted : .text
    }
}
