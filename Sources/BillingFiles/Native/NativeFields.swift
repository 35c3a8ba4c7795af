// This file holds unsafe code: the fields of millions of records are read a word at a time.
//
// Every function here may read up to `Block.padding` bytes behind the field it is given, and the caller's block has
// them. None of them decides what is wrong with a value; they say only that it is not plainly right.

import BillingRecords
import BillingValues

/// The value of a field: its bytes without the quotes around it.
@safe struct FieldValue {
    let start: UnsafePointer<UInt8>
    let length: Int

    /// Whether the value holds doubled quotes, which only its unescaped form shows.
    let isEscaped: Bool

    /// The value of the raw text at `start`.
    @inline(__always)
    init(raw start: UnsafePointer<UInt8>, length: Int) {
        if length >= 2, unsafe start[0] == UInt8(ascii: "\"") {
            var escaped = false
            for index in 1..<(length - 1) where unsafe start[index] == UInt8(ascii: "\"") { escaped = true }
            unsafe self.start = start + 1
            self.length = length - 2
            isEscaped = escaped
        } else {
            unsafe self.start = start
            self.length = length
            isEscaped = false
        }
    }

    /// The first bytes of a value without doubled quotes, at most its own.
    @inline(__always)
    func prefix(_ count: Int) -> FieldValue { unsafe FieldValue(plain: start, length: min(count, length)) }

    private init(plain start: UnsafePointer<UInt8>, length: Int) {
        unsafe self.start = start
        self.length = length
        isEscaped = false
    }

    /// The first eight bytes of the value, the first one lowest, zeros behind its end.
    @inline(__always)
    var word: UInt64 {
        let bytes = unsafe UInt64(littleEndian: UnsafeRawPointer(start).loadUnaligned(as: UInt64.self))
        return length >= 8 ? bytes : bytes & ((1 &<< (UInt64(truncatingIfNeeded: length) &* 8)) &- 1)
    }

    /// The bytes from the ninth on that are left in a word after `word`.
    @inline(__always)
    var secondWord: UInt64 {
        guard length > 8 else { return 0 }
        let bytes = unsafe UInt64(
            littleEndian: UnsafeRawPointer(start).loadUnaligned(fromByteOffset: 8, as: UInt64.self))
        return length >= 16 ? bytes : bytes & ((1 &<< (UInt64(truncatingIfNeeded: length &- 8) &* 8)) &- 1)
    }

    /// The value read as a date: `.none` when empty, nil when it is no day written as YYYY-MM-DD.
    @inline(__always)
    var date: BatchDate? {
        if length == 0 { return BatchDate.none }
        guard length == 10 else { return nil }
        // "YYYY-MM-" against "0000-00-": digits become 0 to 9, the hyphens 0.
        let head = word ^ 0x2D30_302D_3030_3030
        let tail = secondWord ^ 0x3030
        let overflow = (head &+ 0x7676_7676_7676_7676) | head | (tail &+ 0x7676) | tail
        guard overflow & 0x8080_8080_8080_8080 == 0, head & 0xFF00_00FF_0000_0000 == 0 else { return nil }
        let year =
            Int32(truncatingIfNeeded: head & 0xFF) &* 1000 &+ Int32(truncatingIfNeeded: head >> 8 & 0xFF) &* 100
            &+ Int32(truncatingIfNeeded: head >> 16 & 0xFF) &* 10 &+ Int32(truncatingIfNeeded: head >> 24 & 0xFF)
        let month = Int32(truncatingIfNeeded: head >> 40 & 0xFF) &* 10 &+ Int32(truncatingIfNeeded: head >> 48 & 0xFF)
        let day = Int32(truncatingIfNeeded: tail & 0xFF) &* 10 &+ Int32(truncatingIfNeeded: tail >> 8 & 0xFF)
        guard year >= 1, month >= 1, month <= 12, day >= 1 else { return nil }
        let monthNumber = year &* 12 &+ month &- 1
        guard day <= 28 || day <= MonthLength.days(inMonth: monthNumber) else { return nil }
        return BatchDate(
            dayNumber: MonthLength.firstDay(ofMonth: monthNumber) &+ day &- 1,
            monthAndDay: UInt32(bitPattern: monthNumber) << 5 | UInt32(bitPattern: day))
    }

    /// The value read as an amount with at most `exponent` decimals; nil when it is not plainly one.
    @inline(__always)
    func minorUnits(exponent: Int) -> Int64? {
        if exponent == 2, let hundredths = plainHundredths { return hundredths }
        // Fifteen digits and the zeros that complete the decimals always fit; longer ones take the slow road.
        guard length > 0, length <= 15, exponent <= 3 else { return slowMinorUnits(exponent: exponent) }
        var index = 0
        let isNegative = unsafe start[0] == UInt8(ascii: "-")
        if isNegative { index = 1 }
        var amount: Int64 = 0
        var decimals = -1
        let firstDigit = index
        while index < length {
            let digit = unsafe start[index] &- UInt8(ascii: "0")
            if digit <= 9 {
                amount = amount &* 10 &+ Int64(digit)
                if decimals >= 0 { decimals &+= 1 }
            } else {
                guard unsafe start[index] == UInt8(ascii: "."), decimals < 0, index > firstDigit else { return nil }
                decimals = 0
            }
            index &+= 1
        }
        guard decimals != 0, index > firstDigit, decimals <= exponent else { return nil }
        for _ in max(0, decimals)..<exponent { amount = amount &* 10 }
        return isNegative ? 0 &- amount : amount
    }

    /// The value of one to five digits, a point and two more digits, in hundredths; nil when it is written otherwise.
    ///
    /// Nearly every amount is written so, and its digits are taken all at once.
    @inline(__always)
    private var plainHundredths: Int64? {
        guard length >= 4, length <= 8 else { return nil }
        // The last byte highest: two digits, the point, and the other digits from the lowest on.
        let text = word &<< (64 &- UInt64(truncatingIfNeeded: length) &* 8)
        guard text &>> 40 & 0xFF == 0x2E else { return nil }
        // Without the point there are less than eight digits; the bytes below them are no digits and count as 0.
        let digits = text & 0xFFFF_0000_0000_0000 | (text & 0xFF_FFFF_FFFF) &<< 8
        let some = ~0 &<< (72 &- UInt64(truncatingIfNeeded: length) &* 8)
        var values = (digits ^ 0x3030_3030_3030_3030) & some
        guard (values &+ 0x7676_7676_7676_7676 | values) & 0x8080_8080_8080_8080 == 0 else { return nil }
        // Neighbours are joined: digits to numbers below 100, these to numbers below 10,000, and these to the value.
        values = (values &* 10 &+ values &>> 8) & 0x00FF_00FF_00FF_00FF
        values = (values &* 100 &+ values &>> 16) & 0x0000_FFFF_0000_FFFF
        return Int64(truncatingIfNeeded: (values &* 10_000 &+ values &>> 32) & 0xFFFF_FFFF)
    }

    private func slowMinorUnits(exponent: Int) -> Int64? {
        let bytes = unsafe UnsafeBufferPointer(start: start, count: length)
        do throws(AmountFault) {
            return try unsafe Money.minorUnits(in: Span(_unsafeElements: bytes), exponent: exponent)
        } catch {
            return nil
        }
    }

    /// The kind that the value is the word of.
    @inline(__always)
    var chargeKind: ChargeKind? {
        switch (length, word) {
        case (7, 0x6C_6177_656E_6572): .renewal
        case (5, 0x6E_6F64_6461): .addon
        case (6, 0x646E_7566_6572): .refund
        case (5, 0x65_6761_7375): .usage
        case (7, 0x66_666F_5F65_6E6F): .oneOff
        case (6, 0x7469_6465_7263): .credit
        case (8, 0x7972_6576_6F63_6572): .recovery
        case (10, 0x6974_6176_6974_6361) where secondWord == 0x6E6F: .activation
        case (10, 0x656D_7473_756A_6461) where secondWord == 0x746E: .adjustment
        default: nil
        }
    }

    /// The status that the value is the word of.
    @inline(__always)
    var chargeStatus: ChargeStatus? {
        switch (length, word) {
        case (6, 0x6465_7473_6F70): .posted
        case (6, 0x6465_6C69_6166): .failed
        case (7, 0x67_6E69_646E_6570): .pending
        case (8, 0x6465_7372_6576_6572): .reversed
        default: nil
        }
    }

    /// The three letters of a currency, packed as in `Currency.packedCode`; 0 when there are not three.
    @inline(__always)
    var packedCurrency: UInt32 {
        guard length == 3 else { return 0 }
        return unsafe UInt32(start[0]) << 16 | UInt32(start[1]) << 8 | UInt32(start[2])
    }

    /// A copy of the bytes.
    var bytes: [UInt8] { unsafe Array(UnsafeBufferPointer(start: start, count: length)) }
}
