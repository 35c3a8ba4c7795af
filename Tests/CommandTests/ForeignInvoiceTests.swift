import Foundation
import Testing

/// Invoices in XML, told by their content.
@Suite struct ForeignInvoiceTests {
    private static let invoice = """
        <?xml version="1.0" encoding="UTF-8"?>
        <Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
            xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
            xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
          <cbc:ID>I1</cbc:ID>
          <cbc:IssueDate>2025-02-01</cbc:IssueDate>
          <cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
          <cbc:BuyerReference>S1</cbc:BuyerReference>
          <cac:InvoiceLine>
            <cbc:ID>1</cbc:ID>
            <cbc:LineExtensionAmount currencyID="EUR">9.985</cbc:LineExtensionAmount>
            <cac:InvoicePeriod>
              <cbc:StartDate>2025-02-01</cbc:StartDate><cbc:EndDate>2025-02-28</cbc:EndDate>
            </cac:InvoicePeriod>
          </cac:InvoiceLine>
          <cac:InvoiceLine>
            <cbc:ID>2</cbc:ID>
            <cbc:LineExtensionAmount currencyID="EUR">-5</cbc:LineExtensionAmount>
            <cac:InvoicePeriod>
              <cbc:StartDate>2025-02-01</cbc:StartDate><cbc:EndDate>2025-02-28</cbc:EndDate>
            </cac:InvoicePeriod>
          </cac:InvoiceLine>
        </Invoice>

        """

    /// Sound records do not make a sound document: it is told that the official schema was not asked.
    @Test func isValidatedByItsProfile() throws {
        let scratch = try TemporaryDirectory()
        let path = try scratch.write(Self.invoice, to: "invoice.xml")
        let outcome = try Rinnovo.command(["validate", path]).run()
        #expect(outcome.code == 0, "\(outcome.report)")
        #expect(outcome.output.contains("valid, ubl-2.1, 2 records, 0 errors"))
        #expect(outcome.output.contains("not held to its own schema"))
        let cut = try scratch.write(String(Self.invoice.prefix(900)), to: "cut.xml")
        #expect(try Rinnovo.command(["validate", cut]).run().code == 65)
    }

    /// Lines round half up to cents, and one below zero gives money back.
    @Test func isConvertedLineByLine() throws {
        let scratch = try TemporaryDirectory()
        let path = try scratch.write(Self.invoice, to: "invoice.xml")
        let outcome = try Rinnovo.command(["convert", path, "-", "--to", "csv"]).run()
        let rows = CSVTable(outcome.output).values(
            "charge_id", "subscription_id", "kind", "period_end", "amount")
        #expect(
            rows == [["I1/1", "S1", "renewal", "2025-02-28", "9.99"], ["I1/2", "S1", "credit", "2025-02-28", "-5"]])
    }
}
