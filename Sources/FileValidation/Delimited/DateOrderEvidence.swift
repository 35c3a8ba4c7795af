import BillingFiles

/// What dates say of the order of day, month and year.
struct DateOrderEvidence {
    private var proofs: [DateOrder: (first: String, count: Int)] = [:]
    private var open: String?
    private var count = 0

    /// Takes a date, or a time with one in front.
    mutating func add(_ value: [UInt8]) {
        let text = Array(value.prefix { $0 != UInt8(ascii: "T") && $0 != UInt8(ascii: " ") })
        guard let numbers = DateNumbers(text.span) else { return }
        let possible = DateOrder.allCases.filter { $0.date(text.span) != nil }
        guard let order = possible.first else { return }
        count += 1
        if possible.count == 1 {
            let known = proofs[order]
            proofs[order] = (known?.first ?? VisibleText.of(text), (known?.count ?? 0) + 1)
        } else if numbers.values.0 != numbers.values.1 {
            open = open ?? VisibleText.of(text)
        }
    }

    /// What the dates say together.
    var verdict: FormVerdict<DateOrder> {
        let proved = DateOrder.allCases.filter { proofs[$0] != nil }
        if proved.count > 1 {
            let texts = proved.compactMap { order in proofs[order].map { "\($0.first) as \(order.title)" } }
            return .ambiguous(found: texts.joined(separator: " and "))
        }
        // Without a proof a day like 05/05/2025 tells nothing of the days behind it.
        if let order = proved.first {
            // A date that begins with its year says nothing of one that ends with it.
            guard order == .yearMonthDay, let open else { return .certain(order) }
            return .ambiguous(found: "\(proofs[order]?.first ?? "") as \(order.title) and \(open)")
        }
        guard count > 0 else { return .nothing }
        return .ambiguous(found: "\(open ?? "dates"), whose day and month may be exchanged")
    }

    /// How many dates prove the form.
    var proof: String { "proved by \(proofs.values.map(\.count).max() ?? 0) of \(count)" }
}
