public import BillingValues

/// What a text of a foreign file means.
public enum ValueConversion: Hashable, Sendable {
    /// Itself.
    case text
    /// A day or a point in time; the column of ours decides which.
    case time(TimeForm)
    /// A duration; it becomes whole seconds.
    case duration(DurationForm)
    /// An amount; it becomes one with a decimal point.
    case amount(AmountForm)
    /// A word that stands for one of ours.
    case words(WordMap)
}

/// How a day or a point in time is written.
public struct TimeForm: Hashable, Sendable {
    /// Which day of a month is meant where the text names a month only.
    public enum DayOfMonth: String, CaseIterable, Sendable {
        case first
        case last
    }

    /// How the text is written.
    public var pattern: TimePattern

    /// What is written behind points in time without an offset of their own: nothing for local time, `Z`, or `+01:00`.
    public var offset: String

    /// The place whose clocks show the times without an offset of their own, and whose days count; nil where none is named.
    public var place: PlaceTime?

    /// The foreign value that has the offset of the record, as `+0100` or `+01:00`; nil where there is none.
    public var offsetSource: String?

    /// Which day of a month is meant where the text names a month only.
    public var dayOfMonth: DayOfMonth

    /// By how many months the day lies behind the one that is written.
    public var monthsLater: Int

    /// By how many days the day lies behind the one that is written: -1 where an end is written that is no longer meant.
    public var daysLater: Int

    /// A form.
    public init(
        _ pattern: TimePattern, offset: String = "", place: PlaceTime? = nil, offsetSource: String? = nil,
        dayOfMonth: DayOfMonth = .first,
        monthsLater: Int = 0, daysLater: Int = 0
    ) {
        self.pattern = pattern
        self.offset = offset
        self.place = place
        self.offsetSource = offsetSource
        self.dayOfMonth = dayOfMonth
        self.monthsLater = monthsLater
        self.daysLater = daysLater
    }
}

/// How a duration is written.
public enum DurationForm: String, CaseIterable, Sendable {
    /// Whole or decimal seconds.
    case seconds
    /// Whole milliseconds.
    case milliseconds
    /// Whole or decimal minutes.
    case minutes
    /// Hours, minutes and seconds with colons; minutes and seconds below 60.
    case clock = "hh:mm:ss"
    /// The same without colons, the last four digits being minutes and seconds.
    case digits = "hhmmss"
    /// The same with two digits of hundredths behind.
    case digitsWithHundredths = "hhmmsscc"
    /// As Go writes durations: `1h2m3.5s`.
    case go
}

/// How an amount is written.
public struct AmountForm: Hashable, Sendable {
    /// Where decimals without a mark are.
    public enum ImpliedDecimals: Hashable, Sendable {
        /// So many last digits.
        case count(Int)
        /// As many last digits as a foreign value says.
        case source(String)
        /// As many last digits as the currency of a foreign value has.
        case currency(String)
    }

    /// Rounding, with the number of decimals that are left.
    public struct Rounding: Hashable, Sendable {
        /// How many decimals are left.
        public var decimals: Int
        /// By which rule.
        public var rule: RoundingRule

        /// A rounding.
        public init(decimals: Int, rule: RoundingRule) {
            self.decimals = decimals
            self.rule = rule
        }
    }

    /// The byte before the decimals.
    public var decimalMark: UInt8

    /// The byte between groups of three digits; nil where there is none.
    public var groupMark: UInt8?

    /// Where the decimals are if there is no mark; nil where whole numbers are meant.
    public var implied: ImpliedDecimals?

    /// Whether the sign is turned around.
    public var isNegated: Bool

    /// How more decimals than a currency has are rounded; nil where they are an error.
    public var rounding: Rounding?

    /// A form; without arguments our own.
    public init(
        decimalMark: UInt8 = UInt8(ascii: "."), groupMark: UInt8? = nil, implied: ImpliedDecimals? = nil,
        isNegated: Bool = false, rounding: Rounding? = nil
    ) {
        self.decimalMark = decimalMark
        self.groupMark = groupMark
        self.implied = implied
        self.isNegated = isNegated
        self.rounding = rounding
    }
}

/// The words of a foreign file with what they mean.
public struct WordMap: Hashable, Sendable {
    /// What becomes of a word that is not known.
    public enum Otherwise: Hashable, Sendable {
        /// The record is rejected, for nobody can tell what it means.
        case rejected
        /// This text.
        case text(String)
        /// The word itself.
        case same
    }

    /// The known words.
    public var words: [String: String]

    /// The known words in the order in which they are preferred where one is to be written; others stand behind them.
    public var order: [String] = []

    /// What becomes of any other.
    public var otherwise: Otherwise

    /// A map.
    public init(words: [String: String], otherwise: Otherwise = .rejected) {
        self.words = words
        self.otherwise = otherwise
    }
}
