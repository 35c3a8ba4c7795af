// The few ASCII bytes that dates, amounts and durations are written with.

let hyphen = UInt8(ascii: "-")
let decimalPoint = UInt8(ascii: ".")
let digitZero = UInt8(ascii: "0")

/// The value of an ASCII digit, 0...9; nil for every other byte.
func asciiDigit(_ byte: UInt8) -> UInt8? {
    let value = byte &- digitZero
    return value <= 9 ? value : nil
}
