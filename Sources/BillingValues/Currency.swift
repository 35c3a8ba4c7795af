/// A currency of ISO 4217 that has a minor unit, such as EUR with its cents.
///
/// Only codes of the table in `Currency+Table.swift` exist, so a `Currency` always knows how many digits its amounts
/// carry after the decimal point. Codes for metals, testing and "no currency" (XAU, XTS, XXX) have no minor unit and
/// are refused.
///
/// ```swift
/// Currency(code: "KWD")?.exponent  // 3
/// Currency(code: "kwd")            // nil
/// ```
public struct Currency: Hashable, Sendable {
    /// The three ASCII bytes of the alphabetic code, the first in bits 16...23, the last in bits 0...7.
    ///
    /// Packed codes sort as the codes do.
    public let packedCode: UInt32

    private let minorUnitDigits: UInt8

    /// Trusts its caller: only the table of currencies and the constants below make currencies from nothing.
    init(packedCode: UInt32, minorUnitDigits: UInt8) {
        self.packedCode = packedCode
        self.minorUnitDigits = minorUnitDigits
    }

    /// The number of decimals of an amount, 0...4: how many digits the minor unit has.
    public var exponent: Int { Int(minorUnitDigits) }
}

extension Currency {
    /// The Swiss franc, two decimals.
    public static let chf = Currency(packedCode: 0x43_48_46, minorUnitDigits: 2)

    /// The euro, two decimals.
    public static let eur = Currency(packedCode: 0x45_55_52, minorUnitDigits: 2)

    /// The pound sterling, two decimals.
    public static let gbp = Currency(packedCode: 0x47_42_50, minorUnitDigits: 2)

    /// The yen, no decimals.
    public static let jpy = Currency(packedCode: 0x4A_50_59, minorUnitDigits: 0)

    /// The Kuwaiti dinar, three decimals.
    public static let kwd = Currency(packedCode: 0x4B_57_44, minorUnitDigits: 3)

    /// The dollar of the United States, two decimals.
    public static let usd = Currency(packedCode: 0x55_53_44, minorUnitDigits: 2)
}
