import BillingValues

extension PlannedCondition {
    /// The fields that are asked.
    var fields: [Int] {
        switch self {
        case .isOne(let field, _), .begins(let field, _), .isEmpty(let field), .looks(let field, _): [field]
        case .precedes(let one, let other): [one, other]
        case .all(let conditions), .any(let conditions): conditions.flatMap(\.fields)
        case .not(let condition): condition.fields
        }
    }

    /// The first part without which a condition that does not hold might hold.
    func failing(_ holds: (PlannedCondition) -> Bool) -> PlannedCondition {
        guard case .all(let conditions) = self, let first = conditions.first(where: { !holds($0) }) else { return self }
        return first.failing(holds)
    }

    /// What it asks for, in words.
    var wording: String {
        func texts(_ texts: [[UInt8]]) -> String {
            texts.map { "'\(String(decoding: $0, as: UTF8.self))'" }.joined(separator: ", ")
        }
        return switch self {
        case .isOne(_, let words): words.count == 1 ? texts(words) : "one of \(texts(words))"
        case .begins(_, let words): "a text that begins with \(texts(words))"
        case .isEmpty: "nothing"
        case .precedes: "a text that comes first"
        case .looks(_, let shape): shape.wording
        case .all(let conditions): conditions.map(\.wording).joined(separator: " and ")
        case .any(let conditions): conditions.map(\.wording).joined(separator: " or ")
        case .not(let condition): "anything but \(condition.wording)"
        }
    }
}

extension ValueShape {
    /// What a text looks like, in words.
    fileprivate var wording: String {
        switch self {
        case .digits: "digits"
        case .caller: "a caller as \"name\" <number>"
        case .time(let pattern): "a time as \(pattern.text)"
        case .day(let pattern, let from, let to):
            "a day as \(pattern.text)" + (from.map { " from \($0) on" } ?? "") + (to.map { " until \($0)" } ?? "")
        case .amount: "an amount"
        case .uuid: "a UUID"
        case .typeName: "a type of SQL"
        }
    }
}
