// This file holds unsafe code: the timestamps of millions of records are read a word at a time.

import BillingRecords
import BillingValues

/// The civil days of timestamps, those of usage and of charges that state a time of day.
///
/// A timestamp without an offset has the day that is written. One with an offset has it as well, unless there is a time
/// zone: then it has the day that the clocks of the zone showed at that instant.
struct TimestampDays: Sendable {
    private let zone: TimeZoneRules?
    private var dates = DateCache()
    /// The offset of the zone that was asked for last; timestamps come near to each other.
    private var stretch: TimeZoneRules.Stretch?

    init(zone: TimeZoneRules?) {
        self.zone = zone
    }

    /// The day of a timestamp; nil when it is none, and when it has an offset and there is no zone although one is needed.
    mutating func date(of value: FieldValue, needsZone: Bool) -> BatchDate? {
        guard let timestamp = timestamp(value), !needsZone || zone != nil || timestamp.offset == nil else { return nil }
        return day(of: value).flatMap { CivilDate(dayNumber: $0) }.map { BatchDate($0) }
    }

    /// The day number of a timestamp; nil when it is none.
    @inline(__always)
    mutating func day(of value: FieldValue) -> Int32? {
        guard let zone else { return plainDay(of: value) ?? timestamp(value)?.day.dayNumber }
        guard let timestamp = timestamp(value) else { return nil }
        guard let instant = timestamp.instant else { return timestamp.day.dayNumber }
        if stretch.map({ !$0.contains(instant) }) ?? true { stretch = zone.stretch(around: instant) }
        return stretch.flatMap { TimeZoneRules.day(at: instant, offset: $0.offset) }?.dayNumber
    }

    /// The day of a timestamp of 19 bytes, 20 with a `Z` or 25 with an offset, if it is plainly one.
    @inline(__always)
    private mutating func plainDay(of value: FieldValue) -> Int32? {
        guard value.length >= 19, unsafe value.start[10] == UInt8(ascii: "T") else { return nil }
        switch value.length {
        case 19: break
        case 20: guard unsafe value.start[19] == UInt8(ascii: "Z") else { return nil }
        case 25: guard Self.isOffset(value) else { return nil }
        default: return nil
        }
        guard Self.isTime(value), let date = dates.date(value.prefix(10)), date.isPresent else { return nil }
        return date.dayNumber
    }

    /// Whether the bytes from the twelfth on are a time as hh:mm:ss.
    @inline(__always)
    private static func isTime(_ value: FieldValue) -> Bool {
        let word = unsafe UInt64(
            littleEndian: UnsafeRawPointer(value.start).loadUnaligned(fromByteOffset: 11, as: UInt64.self))
        // "hh:mm:ss" against "00:00:00": digits become 0 to 9, the colons 0.
        let digits = word ^ 0x3030_3A30_303A_3030
        guard (digits &+ 0x7676_7676_7676_7676 | digits) & 0x8080_8080_8080_8080 == 0,
            digits & 0x0000_FF00_00FF_0000 == 0
        else { return false }
        let hour = (digits & 0xFF) &* 10 &+ digits >> 8 & 0xFF
        let minuteTens = digits >> 24 & 0xFF
        let secondTens = digits >> 48 & 0xFF
        return hour < 24 && minuteTens < 6 && secondTens < 6
    }

    /// Whether the last six of 25 bytes are an offset of less than 14 hours.
    @inline(__always)
    private static func isOffset(_ value: FieldValue) -> Bool {
        let sign = unsafe value.start[19]
        let word = unsafe UInt64(
            littleEndian: UnsafeRawPointer(value.start).loadUnaligned(fromByteOffset: 17, as: UInt64.self))
        // The last five bytes "hh:mm" against "00:00": digits become 0 to 9, the colon 0.
        let digits = word >> 24 ^ 0x30_303A_3030
        guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"),
            (digits &+ 0x76_7676_7676 | digits) & 0x80_8080_8080 == 0, digits & 0xFF_0000 == 0
        else { return false }
        let hours = (digits & 0xFF) &* 10 &+ digits >> 8 & 0xFF
        return hours < 14 && digits >> 24 & 0xFF < 6
    }

    private func timestamp(_ value: FieldValue) -> CivilTimestamp? {
        let bytes = unsafe UnsafeBufferPointer(start: value.start, count: value.length)
        return unsafe CivilTimestamp.parse(Span(_unsafeElements: bytes))
    }
}

extension FieldValue {
    /// Whether the value is empty, or a whole number of at most 63 bits.
    @inline(__always)
    var isEmptyOrCount: Bool {
        guard length <= 18 else { return NativeUsageChecks.isCount(bytes) }
        for index in 0..<length where unsafe start[index] &- UInt8(ascii: "0") > 9 { return false }
        return true
    }
}
