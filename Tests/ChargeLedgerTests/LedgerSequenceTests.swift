import ArrearsRecovery
import BillingRecords
import BillingValues
import Foundation
import RenewalAudit
import TestSupport
import Testing

@testable import ChargeLedger

/// Over any sequence of runs that overlap, no period is planned twice and none is lost.
@Suite("ChargeLedger over random sequences of runs")
struct LedgerSequenceTests {
    /// Everything that the ledger should know, as simply as it can be said.
    private struct Model {
        /// The periods that were planned, each with its run.
        var planned: [String: Int] = [:]
        /// The runs whose plans wait for approval.
        var proposed: Set<Int> = []
        var runs = 0
    }

    @Test("10,000 sequences against a plain model")
    func sequences() throws {
        var mismatches = Mismatches()
        var kinds: [String: Int] = [:]
        let parts = 2
        let results = try (0..<parts).map { part in try Self.run(10_000 / parts, seed: testSeed &+ UInt64(part)) }
        for result in results {
            for (text, count) in result.kinds { kinds[text, default: 0] += count }
            for text in result.wrong { mismatches.check(false, text) }
        }
        #expect(mismatches.count == 0, "seed \(testSeed): \(mismatches.shown)")
        // Each kind of step must have been tried often.
        for kind in ["published", "withdrawn", "proposed", "rejected", "released", "killed", "nothing new"] {
            #expect(kinds[kind, default: 0] > 500, "\(kind): \(kinds)")
        }
    }

    private static func run(_ count: Int, seed: UInt64) throws -> (kinds: [String: Int], wrong: [String]) {
        var random = SplitMix64(seed: seed)
        var kinds: [String: Int] = [:]
        var wrong: [String] = []
        let folder = try LedgerFolder()
        for sequence in 0..<count {
            // On a device in one of fifty, where it can be closed and opened again.
            let isOnDevice = sequence % 50 == 0
            if isOnDevice { try? FileManager.default.removeItem(atPath: folder.path) }
            var ledger = isOnDevice ? try folder.open() : try ChargeLedger()
            var model = Model()
            for step in 0..<random.number(2...6) {
                let place = "sequence \(sequence) step \(step)"
                if let run = model.proposed.randomElement(using: &random), random.once(in: 3) {
                    wrong += try decide(run, ledger, &model, &kinds, &random).map { "\(place): \($0)" }
                } else {
                    wrong += try audit(ledger, &model, &kinds, &random).map { "\(place): \($0)" }
                }
                if isOnDevice, random.once(in: 3) { ledger = try reopened(&ledger, folder) }
            }
            let periods = try ledger.openPeriods { name, _ in .stranger(Array(name.utf8)) }
                .map { "\($0.subscription) \($0.period.start)" }
            if Set(periods) != Set(model.planned.keys) || periods.count != model.planned.count {
                wrong.append("sequence \(sequence): \(periods) but \(model.planned)")
            }
            if sequence % 10 == 0 {
                let faults = try ledger.verify()
                if !faults.isEmpty { wrong.append("sequence \(sequence): \(faults)") }
            }
        }
        return (kinds, wrong)
    }

    private static func reopened(_ ledger: inout ChargeLedger, _ folder: LedgerFolder) throws -> ChargeLedger {
        // The lock of the first must be let go of before the second asks for it.
        ledger = try ChargeLedger()
        return try folder.open()
    }

    /// One audit: planned, then published, withdrawn, or left and settled by the next.
    private static func audit(
        _ ledger: ChargeLedger, _ model: inout Model, _ kinds: inout [String: Int], _ random: inout SplitMix64
    ) throws -> [String] {
        let numbers = (0..<4).filter { _ in random.once(in: 2) }
        let from = random.number(1...5)
        let lines = try UnpaidLines(numbers.isEmpty ? [0] : numbers, months: from..<random.number((from + 1)...7))
        let isProposal = random.once(in: 3)
        let plan = try lines.prepare(ledger, act: isProposal ? .proposal : .audit)
        model.runs += 1
        let expected = lines.uncharged.filter { model.planned[$0] == nil }
        let planned = lines.periods(plan)
        var wrong: [String] = []
        if planned != expected { wrong.append("planned \(planned), expected \(expected)") }
        if plan.plannedBefore.records != lines.uncharged.count - expected.count { wrong.append("planned before") }
        if expected.isEmpty { kinds["nothing new", default: 0] += 1 }
        if random.once(in: 4) { kinds["killed", default: 0] += 1 }
        let published = !random.once(in: 4)
        try ledger.conclude(published: published)
        kinds[!published ? "withdrawn" : isProposal ? "proposed" : "published", default: 0] += 1
        guard published else { return wrong }
        for period in planned { model.planned[period] = model.runs }
        if isProposal { model.proposed.insert(model.runs) }
        return wrong
    }

    /// A proposal is released or rejected.
    private static func decide(
        _ run: Int, _ ledger: ChargeLedger, _ model: inout Model, _ kinds: inout [String: Int],
        _ random: inout SplitMix64
    ) throws -> [String] {
        let day = try #require(CivilDate(year: 2024, month: 9, day: 1))
        let proposed = try ledger.proposedPeriods(ofRun: run)
        let texts = Set(proposed.map { "\($0.subscription) \($0.period.start)" })
        let expected = Set(model.planned.filter { $0.value == run }.keys)
        var wrong = texts == expected ? [] : ["proposed \(texts), expected \(expected)"]
        if random.once(in: 2) {
            try ledger.reject(run: run, by: "Ada", on: day, program: "test")
            model.planned = model.planned.filter { $0.value != run }
            model.proposed.remove(run)
            kinds["rejected", default: 0] += 1
            return wrong
        }
        let draft = LedgerLink.Draft(act: .release, run: run, decidedOn: day, by: "Ada", program: "test")
        _ = try ledger.prepare(
            draft,
            entries: { add in
                for entry in proposed {
                    try add(
                        LedgerEntry(
                            act: .written, subscription: entry.subscription, period: entry.period,
                            amount: entry.amount, day: entry.day))
                }
            }, seal: { _ in })
        let published = !random.once(in: 3)
        try ledger.conclude(published: published)
        if published {
            model.proposed.remove(run)
            kinds["released", default: 0] += 1
        }
        let state = LedgerRun.all(try ledger.links()).first { $0.number == run }?.state
        if state != (published ? .released : .proposed) { wrong.append("state \(String(describing: state))") }
        return wrong
    }
}
