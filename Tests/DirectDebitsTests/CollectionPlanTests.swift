import ArrearsRecovery
import BillingValues
import Foundation
import Testing
import XMLStream

@testable import DirectDebits

/// Charges are collected in batches or refused by name, and the message of them is valid.
@Suite struct CollectionPlanTests {
    private static let day = CivilDate("2025-07-01")
    private static let later = CivilDate("2025-07-31")
    private static let signed = CivilDate("2024-05-01")
    private static let account = try? IBAN("NL77ABNA0574908765")

    /// A charge of the month that begins on a day.
    private static func item(
        _ subscription: String, _ start: CivilDate?, on day: CivilDate?, _ cents: Int64, _ currency: Currency = .eur
    ) -> CollectionPlan.Item? {
        guard let start, let day, let period = BillingPeriod(start: start, end: start) else { return nil }
        let amount = Money(minorUnits: cents, currency: currency)
        let identifier = Array(subscription.utf8)
        let charge = RecoveryCharge.collecting(period, amount: amount, on: day, subscription: identifier)
        return (charge: charge, subscription: identifier)
    }

    private static func mandate(_ number: String, _ sequence: Mandate.Sequence) -> Mandate? {
        guard let account, let signed else { return nil }
        return Mandate(
            accountHolder: "Ada", iban: account, identifier: number, signedOn: signed, sequence: sequence, bic: nil)
    }

    private static func plan() -> CollectionPlan {
        let january = CivilDate("2025-01-01")
        let february = CivilDate("2025-02-01")
        let all: [CollectionPlan.Item?] = [
            item("S1", january, on: day, 999), item("S1", february, on: later, 999), item("S2", january, on: day, 1),
            item("S2", february, on: later, 123_456), item("S3", january, on: day, 500),
            item("S3", february, on: later, 500), item("S4", january, on: day, 500),
            item("S5", january, on: day, 500, .chf), item("S6", january, on: day, 0),
            item("S7", january, on: CivilDate("2024-04-30"), 10), item("long & wide ", january, on: day, 77),
            item("S8", january, on: day, 5),
        ]
        var mandates: [[UInt8]: Mandate] = [:]
        for (name, sequence) in [
            ("S1", Mandate.Sequence.recurring), ("S2", .first), ("S3", .oneOff), ("S5", .recurring),
            ("S6", .recurring), ("S7", .recurring), ("long & wide ", .final),
        ] {
            mandates[Array(name.utf8)] = mandate("M-\(mandates.count)", sequence)
        }
        return CollectionPlan(all.compactMap { $0 }, mandates: mandates, faulty: [Array("S8".utf8)])
    }

    @Test func everyChargeIsCollectedOrRefusedByName() {
        let plan = Self.plan()
        #expect(plan.debitCount + plan.refused.count == 12)
        var refused: [String] = []
        for debit in plan.refused {
            refused.append(String(decoding: debit.subscription, as: UTF8.self) + " " + debit.reason.rawValue)
        }
        #expect(
            refused == [
                "S3 one-off-mandate-used", "S4 no-mandate", "S5 not-in-euro", "S6 amount-out-of-range",
                "S7 mandate-signed-later", "S8 faulty-mandate",
            ])
        var batches: [String] = []
        for batch in plan.batches {
            let first = batch.debits[0]
            batches.append("\(first.collectOn) \(first.sequence.rawValue) \(batch.debits.count) \(batch.sum)")
        }
        #expect(
            batches == [
                "2025-07-01 FRST 1 1", "2025-07-01 RCUR 1 999", "2025-07-01 FNAL 1 77", "2025-07-01 OOFF 1 500",
                "2025-07-31 RCUR 2 124455",
            ])
        #expect(plan.sum == 126_032)
    }

    private static func message(_ version: DirectDebitMessage.Version) -> [UInt8] {
        guard let account, let day, let identifier = CreditorIdentifier("DE98ZZZ09999999999") else { return [] }
        let creditor = Creditor(name: "Easy Telecom", iban: account, identifier: identifier, text: "Tel. 800")
        return DirectDebitMessage(plan(), from: creditor, version: version, createdOn: day).bytes
    }

    @Test(arguments: ["sepa_king/pain.008.001.02.xsd", "python-sepaxml/pain.008.001.08.xsd"])
    func messagesAreValid(schema: String) throws {
        let path = "../shared/formats/samples/sepa-pain.008/schema/" + schema
        guard FileManager.default.fileExists(atPath: path) else {
            Issue.record("\(path) is absent: the schemas are needed beside the repository")
            return
        }
        let compiled = try XMLSchema.compiled(naming: [path])
        let parser = XMLPushParser(schema: compiled)
        let bytes = Self.message(schema.contains(".02") ? .version2 : .version8)
        parser.feed(bytes.span)
        var faults = parser.faults.map(\.message)
        parser.finish()
        faults += parser.faults.map(\.message)
        #expect(faults == [])
        #expect(parser.verdict == .accepted)
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.contains("<NbOfTxs>6</NbOfTxs>\n      <CtrlSum>1260.32</CtrlSum>"))
        #expect(text.contains("<InstrId>S1</InstrId>\n          <EndToEndId>R-S1-20250101</EndToEndId>"))
        #expect(text.contains("<Ustrd>Period 2025-02-01/2025-02-01 S2 Tel. 800</Ustrd>"))
    }

    @Test func theSameCollectionsGiveTheSameBytes() {
        let bytes = Self.message(.version8)
        #expect(bytes == Self.message(.version8))
        #expect(bytes.count > 1000)
    }
}
