/// How amounts and dates are written in a native file of another dialect.
public struct ValueForms: Hashable, Sendable {
    /// The byte between the whole and the decimals: a point or a comma.
    public var decimal: UInt8
    /// The order of day, month and year; nil for dates of ISO 8601 alone.
    public var dateOrder: DateOrder?

    /// Forms; without arguments those of native files.
    public init(decimal: UInt8 = UInt8(ascii: "."), dateOrder: DateOrder? = nil) {
        self.decimal = decimal
        self.dateOrder = dateOrder
    }

    /// An amount as an example.
    var amount: String { "1234\(String(decoding: [decimal], as: UTF8.self))50" }

    /// What dates look like.
    var date: String { (dateOrder ?? .yearMonthDay).title }
}
