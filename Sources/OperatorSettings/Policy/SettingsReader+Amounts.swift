import ArrearsRecovery
import BillingValues
import SettingsText

extension SettingsReader {
    /// One amount with its currency, such as `30.00 EUR`, or a list of such, one a currency.
    mutating func amounts(_ node: SettingsNode, above least: Int64) -> CurrencyAmounts {
        let nodes: [SettingsNode]
        if case .list(let items) = node.content { nodes = items } else { nodes = [node] }
        var known: Set<Currency> = []
        var amounts: [Money] = []
        for item in nodes {
            guard let amount = amount(item, above: least) else { continue }
            if known.insert(amount.currency).inserted {
                amounts.append(amount)
            } else {
                fault(item, found: "a second amount in \(amount.currency)", expected: "one amount for each currency")
            }
        }
        return CurrencyAmounts(amounts)
    }

    private mutating func amount(_ node: SettingsNode, above least: Int64) -> Money? {
        value(node, expected: "an amount with its currency such as 30.00 EUR\(least >= 0 ? ", above zero" : "")") {
            let words = $0.split(separator: " ", omittingEmptySubsequences: false)
            guard words.count == 2, let currency = Currency(code: String(words[1])),
                let amount = try? Money(parsing: String(words[0]), currency: currency), amount.minorUnits > least
            else { return nil }
            return amount
        }
    }

    /// The texts of a list, each once.
    mutating func texts(_ node: SettingsNode) -> Set<String> {
        var texts: Set<String> = []
        for item in list(node) {
            guard let text = text(item) else { continue }
            texts.insert(text)
        }
        return texts
    }
}

extension SettingsValue {
    /// Amounts with their currencies as a list.
    static func amounts(_ amounts: CurrencyAmounts) -> SettingsValue {
        .list(amounts.amounts.map { .word("\($0)") })
    }
}
