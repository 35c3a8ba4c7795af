/// A number that a document states, and what its records come to.
struct XMLTotalAccount: Sendable {
    /// What is wrong with a total.
    struct Mismatch {
        var name: String?
        var offset: UInt64
        var found: String
        var expected: String
    }

    /// The name of the element that states it.
    var name: String?

    private let counts: Bool
    private var stated: (text: [UInt8], offset: UInt64)?
    private var count = 0
    private var sum: DecimalSum?
    private var isUnknown = false

    init(_ measure: XMLTotal.Measure) {
        counts = measure == .records
    }

    /// Begins anew.
    mutating func begin() {
        stated = nil
        count = 0
        sum = nil
        isUnknown = false
    }

    mutating func state(_ text: ArraySlice<UInt8>, at offset: UInt64) { stated = (Array(text), offset) }

    /// Adds a record, and its value if it has one.
    mutating func add(_ value: ArraySlice<UInt8>?) {
        count += 1
        guard !counts, let value else { return }
        if sum == nil {
            sum = DecimalSum(value)
            isUnknown = isUnknown || sum == nil
        } else if sum?.add(value) != true {
            isUnknown = true
        }
    }

    /// What is wrong, if something is stated that does not hold.
    func close() -> Mismatch? {
        guard let stated else { return nil }
        let text = VisibleText.of(stated.text)
        let come: String
        if counts {
            let counted = DecimalSum(Array("\(count)".utf8)[...]) ?? .nothing
            guard DecimalSum(stated.text[...])?.equals(counted) != true else { return nil }
            come = "\(count) records"
        } else {
            let sum = sum ?? .nothing
            guard isUnknown || DecimalSum(stated.text[...])?.equals(sum) != true else { return nil }
            come =
                isUnknown
                ? "records of which one has no amount" : "records of \(String(decoding: sum.text, as: UTF8.self))"
        }
        return Mismatch(name: name, offset: stated.offset, found: "\(text) stated of \(come)", expected: "the same")
    }
}

extension XMLPath {
    /// The name of the element at its end, where it has one.
    var lastName: String? {
        guard case .named(let local, _)? = steps.last else { return nil }
        return local
    }
}
