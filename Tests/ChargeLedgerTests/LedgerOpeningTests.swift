import Foundation
import GRDB
import Testing

@testable import ChargeLedger

/// What is taken for a ledger, and what never is.
@Suite("ChargeLedger opening")
struct LedgerOpeningTests {
    @Test("makes a file for the owner alone, and leaves one file")
    func creation() throws {
        let folder = try LedgerFolder()
        do {
            let ledger = try folder.open()
            try UnpaidLines([1], months: 1..<2).prepare(ledger)
            try ledger.conclude(published: true)
        }
        let attributes = try FileManager.default.attributesOfItem(atPath: folder.path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.folder) == ["ledger"])
        let bytes = try Data(contentsOf: URL(fileURLWithPath: folder.path))
        #expect(Array(bytes[68..<72]) == Array("Rinn".utf8))
    }

    private func error(_ path: String, _ access: ChargeLedger.Access = .writing) -> LedgerError? {
        do {
            _ = try ChargeLedger(path, access)
            return nil
        } catch {
            return error
        }
    }

    @Test("refuses a file of something else and leaves it as it is")
    func foreign() throws {
        let folder = try LedgerFolder()
        for text in ["id,amount\n1,2\n", String(repeating: "x", count: 5000), "SQLite format 3\0"] {
            try Data(text.utf8).write(to: URL(fileURLWithPath: folder.path))
            for access in [ChargeLedger.Access.writing, .reading] {
                guard case .notALedger? = error(folder.path, access) else {
                    Issue.record("\(text.prefix(20)): \(String(describing: error(folder.path, access)))")
                    continue
                }
            }
            #expect(try Data(contentsOf: URL(fileURLWithPath: folder.path)) == Data(text.utf8))
        }
        try FileManager.default.removeItem(atPath: folder.path)
        try folder.execute("CREATE TABLE customers (id)")
        guard case .notALedger? = error(folder.path) else {
            Issue.record("a database of another program was taken")
            return
        }
    }

    @Test("refuses a ledger of a newer version")
    func newer() throws {
        let folder = try LedgerFolder()
        do { _ = try folder.open() }
        try folder.execute("PRAGMA user_version = 2")
        #expect(error(folder.path) == .newerVersion(path: folder.path, version: 2))
    }

    @Test("refuses links, folders, second names and what is missing")
    func places() throws {
        let folder = try LedgerFolder()
        #expect(error(folder.path, .reading) == .missing(path: folder.path))
        do { _ = try folder.open() }
        try FileManager.default.createSymbolicLink(atPath: folder.folder + "/link", withDestinationPath: folder.path)
        #expect(
            error(folder.folder + "/link")
                == .cannotOpen(path: folder.folder + "/link", reason: "it is a symbolic link"))
        #expect(error(folder.folder) != nil)
        #expect(error(folder.folder + "/none/ledger") != nil)
        try FileManager.default.linkItem(atPath: folder.path, toPath: folder.folder + "/second")
        #expect("\(error(folder.path).map { "\($0)" } ?? "")".contains("second name"))
    }

    @Test("a file that somebody replaced while it was waited for is not taken")
    func swapped() throws {
        let folder = try LedgerFolder()
        let file = try LedgerFile(folder.path, creates: true)
        try FileManager.default.moveItem(atPath: folder.path, toPath: folder.folder + "/old")
        try Data().write(to: URL(fileURLWithPath: folder.path))
        #expect(throws: LedgerError.cannotOpen(path: file.path, reason: "somebody put another file in its place")) {
            try file.lock()
        }
    }

    @Test("a second writer is told that the first one has it")
    func busy() throws {
        let folder = try LedgerFolder()
        let first = try LedgerFile(folder.path, creates: true)
        try first.lock()
        let second = try LedgerFile(folder.path, creates: true)
        #expect(throws: LedgerError.busy(path: second.path, seconds: 0)) { try second.lock(seconds: 0) }
    }
}
