import BillingFiles
import Testing

@testable import FormatProfiles

/// Direct debits in the dialects of countries, written here: the namespace is the version.
@Suite struct DirectDebitNamespaceTests {
    private static func document(_ namespace: String, service: String, transactions: String, sum: String) -> String {
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <Document xmlns="\(namespace)"><CstmrDrctDbtInitn>
         <GrpHdr><MsgId>M1</MsgId><CreDtTm>2025-03-01T09:00:00</CreDtTm><NbOfTxs>2</NbOfTxs>\(sum)</GrpHdr>
         <PmtInf><PmtInfId>P1</PmtInfId><PmtMtd>DD</PmtMtd>
          <PmtTpInf><SvcLvl>\(service)</SvcLvl></PmtTpInf><ReqdColltnDt>2025-03-05</ReqdColltnDt>
          \(transactions)
         </PmtInf>
        </CstmrDrctDbtInitn></Document>
        """
    }

    private static func transaction(_ id: String, _ amount: String, _ currency: String, _ more: String) -> String {
        "<DrctDbtTxInf><PmtId>\(id)</PmtId><InstdAmt Ccy=\"\(currency)\">\(amount)</InstdAmt>\(more)</DrctDbtTxInf>"
    }

    @Test(arguments: ["ch.01", "ch.02", "ch.03"])
    func swissDebitsHaveNoMandate(version: String) throws {
        let text = Self.document(
            "http://www.six-interbank-clearing.com/de/pain.008.001.02.\(version).xsd",
            service: "<Prtry>CHDD</Prtry>",
            transactions: Self.transaction(
                "<InstrId>S1</InstrId><EndToEndId>E-1</EndToEndId>", "1.5", "CHF",
                "<DbtrAcct><Id><IBAN>CH9300762011623852957</IBAN></Id></DbtrAcct>")
                + Self.transaction(
                    "<EndToEndId>E-2</EndToEndId>", "3", "CHF",
                    "<DbtrAcct><Id><Othr><Id>25-9034-2</Id></Othr></Id></DbtrAcct>"), sum: "<CtrlSum>4.5</CtrlSum>")
        let read = try DocumentRows(Array(text.utf8))
        #expect(read.format == "sepa-pain.008")
        #expect(
            read.rows == [
                "E-1,S1,renewal,2025-03-05,,,1.5,CHF,pending", "E-2,25-9034-2,renewal,2025-03-05,,,3,CHF,pending",
            ])
        #expect(read.trial.findings.isEmpty)
    }

    @Test(arguments: ["pain.008.002.02", "pain.008.003.02"], [("19.80", 0), ("19.81", 1)])
    func germanDebitsStateTheirSumInTheBatch(version: String, sum: (stated: String, faults: Int)) throws {
        let mandate = "<DrctDbtTx><MndtRltdInf><MndtId>MD-7</MndtId></MndtRltdInf></DrctDbtTx>"
        let text = Self.document(
            "urn:iso:std:iso:20022:tech:xsd:\(version)", service: "<Cd>SEPA</Cd>",
            transactions: "<NbOfTxs>2</NbOfTxs><CtrlSum>\(sum.stated)</CtrlSum>"
                + Self.transaction("<EndToEndId>E-1</EndToEndId>", "9.90", "EUR", mandate)
                + Self.transaction("<EndToEndId>E-2</EndToEndId>", "9.90", "EUR", mandate), sum: "")
        let read = try DocumentRows(Array(text.utf8))
        #expect(read.format == "sepa-pain.008")
        #expect(read.rows.first == "E-1,MD-7,renewal,2025-03-05,,,9.90,EUR,pending")
        #expect(read.trial.findings.map(\.rule) == Array(repeating: .controlTotalMismatch, count: sum.faults))
    }

    @Test func anotherNamespaceIsNoDirectDebit() throws {
        let text = Self.document("urn:example", service: "", transactions: "", sum: "")
        let detection = FormatDetection(try ShippedProfiles.all(), beginning: Array(text.utf8), isWhole: true)
        #expect(detection.candidates.isEmpty)
    }
}
