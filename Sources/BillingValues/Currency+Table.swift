extension Currency {
    /// Every currency there is for this library, sorted by code.
    ///
    /// Source: ISO 4217 list one as its maintenance agency published it on 2026-01-01, funds included, codes whose
    /// minor unit is "N.A." left out; plus BGN, withdrawn on that day, because exports of earlier periods carry it.
    public static let all: [Currency] = codesByMinorUnitDigits.flatMap { digits, codes in
        codes.split(separator: " ").map { code in
            let packedCode = code.utf8.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            return Currency(packedCode: packedCode, minorUnitDigits: digits)
        }
    }.sorted { $0.packedCode < $1.packedCode }

    private static let codesByMinorUnitDigits: [(digits: UInt8, codes: String)] = [
        (
            0,
            """
            BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF
            """
        ),
        (
            2,
            """
            AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE \
            CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD \
            HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP \
            MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD \
            SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS \
            VED VES WST XAD XCD XCG YER ZAR ZMW ZWG
            """
        ),
        (
            3,
            """
            BHD IQD JOD KWD LYD OMR TND
            """
        ),
        (
            4,
            """
            CLF UYW
            """
        ),
    ]
}
