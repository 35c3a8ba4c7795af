import ArrearsRecovery
import BillingRecords
import BillingValues
import Foundation
import RenewalAudit
import Testing

@testable import ChargeLedger

/// A folder with a ledger in it, removed with the value.
final class LedgerFolder {
    let folder: String
    var path: String { "\(folder)/ledger" }

    init() throws {
        // Memory is enough where the device is not what is tested.
        let root = FileManager.default.fileExists(atPath: "/dev/shm") ? "/dev/shm" : NSTemporaryDirectory()
        folder = "\(root)/rinnovo-ledger-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// Opens the ledger to append to it.
    func open() throws -> ChargeLedger { try ChargeLedger(path, .writing) }

    /// Runs statements behind the program's back, triggers out of the way.
    func tamper(_ sql: String) throws {
        let drop =
            "DROP TRIGGER link_stays; DROP TRIGGER link_remains; DROP TRIGGER entry_stays; "
            + "DROP TRIGGER entry_remains; DROP TRIGGER link_grows; DROP TRIGGER entry_grows; "
        try execute(drop + sql)
    }

    /// Runs statements on the file.
    func execute(_ sql: String) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["sqlite3", path, sql]
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        if process.terminationStatus != 0 { throw Failed() }
    }

    struct Failed: Error {}
}

/// Lines that nobody charged, from the 10th of a month each, with a price of their own.
struct UnpaidLines {
    let subscriptions: Subscriptions
    let discrepancies: [Discrepancy]
    let decidedOn: CivilDate

    /// The lines of some numbers, judged from `from` to `to`, two months of 2024 from 1; decided on the latter's first.
    init(_ numbers: [Int], months: Range<Int>) throws {
        let day = { (month: Int) in
            try #require(CivilDate(year: 2024 + (month - 1) / 12, month: (month - 1) % 12 + 1, day: 1))
        }
        decidedOn = try day(months.upperBound)
        let window = try #require(AuditWindow(from: try day(months.lowerBound), to: decidedOn))
        let terms = AuditTerms(window: window, decidedOn: decidedOn)
        var table = Subscriptions(window: window)
        var batch = SubscriptionBatch()
        var block: [UInt8] = []
        for (ordinal, number) in numbers.enumerated() {
            let identifier = Array("L\(1000 + number)".utf8)
            let text = BatchText(start: UInt32(block.count), length: UInt32(identifier.count), isUnescaped: false)
            let line = RenewalTerms(
                activatedOn: try #require(CivilDate(year: 2023, month: 11, day: 10)), endedOn: nil,
                cycle: try #require(BillingCycle("P1M")),
                price: Money(minorUnits: 900 + Int64(number), currency: .eur))
            batch.subscriptions.append(
                SubscriptionRecord(
                    subscription: text, msisdn: .empty, offer: .empty, paymentMethod: .empty, terms: line,
                    byteOffset: text.start, ordinal: UInt32(ordinal)))
            block += identifier
        }
        table.append(batch, block: block.span, blockOrdinal: 0)
        try #require(table.buildIndex().isEmpty)
        let sieve = ChargeSieve(subscriptions: table, claims: ClaimedPeriods(table), terms: terms)
        let verdicts = RenewalJudge(sieve, audit: terms).judge(rows: 0..<table.count)
        discrepancies = DiscrepancyOrder.sorted(verdicts.discrepancies, subscriptions: table)
        subscriptions = table
    }

    /// What a run plans beside a ledger.
    func plan(_ ledger: ChargeLedger) throws -> LedgerPlan {
        let known = try ledger.openPeriods { identifier, start in
            subscriptions.row(ofAnyIdentifier: Array(identifier.utf8), inForceOn: start).map { .subscription(row: $0) }
                ?? .stranger(Array(identifier.utf8))
        }
        return try ledger.plan(
            discrepancies, subscriptions: subscriptions, policy: .standard, decidedOn: decidedOn, known: known)
    }

    /// Commits a run and leaves it under way.
    @discardableResult
    func prepare(_ ledger: ChargeLedger, act: LedgerLink.Act = .audit, output: String? = nil) throws -> LedgerPlan {
        let plan = try plan(ledger)
        let run = (LedgerRun.all(try ledger.links()).map(\.number).max() ?? 0) + 1
        let draft = LedgerLink.Draft(act: act, run: run, decidedOn: decidedOn, program: "test", output: output)
        _ = try ledger.prepare(
            draft,
            entries: { add in
                try plan.forEachEntry(subscriptions: subscriptions, settlements: []) { try add($0) }
            }, seal: { _ in })
        return plan
    }

    /// The periods of a plan as `line month`.
    func periods(_ plan: LedgerPlan) -> [String] {
        plan.plan.instalments.map { text($0.row, $0.period) }
    }

    /// The uncharged periods as `line month`.
    var uncharged: [String] {
        discrepancies.compactMap { discrepancy in
            guard case .subscription(let row) = discrepancy.subject, let period = discrepancy.period else { return nil }
            return text(row, period)
        }
    }

    private func text(_ row: Int, _ period: BillingPeriod) -> String {
        String(decoding: subscriptions.subscriptionIdentifier(row), as: UTF8.self) + " \(period.start)"
    }
}
