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
        bytes.append(addingCapacity: 10) { output in
            CivilDate.writeTwoDigits(year / 100, to: &output)
            CivilDate.writeTwoDigits(year % 100, to: &output)
            output.append(hyphen)
            CivilDate.writeTwoDigits(month, to: &output)
            output.append(hyphen)
            CivilDate.writeTwoDigits(day, to: &output)
        }
    }

    private static func writeTwoDigits(_ number: Int, to output: inout OutputSpan<UInt8>) {
        output.append(digitZero + UInt8(number / 10))
        output.append(digitZero + UInt8(number % 10))
    }
}
