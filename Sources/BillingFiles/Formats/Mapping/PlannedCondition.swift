/// A condition as it is asked of records.
indirect enum PlannedCondition: Sendable {
    case isOne(Int, of: [[UInt8]])
    case begins(Int, with: [[UInt8]])
    case isEmpty(Int)
    case precedes(Int, Int)
    case looks(Int, like: ValueShape)
    case all([PlannedCondition])
    case any([PlannedCondition])
    case not(PlannedCondition)

    init(_ condition: RecordCondition, _ names: inout SourceNames) {
        switch condition {
        case .value(let name, let test):
            let number = names.number(name)
            switch test {
            case .isOne(let texts): self = .isOne(number, of: texts.sorted().map { Array($0.utf8) })
            case .begins(let texts): self = .begins(number, with: texts.sorted().map { Array($0.utf8) })
            case .isEmpty: self = .isEmpty(number)
            case .precedes(let other): self = .precedes(number, names.number(other))
            case .looks(let shape): self = .looks(number, like: shape)
            }
        case .all(let conditions): self = .all(conditions.map { PlannedCondition($0, &names) })
        case .any(let conditions): self = .any(conditions.map { PlannedCondition($0, &names) })
        case .not(let condition): self = .not(PlannedCondition(condition, &names))
        }
    }

    /// Whether it is so of a record with these values; a field that is not there counts as empty.
    func holds(_ text: Span<UInt8>, _ values: [ValueRange]) -> Bool {
        switch self {
        case .isOne(let number, let texts):
            let value = text.extracting(values[number].range)
            return texts.contains { $0.span.isSame(as: value) }
        case .begins(let number, let texts):
            let value = text.extracting(values[number].range)
            return texts.contains { $0.count <= value.count && $0.span.isSame(as: value.extracting(first: $0.count)) }
        case .isEmpty(let number): return values[number].range.isEmpty
        case .precedes(let one, let other):
            return text.extracting(values[one].range).precedes(text.extracting(values[other].range))
        case .looks(let number, let shape): return shape.fits(text.extracting(values[number].range))
        case .all(let conditions): return conditions.allSatisfy { $0.holds(text, values) }
        case .any(let conditions): return conditions.contains { $0.holds(text, values) }
        case .not(let condition): return !condition.holds(text, values)
        }
    }
}

extension Span where Element == UInt8 {
    /// Whether a text comes before another in the order of bytes; neither is empty.
    func precedes(_ other: Span<UInt8>) -> Bool {
        guard !isEmpty, !other.isEmpty else { return false }
        for index in 0..<Swift.min(count, other.count) where self[index] != other[index] {
            return self[index] < other[index]
        }
        return count < other.count
    }

    /// Whether two texts have the same bytes.
    @inline(__always)
    func isSame(as other: Span<UInt8>) -> Bool {
        guard count == other.count else { return false }
        for index in 0..<count where self[index] != other[index] { return false }
        return true
    }
}
