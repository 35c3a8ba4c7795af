import BillingRecords
import BillingValues

/// What the codes mean by which banks say why a collection was refused or returned.
public enum BankReason {
    /// A code in words; nil for one that is not known here, and for NARR, which points at a text.
    public static func words(_ code: [UInt8]) -> String? { words[String(decoding: code, as: UTF8.self)] }

    /// The code with its words, as far as it has some.
    ///
    /// Some banks write sentences in the place of codes, with names and numbers of accounts: these are not repeated.
    public static func text(_ code: [UInt8]) -> String {
        guard isCode(code) else { return "a reason in the bank's own words" }
        let name = String(decoding: code, as: UTF8.self)
        return words(code).map { "\(name) \($0)" } ?? name
    }

    /// Whether a reason is a code: a few letters and digits.
    public static func isCode(_ text: [UInt8]) -> Bool {
        let letters = text.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || $0 == 0x2D }
        return letters && (1...8).contains(text.count)
    }

    private static let words: [String: String] = [
        "AC01": "wrong account number", "AC02": "wrong account of the customer",
        "AC03": "wrong account of the creditor",
        "AC04": "account closed", "AC06": "account blocked", "AC07": "account of the creditor closed",
        "AC13": "account of a consumer", "AC15": "account details changed", "AG01": "no direct debits on this account",
        "AG02": "wrong operation", "AM01": "amount of zero", "AM02": "amount not allowed",
        "AM03": "currency not supported", "AM04": "not enough money", "AM05": "collected twice", "AM09": "wrong amount",
        "AM10": "wrong control sum", "BE01": "name does not fit the account", "BE04": "address of the creditor missing",
        "BE05": "creditor not known", "CNOR": "bank of the creditor not reachable", "CUST": "asked for by the customer",
        "DNOR": "bank of the customer not reachable", "DT01": "wrong date", "DUPL": "sent twice",
        "FF01": "wrong format", "FF05": "wrong kind of direct debit", "FOCR": "after a request for cancellation",
        "MD01": "no mandate", "MD02": "mandate data missing or wrong", "MD05": "collection not due",
        "MD06": "refund asked for by the customer", "MD07": "customer deceased", "MS02": "refused by the customer",
        "MS03": "no reason stated", "PY01": "bank of the customer not registered", "RC01": "wrong bank identifier",
        "RF01": "reference not unique", "RR01": "account of the customer missing, by law",
        "RR02": "name or address of the customer missing, by law",
        "RR03": "name or address of the creditor missing, by law", "RR04": "refused for legal reasons",
        "SL01": "service of the customer's bank", "TECH": "technical problem", "TM01": "sent too late",
        "UPAY": "not justified",
    ]
}

extension BankResult {
    /// What the bank says, when, why and where, in words: "returned on 2025-04-09, AC04 account closed (camt.xml:31)".
    ///
    /// - Parameter files: the names of the files of results.
    public func words(files: [String]) -> String {
        let place = files.indices.contains(file) ? " (\(files[file]):\(line))" : ""
        guard let status, let decidedOn else { return "a row that cannot be read\(place)" }
        let verb =
            switch status {
            case .posted: "booked"
            case .pending: "accepted, not booked"
            case .failed: "refused"
            case .reversed: "returned"
            }
        return "\(verb) on \(decidedOn)" + (reason.isEmpty ? "" : ", \(BankReason.text(reason))") + place
    }
}

extension BankResults {
    /// What banks say of a group day by day, in words; of very many results the last ones.
    public func words(ofGroup group: Int) -> String {
        let results = results(ofGroup: group).enumerated().sorted { left, right in
            let days = [left, right].map { $0.element.decidedOn?.dayNumber ?? .min }
            return (days[0], left.offset) < (days[1], right.offset)
        }.map(\.element)
        let shown = results.suffix(8).map { $0.words(files: files) }
        return (shown.count < results.count ? "\(results.count - shown.count) earlier results, " : "")
            + shown.joined(separator: ", ")
    }
}
