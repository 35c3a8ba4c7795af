public import BillingFiles
import BillingValues
import DelimitedText
import RenewalAudit

/// `discrepancies.csv`: one row for each finding.
public struct DiscrepancyTable: Sendable {
    /// The columns, in their order.
    public static let columns = [
        "rule", "subscription_id", "msisdn", "offer", "payment_method", "period_start", "period_end", "due_on",
        "expected_amount", "charged_amount", "difference", "currency", "confidence", "charge_ids", "evidence",
    ]

    private let discrepancies: [Discrepancy]
    private let subscriptions: Subscriptions
    private let citations: CitedCharges
    private let results: ResultsOutcome?
    private let masked: Bool
    private let writer = FieldWriter()

    /// The table of an outcome; `citations` has the charges that its findings cite.
    ///
    /// Phone numbers are masked if asked for.
    public init(_ outcome: AuditOutcome, citations: CitedCharges, masked: Bool) {
        discrepancies = outcome.discrepancies
        subscriptions = outcome.subscriptions
        self.citations = citations
        results = outcome.results
        self.masked = masked
    }

    /// The header row.
    public var header: [UInt8] {
        var bytes: [UInt8] = []
        writer.appendRecord(Self.columns, to: &bytes)
        return bytes
    }

    /// The rows of some of the outcome's findings; several threads may make different ones at once.
    public func rows(_ range: Range<Int>) -> [UInt8] {
        var bytes: [UInt8] = []
        // A row has some 180 bytes.
        bytes.reserveCapacity(range.count * 200)
        // Looked at in place: a copy of each would count references up and down.
        let discrepancies = discrepancies.span
        for place in range {
            let ahead = place + Subscriptions.prefetchDistance
            if ahead < range.upperBound, case .subscription(let row) = discrepancies[ahead].subject {
                subscriptions.prefetch(row)
            }
            append(discrepancies, place, to: &bytes)
        }
        return bytes
    }

    private func append(_ discrepancies: Span<Discrepancy>, _ place: Int, to bytes: inout [UInt8]) {
        plain(discrepancies[place].rule.identifier, to: &bytes)
        switch discrepancies[place].subject {
        case .subscription(let row):
            subscriptions.withIdentifier(row) { field($0, to: &bytes) }
            subscriptions.withMsisdn(row) { number($0, to: &bytes) }
            subscriptions.withOffer(row) { field($0, to: &bytes) }
            subscriptions.withPaymentMethod(row) { field($0, to: &bytes) }
        case .stranger(let name):
            field(name.span, to: &bytes)
            bytes.append(contentsOf: ",,,".utf8)
        case .number(let msisdn):
            comma(&bytes)
            number(msisdn.span, to: &bytes)
            bytes.append(contentsOf: ",,".utf8)
        case .reference: bytes.append(contentsOf: ",,,,".utf8)
        }
        append(discrepancies[place].period?.start, to: &bytes)
        append(discrepancies[place].period?.end, to: &bytes)
        append(discrepancies[place].dueOn, to: &bytes)
        append(discrepancies[place].expected, discrepancies[place].currency, to: &bytes)
        append(discrepancies[place].charged, discrepancies[place].currency, to: &bytes)
        append(discrepancies[place].difference, discrepancies[place].currency, to: &bytes)
        discrepancies[place].currency?.writeCode(to: &bytes)
        comma(&bytes)
        plain(discrepancies[place].confidence.rawValue, to: &bytes)
        if discrepancies[place].charges.isEmpty {
            // The id that a result names is that of a charge, though nobody has it.
            if case .reference(let name) = discrepancies[place].subject { writer.append(field: name, to: &bytes) }
            comma(&bytes)
            writer.append(field: discrepancies[place].reason, to: &bytes)
        } else {
            appendEvidence(discrepancies, place, to: &bytes)
        }
        bytes.append(UInt8(ascii: "\n"))
    }

    private func appendEvidence(_ discrepancies: Span<Discrepancy>, _ place: Int, to bytes: inout [UInt8]) {
        var identifiers: [UInt8] = []
        var text: [UInt8] = []
        text += discrepancies[place].reason.utf8
        text += " (".utf8
        var isFirst = true
        for position in discrepancies[place].charges {
            guard let cited = citations.place(of: position) else { continue }
            if !isFirst {
                identifiers.append(UInt8(ascii: " "))
                text += ", ".utf8
            }
            isFirst = false
            let line = citations.write(cited, identifier: &identifiers, file: &text)
            text.append(UInt8(ascii: ":"))
            DecimalText.append(line, to: &text)
        }
        text.append(UInt8(ascii: ")"))
        field(identifiers.span, to: &bytes)
        if let results {
            let said = discrepancies[place].charges.compactMap { results.note(at: $0) }
            if !said.isEmpty { text += "; bank: \(said.joined(separator: "; "))".utf8 }
        }
        writer.append(field: text, to: &bytes)
    }

    private func field(_ text: Span<UInt8>, to bytes: inout [UInt8]) {
        writer.append(field: text, to: &bytes)
        comma(&bytes)
    }

    private func number(_ msisdn: Span<UInt8>, to bytes: inout [UInt8]) {
        writer.append(msisdn: msisdn, masked: masked, to: &bytes)
        comma(&bytes)
    }

    private func comma(_ bytes: inout [UInt8]) { bytes.append(UInt8(ascii: ",")) }

    /// Text of ours, which never needs quotes.
    private func plain(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(contentsOf: text.utf8)
        comma(&bytes)
    }

    private func append(_ date: CivilDate?, to bytes: inout [UInt8]) {
        date?.write(to: &bytes)
        comma(&bytes)
    }

    private func append(_ amount: Int64?, _ currency: Currency?, to bytes: inout [UInt8]) {
        if let amount, let currency {
            Money(minorUnits: amount, currency: currency).writeAmount(to: &bytes)
        }
        comma(&bytes)
    }
}
