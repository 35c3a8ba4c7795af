import BillingFiles
import Foundation
import Testing

@testable import DirectDebits

/// Mandates are read, and every fault of theirs is a finding.
@Suite struct MandateFileTests {
    static func read(_ text: String) throws -> MandateFile {
        let path = NSTemporaryDirectory() + "mandates-\(UUID().uuidString).csv"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        return try MandateFile(InputSource(path: path, replayable: false))
    }

    static let header = "subscription_id,account_holder,iban,mandate_id,signed_on,sequence,bic\n"

    @Test func soundRowsAreMandates() throws {
        let file = try Self.read(
            Self.header + "S1,\"Rossi, Zoë\",IT60X0542811101000000123456,M-1,2020-01-31,RCUR,\n"
                + "S2,Bert,DE89370400440532013000,M-2,2021-02-28,FRST,COBADEFFXXX\n")
        #expect(file.findings.isEmpty)
        #expect(file.records == 2)
        let first = try #require(file.mandates[Array("S1".utf8)])
        #expect(first.accountHolder == "Rossi, Zoe")
        #expect(first.bic == nil)
        #expect(file.mandates[Array("S2".utf8)]?.sequence == .first)
    }

    @Test(arguments: [
        ("S1,,IT60X0542811101000000123456,M-1,2020-01-31,RCUR,", "account_holder", InputRule.missingValue),
        ("S1,A,IT60X0542811101000000123457,M-1,2020-01-31,RCUR,", "iban", .invalidValue),
        ("S1,A,IT60X0542811101000000123456,,2020-01-31,RCUR,", "mandate_id", .invalidValue),
        ("S1,A,IT60X0542811101000000123456,M-1,2020-02-30,RCUR,", "signed_on", .invalidDate),
        ("S1,A,IT60X0542811101000000123456,M-1,2020-01-31,rcur,", "sequence", .invalidValue),
        ("S1,A,IT60X0542811101000000123456,M-1,2020-01-31,RCUR,XX", "bic", .invalidValue),
    ])
    func faultsAreToldWithTheirPlace(row: String, field: String, rule: InputRule) throws {
        let file = try Self.read(Self.header + "S0,A,NL77ABNA0574908765,M-0,2020-01-31,RCUR,\n" + row + "\n")
        #expect(file.findings.map(\.rule) == [rule])
        #expect(file.findings.first?.place.field == field)
        #expect(file.findings.first?.place.line == 3)
        #expect(file.findings.allSatisfy { !$0.found.contains("0542811101") }, "numbers of accounts are not shown")
        #expect(file.mandates.keys.map { String(decoding: $0, as: UTF8.self) } == ["S0"])
        #expect(file.faulty == [Array("S1".utf8)])
    }

    @Test func ofTwoMandatesNobodyKnowsWhichHolds() throws {
        let row = "S1,A,NL77ABNA0574908765,M-0,2020-01-31,RCUR,\n"
        let file = try Self.read(Self.header + row + row)
        #expect(file.findings.map(\.rule) == [.duplicateSubscription])
        #expect(file.mandates.isEmpty)
        #expect(file.faulty == [Array("S1".utf8)])
    }

    @Test(arguments: ["subscription_id,iban\nS1,x\n", "", header + "S1,A\n", header + "S1,\"A\n"])
    func brokenFilesAreNotTrusted(text: String) throws {
        let file = try Self.read(text)
        #expect(file.findings.contains { $0.rule.breaksTrust })
    }
}
