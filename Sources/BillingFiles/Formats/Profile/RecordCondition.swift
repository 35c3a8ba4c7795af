public import BillingValues

/// Something that may be so of a record.
public indirect enum RecordCondition: Hashable, Sendable {
    /// The value of a foreign column, field or element passes a test.
    case value(String, ValueTest)
    /// All of these hold.
    case all([RecordCondition])
    /// One of these holds.
    case any([RecordCondition])
    /// This does not hold.
    case not(RecordCondition)
}

/// A test of a value.
public enum ValueTest: Hashable, Sendable {
    /// It is one of these texts.
    case isOne(of: Set<String>)
    /// It begins with one of these texts.
    case begins(with: Set<String>)
    /// It is empty, or not there.
    case isEmpty
    /// It comes before another value in the order of bytes, which is that of dates as YYYY-MM-DD or YYYYMMDD; neither is
    /// empty.
    case precedes(String)
    /// It looks like something.
    case looks(like: ValueShape)
}

/// What a value can look like.
public enum ValueShape: Hashable, Sendable {
    /// At least one digit and nothing else.
    case digits
    /// A caller as switches write it: a name in quotes or none, then a number in angle brackets.
    case caller
    /// A point in time.
    case time(TimePattern)
    /// A day from one on and up to another, both included; nil is open.
    case day(TimePattern, from: CivilDate?, to: CivilDate?)
    /// An amount.
    case amount(AmountForm)
    /// 32 hexadecimal digits, with or without hyphens.
    case uuid
    /// A type of SQL such as `INTEGER` or `VARCHAR(50)`.
    case typeName
}
