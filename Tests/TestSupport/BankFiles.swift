/// The files that a bank sends back for a collection, written here.
public enum BankFiles {
    /// What a bank says of one transaction.
    public struct Said: Sendable {
        /// The reference of the transaction.
        public var endToEnd: String
        /// `RJCT`, `ACSP` in pain.002; `booked`, `returned` in camt.054.
        public var what: String
        /// The code of the reason; empty for none.
        public var reason: String
        /// The amount in euro.
        public var amount: String

        /// What is said of a transaction.
        public init(endToEnd: String, what: String, reason: String = "", amount: String = "9.99") {
            (self.endToEnd, self.what, self.reason, self.amount) = (endToEnd, what, reason, amount)
        }
    }

    /// A status report on single transactions; without any, the group's status stands alone.
    public static func statusReport(on day: String, group: String = "PART", _ said: [Said]) -> String {
        let transactions = said.map { said in
            """
                  <TxInfAndSts>
                    <OrgnlEndToEndId>\(said.endToEnd)</OrgnlEndToEndId>
                    <TxSts>\(said.what)</TxSts>
            \(said.reason.isEmpty ? "" : "        <StsRsnInf><Rsn><Cd>\(said.reason)</Cd></Rsn></StsRsnInf>\n")\
                    <OrgnlTxRef><Amt><InstdAmt Ccy="EUR">\(said.amount)</InstdAmt></Amt></OrgnlTxRef>
                  </TxInfAndSts>

            """
        }.joined()
        let batch =
            said.isEmpty
            ? "" : "<OrgnlPmtInfAndSts><OrgnlPmtInfId>P1</OrgnlPmtInfId>\n\(transactions)</OrgnlPmtInfAndSts>\n"
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.03">
            <CstmrPmtStsRpt>
              <GrpHdr><MsgId>B1</MsgId><CreDtTm>\(day)T08:00:00</CreDtTm></GrpHdr>
              <OrgnlGrpInfAndSts><OrgnlMsgId>M1</OrgnlMsgId><OrgnlMsgNmId>pain.008.001.08</OrgnlMsgNmId>\
            <GrpSts>\(group)</GrpSts></OrgnlGrpInfAndSts>
              \(batch)</CstmrPmtStsRpt>
            </Document>

            """
    }

    /// A notification of bookings and returns on a day.
    public static func notification(on day: String, _ said: [Said]) -> String {
        let entries = said.map { said in
            let isReturn = said.what == "returned"
            let reason = isReturn ? "<RtrInf><Rsn><Cd>\(said.reason)</Cd></Rsn></RtrInf>" : ""
            return """
                <Ntry>
                  <Amt Ccy="EUR">\(said.amount)</Amt><CdtDbtInd>\(isReturn ? "DBIT" : "CRDT")</CdtDbtInd>
                  <Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>\(day)</Dt></BookgDt>
                  <BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>IDDT</Cd>\
                <SubFmlyCd>\(isReturn ? "UPDD" : "ESDD")</SubFmlyCd></Fmly></Domn></BkTxCd>
                  <NtryDtls><TxDtls><Refs><EndToEndId>\(said.endToEnd)</EndToEndId></Refs>
                  <Amt Ccy="EUR">\(said.amount)</Amt>\(reason)</TxDtls></NtryDtls>
                </Ntry>

                """
        }.joined()
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.08">
            <BkToCstmrDbtCdtNtfctn>
              <GrpHdr><MsgId>N1</MsgId><CreDtTm>\(day)T20:00:00</CreDtTm></GrpHdr>
              <Ntfctn><Id>1</Id><Acct><Id><IBAN>NL77ABNA0574908765</IBAN></Id></Acct>
            \(entries)</Ntfctn>
            </BkToCstmrDbtCdtNtfctn>
            </Document>

            """
    }
}
