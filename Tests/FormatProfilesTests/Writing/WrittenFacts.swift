import BillingFiles

/// Facts that formats ask for, as tests give them.
enum WrittenFacts {
    private static let texts: [String: String] = [
        "usage-unit": "MIN", "seller-vat": "12345678903", "seller-regime": "RF01", "tax-category": "S",
        "destination": "ABCDEF1", "transmission": "00001", "sender-code": "01234567890", "sequence": "00012",
        "buyer-tax-code": "01234567890", "seller-postcode": "00100", "buyer-postcode": "50100",
    ]

    /// A profile with all facts that it cannot do without.
    static func give(_ profile: FormatProfile) -> FormatProfile {
        var profile = profile
        for (name, value) in profile.writing.missing {
            _ = profile.writing.give(text(value.form), for: name)
        }
        for (name, text) in texts { _ = profile.writing.give(text, for: name) }
        return profile
    }

    private static func text(_ form: GivenValue.Form) -> String {
        switch form {
        case .text: "Easy Telecom"
        case .date: "2025-06-13"
        case .time: "2025-06-13T08:00:00"
        case .percent: "22.00"
        case .country: "IT"
        case .digits: "01234567890"
        case .iban: "FR1420041010050500013M02606"
        case .bic: "PSSTFRPPXXX"
        }
    }
}
