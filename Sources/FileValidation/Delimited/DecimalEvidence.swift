import BillingFiles

/// What amounts say of their decimal character: point or comma.
struct DecimalEvidence {
    private var points: [String] = []
    private var commas: [String] = []
    private var pointCount = 0
    private var commaCount = 0
    private var open: String?
    private var openCount = 0
    private var count = 0

    /// Takes an amount.
    mutating func add(_ value: [UInt8]) {
        let digits = value.first == UInt8(ascii: "-") ? value.dropFirst() : value[...]
        let (comma, point) = (UInt8(ascii: ","), UInt8(ascii: "."))
        let isAmount = digits.contains { $0 &- UInt8(ascii: "0") <= 9 }
        guard isAmount, digits.allSatisfy({ $0 &- UInt8(ascii: "0") <= 9 || $0 == comma || $0 == point }) else {
            return
        }
        count += 1
        guard let last = digits.lastIndex(where: { $0 == comma || $0 == point }) else { return }
        let (separator, other) = digits[last] == comma ? (comma, point) : (point, comma)
        let separators = digits.count { $0 == separator }
        if separators > 1 {
            // Between groups of digits stands what is no decimal character.
            prove(other, value)
        } else if digits.contains(other) || digits.endIndex - last - 1 != 3 || last == digits.startIndex {
            prove(separator, value)
        } else {
            open = open ?? VisibleText.of(value)
            openCount += 1
        }
    }

    private mutating func prove(_ character: UInt8, _ value: [UInt8]) {
        if character == UInt8(ascii: ",") {
            commaCount += 1
            if commas.isEmpty { commas.append(VisibleText.of(value)) }
        } else {
            pointCount += 1
            if points.isEmpty { points.append(VisibleText.of(value)) }
        }
    }

    /// What the amounts say together.
    var verdict: FormVerdict<UInt8> {
        if let point = points.first, let comma = commas.first {
            return .ambiguous(found: "\(point), which has a decimal point, and \(comma), which has a decimal comma")
        }
        if !commas.isEmpty { return .certain(UInt8(ascii: ",")) }
        if !points.isEmpty { return .certain(UInt8(ascii: ".")) }
        guard let open else { return .nothing }
        return .ambiguous(found: "\(open), whose separator may stand before decimals or before thousands")
    }

    /// How many amounts prove the form.
    var proof: String { "proved by \(max(pointCount, commaCount)) of \(count)" }
}
