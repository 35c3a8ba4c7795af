import BillingFiles
public import BillingValues

/// The message with which a creditor asks its bank to collect (ISO 20022 pain.008), as SEPA uses it.
///
/// The same collections give the same bytes: the id of the message is a hash of them, and its time is midnight of a stated
/// day.
public struct DirectDebitMessage {
    /// The versions that are written.
    public enum Version: String, CaseIterable, Sendable {
        /// As the rulebooks had it until 2023.
        case version2 = "pain.008.001.02"
        /// As the rulebooks have it since.
        case version8 = "pain.008.001.08"
    }

    private let version: Version
    private let creditor: Creditor
    private let plan: CollectionPlan
    private let createdOn: CivilDate
    /// 24 digits of the hash of all that is collected.
    private let hash: String

    /// A message; `createdOn` is the day that it bears.
    public init(_ plan: CollectionPlan, from creditor: Creditor, version: Version, createdOn: CivilDate) {
        self.version = version
        self.creditor = creditor
        self.plan = plan
        self.createdOn = createdOn
        hash = Self.hash(plan, creditor, version)
    }

    /// The whole message; no bytes where there is nothing to collect.
    public var bytes: [UInt8] {
        var all: [UInt8] = []
        write { (piece: [UInt8]) throws(Never) in all += piece }
        return all
    }

    /// Writes the message piece by piece; nothing where there is nothing to collect.
    public func write<Failure: Error>(to sink: ([UInt8]) throws(Failure) -> Void) throws(Failure) {
        guard !plan.batches.isEmpty else { return }
        var text = MessageText()
        text.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
        text.raw("<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:\(version.rawValue)\">\n")
        text.open("CstmrDrctDbtInitn")
        text.open("GrpHdr")
        text.element("MsgId", messageIdentifier)
        text.element("CreDtTm", "\(createdOn)T00:00:00")
        text.element("NbOfTxs", "\(plan.debitCount)")
        // A sum that no number of 64 bits holds is not stated; the schemes do not ask for it.
        if let sum = plan.sum { text.element("CtrlSum", Self.amount(sum)) }
        text.open("InitgPty")
        text.element("Nm", creditor.name)
        text.close("InitgPty")
        text.close("GrpHdr")
        for batch in plan.batches {
            write(batch, to: &text)
            for debit in batch.debits {
                write(debit, to: &text)
                if text.bytes.count > 1 << 16 { try sink(text.take()) }
            }
            text.close("PmtInf")
        }
        text.close("CstmrDrctDbtInitn")
        text.raw("</Document>\n")
        try sink(text.take())
    }

    private func write(_ batch: CollectionPlan.Batch, to text: inout MessageText) {
        let first = batch.debits[0]
        text.open("PmtInf")
        text.element("PmtInfId", batchIdentifier(first))
        text.element("PmtMtd", "DD")
        text.element("BtchBookg", "true")
        text.element("NbOfTxs", "\(batch.debits.count)")
        if plan.sum != nil { text.element("CtrlSum", Self.amount(batch.sum)) }
        text.open("PmtTpInf")
        text.nested(["SvcLvl", "Cd"], "SEPA")
        text.nested(["LclInstrm", "Cd"], creditor.scheme.rawValue)
        text.element("SeqTp", first.sequence.rawValue)
        text.close("PmtTpInf")
        text.element("ReqdColltnDt", "\(first.collectOn)")
        text.nested(["Cdtr", "Nm"], creditor.name)
        text.nested(["CdtrAcct", "Id", "IBAN"], creditor.iban.text)
        bank("CdtrAgt", creditor.bic, to: &text)
        text.element("ChrgBr", "SLEV")
        text.open("CdtrSchmeId", "Id", "PrvtId", "Othr")
        text.element("Id", creditor.identifier.text)
        text.nested(["SchmeNm", "Prtry"], "SEPA")
        text.close("CdtrSchmeId", "Id", "PrvtId", "Othr")
    }

    private func write(_ debit: DirectDebit, to text: inout MessageText) {
        text.open("DrctDbtTxInf")
        text.open("PmtId")
        if BankText.isIdentifier(debit.subscription) {
            text.element("InstrId", String(decoding: debit.subscription, as: UTF8.self))
        }
        text.element("EndToEndId", debit.endToEnd)
        text.close("PmtId")
        text.element("InstdAmt", Self.amount(debit.amount.minorUnits), attribute: " Ccy=\"EUR\"")
        text.open("DrctDbtTx", "MndtRltdInf")
        text.element("MndtId", debit.mandate.identifier)
        text.element("DtOfSgntr", "\(debit.mandate.signedOn)")
        text.close("DrctDbtTx", "MndtRltdInf")
        bank("DbtrAgt", debit.mandate.bic, to: &text)
        text.nested(["Dbtr", "Nm"], debit.mandate.accountHolder)
        text.nested(["DbtrAcct", "Id", "IBAN"], debit.mandate.iban.text)
        text.nested(["RmtInf", "Ustrd"], remittance(debit))
        text.close("DrctDbtTxInf")
    }

    /// A bank by its code; the schemes want it said where the account alone tells it.
    private func bank(_ name: String, _ bic: String?, to text: inout MessageText) {
        if let bic {
            text.nested([name, "FinInstnId", version == .version2 ? "BIC" : "BICFI"], bic)
        } else {
            text.nested([name, "FinInstnId", "Othr", "Id"], "NOTPROVIDED")
        }
    }

    /// What the customer reads: the period first, so that it can be read back.
    private func remittance(_ debit: DirectDebit) -> String {
        let subscription = String(decoding: debit.subscription, as: UTF8.self)
        // What begins so is read as a period.
        let beginning = debit.period.map { "Period \($0.start)/\($0.end)" } ?? "Subscription"
        let text = "\(beginning) \(subscription)"
        let words = creditor.text.isEmpty ? text : text + " " + creditor.text
        return BankText.writable(words, atMost: 140)
    }

    private var messageIdentifier: String { "RINNOVO-\(hash)" }

    private func batchIdentifier(_ first: DirectDebit) -> String {
        var day: [UInt8] = []
        first.collectOn.write(to: &day)
        return "\(hash.prefix(14))-\(String(decoding: day, as: UTF8.self))-\(first.sequence.rawValue)"
    }

    private static func hash(_ plan: CollectionPlan, _ creditor: Creditor, _ version: Version) -> String {
        var text: [UInt8] = Array(version.rawValue.utf8) + Array(creditor.identifier.text.utf8)
        for debit in plan.batches.flatMap(\.debits) {
            let amount = amount(debit.amount.minorUnits)
            text += Array("\n\(debit.endToEnd) \(debit.collectOn) \(amount) \(debit.mandate.iban)".utf8)
        }
        return String(FileDigest.sha256(of: text).prefix(24)).uppercased()
    }

    private static func amount(_ cents: Int64) -> String {
        var bytes: [UInt8] = []
        Money.writeAmount(minorUnits: cents, exponent: 2, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}
