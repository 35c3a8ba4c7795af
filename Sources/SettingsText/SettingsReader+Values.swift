public import BillingValues

extension SettingsReader {
    /// A text that is not empty.
    public mutating func text(_ node: SettingsNode) -> String? {
        value(node, expected: "a text") { $0.isEmpty ? nil : $0 }
    }

    /// A whole number in a range, in digits.
    public mutating func integer(_ node: SettingsNode, in range: ClosedRange<Int>) -> Int? {
        value(node, expected: "a whole number from \(range.lowerBound) to \(range.upperBound)") { text in
            guard let number = Int(text), range.contains(number), "\(number)" == text else { return nil }
            return number
        }
    }

    /// A day as YYYY-MM-DD.
    public mutating func date(_ node: SettingsNode) -> CivilDate? {
        value(node, expected: "a day of the calendar as YYYY-MM-DD") { CivilDate($0) }
    }

    /// A billing cycle as an ISO 8601 duration.
    public mutating func cycle(_ node: SettingsNode) -> BillingCycle? {
        value(node, expected: "a cycle such as P1M or P30D") { BillingCycle($0) }
    }

    /// A currency by its code.
    public mutating func currency(_ node: SettingsNode) -> Currency? {
        value(node, expected: "a currency code such as EUR") { Currency(code: $0) }
    }

    /// An amount of a currency with a decimal point, not below zero.
    public mutating func amount(_ node: SettingsNode, in currency: Currency) -> Money? {
        value(node, expected: "an amount in \(currency) such as 9.99") { text in
            guard let money = try? Money(parsing: text, currency: currency), money.minorUnits >= 0 else { return nil }
            return money
        }
    }

    /// One of several words.
    public mutating func choice<Value>(_ node: SettingsNode, _ choices: KeyValuePairs<String, Value>) -> Value? {
        choice(node, choices.map { ($0.key, $0.value) })
    }

    /// One of several words, which a list names with their values.
    public mutating func choice<Value>(_ node: SettingsNode, _ choices: [(String, Value)]) -> Value? {
        let words = choices.map(\.0)
        guard case .text(let text) = node.content else {
            fault(node, expected: "one of " + words.joined(separator: ", "))
            return nil
        }
        if let choice = choices.first(where: { $0.0 == text }) { return choice.1 }
        let near = NearWord.nearest(to: text, in: words)
        fault(
            node, expected: "one of " + words.joined(separator: ", "),
            remedy: near.map { "did you mean '\($0)'?" } ?? "")
        return nil
    }

    /// `true` or `false`.
    public mutating func flag(_ node: SettingsNode) -> Bool? {
        choice(node, ["true": true, "false": false])
    }

    /// A value that a function makes of a text; nil from it is a fault.
    public mutating func value<Value>(
        _ node: SettingsNode, expected: String, _ parse: (String) -> Value?
    ) -> Value? {
        if case .text(let text) = node.content, let value = parse(text) { return value }
        fault(node, expected: expected)
        return nil
    }
}
