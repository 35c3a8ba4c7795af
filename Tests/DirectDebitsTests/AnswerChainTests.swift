import ArrearsRecovery
import BillingFiles
import BillingRecords
import BillingValues
import FormatProfiles
import Foundation
import RenewalAudit
import TestSupport
import Testing

@testable import DirectDebits

/// The chain in one process: a message is made, the bank's answers to its references are read by the shipped profiles,
/// and the periods that were planned are settled by them.
@Suite struct AnswerChainTests {
    private typealias Said = BankFiles.Said

    /// Reads files of results as an audit does.
    private static func results(_ texts: [String]) throws -> BankResults {
        let folder = FileManager.default.temporaryDirectory.appending(path: "rinnovo-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let names = texts.indices.map { "bank\($0).xml" }
        var results = BankResults(files: names)
        for (place, text) in texts.enumerated() {
            let path = folder.appending(path: names[place]).path
            try Data(text.utf8).write(to: URL(fileURLWithPath: path))
            let source = try InputSource(path: path)
            let detection = FormatDetection(try ShippedProfiles.all(), beginning: Array(text.utf8), isWhole: true)
            let foreign = try #require(detection.certain, "no profile is sure of it")
            let sequence = BlockSequence(sources: [source], foreign: [foreign])
            let header = try sequence.readHeader().get()
            var decoder = try NativeFiles.resultDecoder(header: header, file: names[place]).get()
            var batch: [PaymentResult] = []
            while let block = try sequence.nextBlock(reusing: []) {
                let decoded = decoder.decode(try block.get(), into: &batch)
                #expect(decoded.findings.isEmpty, "\(decoded.findings)")
                for result in batch {
                    let said = BankResult(
                        status: result.status, decidedOn: result.decidedOn, amount: result.amount,
                        reason: result.reason, batch: result.batch, file: place, line: header.lines + result.line + 1)
                    results.add(said, to: result.endToEnd)
                }
            }
        }
        return results
    }

    /// What the results make of a charge that was sent.
    private static func history(_ reference: String, _ answers: [String]) throws -> CollectionHistory {
        let results = try results(answers)
        guard let group = results.group(of: Array(reference.utf8).span) else {
            return CollectionHistory(exported: .pending, amount: nil, results: [])
        }
        return CollectionHistory(
            exported: .pending, amount: Money(minorUnits: 999, currency: .eur),
            results: results.results(ofGroup: group))
    }

    @Test(arguments: ["S1", "a_subscription_that_no_bank_can_carry"])
    func answersSettleWhatWasSent(subscription: String) throws {
        let start = try #require(CivilDate("2025-03-10"))
        let end = try #require(CivilDate("2025-04-09"))
        let day = try #require(CivilDate("2025-06-10"))
        let period = try #require(BillingPeriod(start: start, end: end))
        let amount = Money(minorUnits: 999, currency: .eur)
        let name = Array(subscription.utf8)
        let charge = RecoveryCharge.collecting(period, amount: amount, on: day, subscription: name)
        let mandate = Mandate(
            accountHolder: "Ada Rossi", iban: try #require(try? IBAN("NL77ABNA0574908765")), identifier: "M1",
            signedOn: try #require(CivilDate("2024-05-01")), sequence: .recurring)
        let plan = CollectionPlan([(charge, name)], mandates: [name: mandate], faulty: [])
        let reference = try #require(plan.batches.first?.debits.first?.endToEnd)
        let other = "R-S9-20250310"
        #expect(reference.hasPrefix("H-") == (subscription != "S1"))

        let accepted = BankFiles.statusReport(
            on: "2025-06-05",
            [Said(endToEnd: reference, what: "ACSP"), Said(endToEnd: other, what: "RJCT", reason: "AM04")])
        let booked = BankFiles.notification(on: "2025-06-11", [Said(endToEnd: reference, what: "booked")])
        let returned = BankFiles.notification(
            on: "2025-06-19", [Said(endToEnd: reference, what: "returned", reason: "MD06")])
        let again = BankFiles.notification(on: "2025-07-01", [Said(endToEnd: reference, what: "booked")])
        let chain: [([String], ChargeStatus)] = [
            ([], .pending), ([accepted], .pending), ([booked, accepted], .posted),
            ([returned, booked, accepted], .reversed), ([returned], .reversed),
            ([again, booked, accepted, returned], .posted),
        ]
        for (answers, expected) in chain {
            let history = try Self.history(reference, answers)
            #expect(history.contradiction == nil && history.status == expected, "\(answers.count) answers")
        }
        #expect(try Self.history(other, [accepted]).status == .failed)
        #expect(try Self.history(other, [booked]).deciding == nil)

        // What is settled is that of the ledger's acts: collected once, then reversed once.
        let results = try Self.results([accepted, booked, returned])
        let bytes = Array(reference.utf8)
        let found = results.group(of: bytes.span)
        let group = try #require(found)
        let recovery = AnsweredRecovery(
            identifier: charge.identifier, group: group, subject: .subscription(row: 0), subscription: name,
            period: (start, end), planned: amount, due: nil, collectOn: day, results: results)
        #expect(recovery.history.status == .reversed && recovery.day == CivilDate("2025-06-19"))
        #expect(
            results.words(ofGroup: group).contains(
                "returned on 2025-06-19, MD06 refund asked for by the customer (bank2.xml:"))
        #expect(try Self.results([BankFiles.statusReport(on: "2025-06-05", group: "ACCP", [])]).count == 0)
        let refused = try Self.results([BankFiles.statusReport(on: "2025-06-05", group: "RJCT", [])])
        #expect(refused.unnamedLosses.map { String(decoding: $0.batch, as: UTF8.self) } == ["M1"])
    }
}
