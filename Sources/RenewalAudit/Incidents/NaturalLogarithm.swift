/// The natural logarithm of a positive finite number, from the four basic operations alone.
///
/// The logarithms of system libraries differ in the last bit from machine to machine, and the same input must give
/// the same incidents everywhere. Accurate to a few units in the last place; O(1).
func naturalLogarithm(_ number: Double) -> Double {
    guard number > 0, number.isFinite else { return number > 0 ? number : -.infinity }
    var (exponent, significand) = (Double(number.exponent), number.significand)
    if significand > 1.414_213_562_373_095 {
        significand /= 2
        exponent += 1
    }
    // ln s = 2 (y + y^3 / 3 + y^5 / 5 ...) with y = (s - 1) / (s + 1), here at most 0.172.
    let ratio = (significand - 1) / (significand + 1)
    let square = ratio * ratio
    var sum = 0.0
    for divisor in stride(from: 23.0, through: 1.0, by: -2.0) { sum = sum * square + 1 / divisor }
    return 2 * ratio * sum + exponent * 0.693_147_180_559_945_3
}
