extension CivilDate: CustomStringConvertible {
    /// The day as ISO 8601 writes it, `YYYY-MM-DD`.
    public var description: String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(10)
        write(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends the ten ASCII bytes `YYYY-MM-DD`.
    public func write(to bytes: inout [UInt8]) {
        let (year, month, day) = components
        CivilDate.writeTwoDigits(year / 100, to: &bytes)
        CivilDate.writeTwoDigits(year % 100, to: &bytes)
        bytes.append(hyphen)
        CivilDate.writeTwoDigits(month, to: &bytes)
        bytes.append(hyphen)
        CivilDate.writeTwoDigits(day, to: &bytes)
    }

    private static func writeTwoDigits(_ number: Int, to bytes: inout [UInt8]) {
        bytes.append(digitZero + UInt8(number / 10))
        bytes.append(digitZero + UInt8(number % 10))
    }
}
