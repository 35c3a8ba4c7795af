import Foundation
import Testing

@testable import ChargeLedger

/// Whatever somebody alters in a ledger is found.
@Suite("ChargeLedger.verify")
struct LedgerVerificationTests {
    private func ledger() throws -> LedgerFolder {
        let folder = try LedgerFolder()
        let ledger = try folder.open()
        for months in [1..<3, 2..<4] {
            try UnpaidLines([1, 2], months: months).prepare(ledger)
            try ledger.conclude(published: true)
        }
        #expect(try ledger.verify() == [])
        return folder
    }

    @Test(
        "finds what was altered",
        arguments: [
            ("UPDATE entry SET amount = amount + 1 WHERE link = 1 AND ordinal = 2", "link 1"),
            ("UPDATE entry SET subscription = 'L9' WHERE link = 1 AND ordinal = 1", "link 1"),
            ("UPDATE entry SET day = '2024-01-01' WHERE link = 3 AND ordinal = 1", "link 3"),
            ("DELETE FROM entry WHERE link = 1 AND ordinal = 4", "link 1"),
            ("UPDATE link SET decided_on = '2024-01-02' WHERE number = 1", "link 1 was altered"),
            ("UPDATE link SET output = '/elsewhere' WHERE number = 3", "link 3 was altered"),
            ("UPDATE link SET sums = '' WHERE number = 3", "link 3"),
            ("PRAGMA foreign_keys = OFF; DELETE FROM link WHERE number = 2", "link 2 is missing"),
            ("UPDATE period SET acts = 0", "periods"),
            ("DELETE FROM period WHERE subscription = 'L1001'", "periods"),
            ("UPDATE entry SET amount = 0 WHERE link = 1", "sums"),
            ("CREATE TABLE other (x)", "not ours"),
        ])
    func altered(sql: String, expected: String) throws {
        let folder = try ledger()
        try folder.tamper(sql)
        let faults = try ChargeLedger(folder.path, .reading).verify()
        #expect(faults.contains { $0.contains(expected) }, "\(faults)")
    }

    @Test("finds triggers that are gone, and nothing else")
    func triggers() throws {
        let folder = try ledger()
        try folder.tamper("")
        let faults = try ChargeLedger(folder.path, .reading).verify()
        #expect(faults.count == 6 && faults.allSatisfy { $0.contains("not ours") }, "\(faults)")
    }

    @Test(
        "the journal refuses every change",
        arguments: [
            "UPDATE entry SET amount = 0", "DELETE FROM entry", "UPDATE link SET by = 'x'", "DELETE FROM link",
            "INSERT INTO entry SELECT link, ordinal + 100, act, subscription, kind, period_start, period_end, amount, "
                + "currency, day, note FROM entry WHERE link = 1",
            "INSERT OR REPLACE INTO link SELECT * FROM link WHERE number = 1",
        ])
    func refusal(sql: String) throws {
        let folder = try ledger()
        #expect(throws: LedgerFolder.Failed.self) { try folder.execute(sql) }
        #expect(try ChargeLedger(folder.path, .reading).verify() == [])
    }

    @Test("an altered chain is not written on")
    func brokenChain() throws {
        let folder = try ledger()
        try folder.tamper("UPDATE link SET by = 'somebody' WHERE number = 1")
        #expect { try folder.open() } throws: { error in
            guard case .broken = error as? LedgerError else { return false }
            return true
        }
    }
}
