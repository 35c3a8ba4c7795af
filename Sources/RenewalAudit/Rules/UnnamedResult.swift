import BillingRecords
import BillingValues

/// A bank refused or returned money and does not say which charge is meant.
///
/// A result without a reference (EndToEndId) that is a refusal or a return: a batch or a message that was refused as a
/// whole and lists nothing, or a return of one collection. The charges that are meant are thought to be what the export
/// says, and that may be wrong. Results without a reference that are bookings are counted and no finding.
///
/// Not to be confused with: a result that names a charge which nobody knows (`unknown-result`).
///
/// What to do: look up the batch or message in what was sent, set the status of its charges in the export, and run the
/// audit again.
public enum UnnamedResult {
    /// The rule's identifier.
    public static let rule = AuditRule.unnamedResult

    /// The findings on the results that name nothing, in the order of the files.
    public static func discrepancies(in results: BankResults) -> [Discrepancy] {
        results.unnamedLosses.map { result in
            let batch = String(decoding: result.batch.map { (0x20..<0x7F).contains($0) ? $0 : 0x3F }, as: UTF8.self)
            return Discrepancy(
                rule: rule, subject: .reference([]), period: nil, dueOn: nil, expected: nil,
                charged: result.amount == nil ? nil : 0, currency: result.amount?.currency, confidence: .low,
                charges: [],
                reason: "\(result.words(files: results.files)); the charge is not named"
                    + (batch.isEmpty ? "" : ", its batch or message is \(batch)"))
        }
    }
}
