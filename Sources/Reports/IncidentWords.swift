import RenewalAudit

/// Incidents in the words of files for machines.
enum IncidentWords {
    /// What the renewals have in common: `offer=Easy Pay; payment_method=card`; empty when nothing.
    static func conditions(_ incident: Incident) -> String {
        incident.conditions.map { condition($0.dimension.name, String(decoding: $0.value, as: UTF8.self)) }
            .joined(separator: "; ")
    }

    /// One of them; a `;` or `\` in the value has a `\` before it.
    static func condition(_ name: String, _ value: String) -> String {
        let escaped = value.replacing("\\", with: "\\\\").replacing(";", with: "\\;")
        return "\(name)=\(escaped)"
    }

    /// The pattern, if there is one, and the trace, with a space between them.
    static func fingerprint(_ incident: Incident) -> String {
        ([incident.pattern?.rawValue].compactMap { $0 } + [incident.trace.rawValue]).joined(separator: " ")
    }

    /// A share from 0 to 1 with four decimals, rounded down, so that only all of them are 1.0000.
    static func share(_ part: Int, of whole: Int) -> String {
        AmountText.plain(whole > 0 ? Int128(part) * 10_000 / Int128(whole) : 0, exponent: 4)
    }
}
