/// How a column of ours is filled.
public struct FieldMapping: Hashable, Sendable {
    /// The column, one of `NativeKind.columns` or `NativeKind.optionalColumns`.
    public var column: String

    /// The ways to a value; the first whose condition holds and that is not empty is taken.
    public var ways: [ValueWay]

    /// A mapping.
    public init(column: String, ways: [ValueWay]) {
        self.column = column
        self.ways = ways
    }

    /// A mapping with one way.
    public init(_ column: String, from source: String, as conversion: ValueConversion = .text) {
        self.init(column: column, ways: [ValueWay(parts: [.source(source)], conversion: conversion)])
    }
}

/// A way to a value: where its text is, what of it counts, and what it means.
public struct ValueWay: Hashable, Sendable {
    /// A part of the text.
    public enum Part: Hashable, Sendable {
        /// The value of a foreign column, field or element.
        case source(String)
        /// A text that the profile states.
        case constant(String)
        /// The offset of the record's first byte in its file: an id for records that have none of their own.
        case place
    }

    /// For which records the way is; nil for all.
    public var condition: RecordCondition?

    /// The parts that make up the text, one after the other; where no source of theirs has a value there is none.
    public var parts: [Part]

    /// What of the text counts.
    public var trimming: ValueTrimming

    /// Texts that stand for no value.
    public var nothing: Set<String>

    /// What the text means.
    public var conversion: ValueConversion

    /// A way.
    public init(
        parts: [Part], condition: RecordCondition? = nil, trimming: ValueTrimming = ValueTrimming(),
        nothing: Set<String> = [], conversion: ValueConversion = .text
    ) {
        self.condition = condition
        self.parts = parts
        self.trimming = trimming
        self.nothing = nothing
        self.conversion = conversion
    }
}

/// What of a text counts; the steps are taken in the order of the properties.
public struct ValueTrimming: Hashable, Sendable {
    /// Whether blanks around the text are no part of it.
    public var trims: Bool

    /// Whether `%20` and the like stand for bytes.
    public var decodesPercents: Bool

    /// Only what stands behind the first such byte counts, where there is one.
    public var after: UInt8?

    /// Only what stands before the first such byte counts, where there is one.
    public var before: UInt8?

    /// Trimming; without arguments all of the text counts.
    public init(trims: Bool = false, decodesPercents: Bool = false, after: UInt8? = nil, before: UInt8? = nil) {
        self.trims = trims
        self.decodesPercents = decodesPercents
        self.after = after
        self.before = before
    }

    /// Whether all of the text counts as it stands.
    public var isNone: Bool { self == ValueTrimming() }
}
