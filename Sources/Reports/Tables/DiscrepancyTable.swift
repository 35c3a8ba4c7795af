import BillingValues
import DelimitedText
import RenewalAudit

public import BillingFiles
public import BillingRecords

/// `discrepancies.csv`: one row for each finding.
public struct DiscrepancyTable {
    /// The columns, in their order.
    public static let columns = [
        "rule", "subscription_id", "msisdn", "offer", "payment_method", "period_start", "period_end", "due_on",
        "expected_amount", "charged_amount", "difference", "currency", "confidence", "charge_ids", "evidence",
    ]

    private let outcome: AuditOutcome
    private let citations: [RecordPosition: CitedCharge]
    private let masked: Bool
    private let writer = FieldWriter()

    /// The table of an outcome; `citations` has the charges that its findings cite. Phone numbers are masked if asked
    /// for.
    public init(_ outcome: AuditOutcome, citations: [RecordPosition: CitedCharge], masked: Bool) {
        self.outcome = outcome
        self.citations = citations
        self.masked = masked
    }

    /// Writes the table piece by piece, the header row first.
    public func write<Failure: Error>(to sink: ([UInt8]) throws(Failure) -> Void) throws(Failure) {
        var bytes: [UInt8] = []
        writer.appendRecord(Self.columns, to: &bytes)
        for discrepancy in outcome.discrepancies {
            append(discrepancy, to: &bytes)
            if bytes.count > 1 << 16 {
                try sink(bytes)
                bytes.removeAll(keepingCapacity: true)
            }
        }
        try sink(bytes)
    }

    private func append(_ discrepancy: Discrepancy, to bytes: inout [UInt8]) {
        append(discrepancy.rule.identifier, to: &bytes)
        writer.append(field: outcome.subscriptions.identifier(discrepancy.subject), to: &bytes)
        comma(&bytes)
        if case .subscription(let row) = discrepancy.subject {
            let msisdn = outcome.subscriptions.msisdn(row)
            writer.append(field: masked ? PhoneNumberMask.mask(msisdn) : msisdn, to: &bytes)
            comma(&bytes)
            append(outcome.subscriptions.offer(row), to: &bytes)
            append(outcome.subscriptions.paymentMethod(row), to: &bytes)
        } else {
            bytes.append(contentsOf: ",,,".utf8)
        }
        append(discrepancy.period?.start, to: &bytes)
        append(discrepancy.period?.end, to: &bytes)
        append(discrepancy.dueOn, to: &bytes)
        append(discrepancy.expected, discrepancy.currency, to: &bytes)
        append(discrepancy.charged, discrepancy.currency, to: &bytes)
        append(discrepancy.difference, discrepancy.currency, to: &bytes)
        append(discrepancy.currency?.alphabeticCode ?? "", to: &bytes)
        append(discrepancy.confidence.rawValue, to: &bytes)
        let cited = discrepancy.charges.map { citations[$0] }
        var identifiers: [UInt8] = []
        for (index, charge) in cited.enumerated() {
            if index > 0 { identifiers.append(UInt8(ascii: " ")) }
            identifiers.append(contentsOf: charge?.identifier ?? [])
        }
        writer.append(field: identifiers, to: &bytes)
        comma(&bytes)
        let places = cited.compactMap { $0.map { "\($0.file):\($0.line)" } }
        writer.append(
            field: places.isEmpty ? discrepancy.reason : discrepancy.reason + " (" + places.joined(separator: ", ") + ")",
            to: &bytes)
        bytes.append(UInt8(ascii: "\n"))
    }

    private func comma(_ bytes: inout [UInt8]) { bytes.append(UInt8(ascii: ",")) }

    private func append(_ text: String, to bytes: inout [UInt8]) {
        writer.append(field: text, to: &bytes)
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
