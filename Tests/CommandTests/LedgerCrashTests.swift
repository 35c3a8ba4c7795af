import Foundation
import Testing

/// Killed at any call: the ledger is as before or complete, its files agree with it, and the next run ends where an
/// undisturbed one would have ended.
@Suite(.enabled(if: Strace.isUsable, Strace.missing)) struct LedgerCrashTests {
    enum Place: CaseIterable {
        case new, replaced
    }

    /// The calls that change something on the disk.
    static let names = [
        "mkdirat", "openat", "write", "pwrite64", "fsync", "fdatasync", "ftruncate", "fchmod", "renameat", "renameat2",
        "unlink", "unlinkat",
    ]

    /// The calls of an undisturbed run.
    private static let calls: [Place: Result<[Strace.Call], any Error>] = Dictionary(
        uniqueKeysWithValues: Place.allCases.map { place in
            (
                place,
                Result {
                    let run = try KilledRun(place)
                    let (calls, outcome) = try Strace.calls(of: run.command, names)
                    guard outcome.code == 1 else { throw Command.Failed(text: outcome.report) }
                    try run.expectFinalState("undisturbed")
                    let first = calls.firstIndex { $0.line.contains("/ledger") } ?? 0
                    return Array(calls[first...]).filter { $0.name != "openat" || $0.line.contains("O_CREAT") }
                }
            )
        })

    @Test(arguments: names, Place.allCases)
    func aKill(name: String, place: Place) throws {
        let calls = try #require(Self.calls[place]).get().filter { $0.name == name }
        if ["pwrite64", "fdatasync", "unlink"].contains(name) { #expect(!calls.isEmpty, "the ledger calls \(name)") }
        for call in calls {
            let run = try KilledRun(place)
            let outcome = try Strace.run(run.command, at: call, .signal("SIGKILL"))
            #expect(outcome.code == 137, "\(call.line)\n\(outcome.report)")
            try run.rerun(call.line)
            try run.expectFinalState(call.line)
        }
    }

    /// What fails without a kill leaves the ledger as it was, or complete with the files.
    @Test(
        arguments: [
            ("pwrite64", "ENOSPC"), ("pwrite64", "EIO"), ("fdatasync", "EIO"), ("fsync", "EIO"), ("renameat2", "EIO"),
            ("unlink", "EIO"),
        ], Place.allCases)
    func aFailure(_ failure: (call: String, error: String), place: Place) throws {
        for call in try #require(Self.calls[place]).get().filter({ $0.name == failure.call }) {
            let run = try KilledRun(place)
            let outcome = try Strace.run(run.command, at: call, .error(failure.error))
            #expect([1, 73, 74].contains(outcome.code), "\(call.line)\n\(outcome.report)")
            try run.rerun(call.line)
            try run.expectFinalState(call.line)
        }
    }
}

/// An audit of the sample with a ledger that an earlier audit has begun.
private struct KilledRun {
    let scratch: TemporaryDirectory
    let place: LedgerCrashTests.Place
    let command: Command

    /// The ledger and the folder after an audit of the first months, made once.
    private static let begun: Result<[UInt8], any Error> = Result {
        let scratch = try TemporaryDirectory()
        let arguments = Rinnovo.audit(
            Sample.subscriptions, [Sample.charges], to: "2025-09-01", output: scratch.path("first"))
        let outcome = try Rinnovo.command(arguments + ["--ledger", scratch.path("ledger")]).run()
        guard outcome.code == 1 else { throw Command.Failed(text: outcome.report) }
        return try scratch.bytes(of: "ledger")
    }

    init(_ place: LedgerCrashTests.Place) throws {
        scratch = try TemporaryDirectory()
        self.place = place
        // A new ledger where the output is new as well, and one that has a run where files are replaced.
        if place == .replaced {
            try scratch.write(Self.begun.get(), to: "ledger")
            try scratch.makeDirectory("out")
            try scratch.write("old", to: "out/discrepancies.csv")
        }
        let arguments = Sample.audit(output: scratch.path("out"), "--ledger", scratch.path("ledger"), "--threads", "1")
        command = try Rinnovo.command(place == .replaced ? arguments + ["--force"] : arguments)
    }

    /// Whether the ledger says that the run has published its files.
    private func isPublished() throws -> Bool {
        guard try scratch.names().contains("ledger") else { return false }
        let listed = try Rinnovo.run("ledger", "list", "--ledger", scratch.path("ledger"))
        return listed.output.split(separator: "\n").contains { $0.contains("published") && $0.hasSuffix("/out") }
    }

    /// Runs the same once more, unless the ledger says that it was done.
    func rerun(_ text: String) throws {
        if try isPublished() { return }
        let outcome = try command.run()
        #expect(
            outcome.code == 1 || outcome.code == 73 && outcome.error.contains("published all its files"),
            "\(text)\n\(outcome.report)")
    }

    /// One directory with all recovery charges, a ledger that knows them once and holds, and nothing besides.
    func expectFinalState(_ text: String) throws {
        let ledger = scratch.path("ledger")
        let verified = try Rinnovo.run("ledger", "verify", "--ledger", ledger)
        #expect(verified.code == 0, "\(text)\n\(verified.report)")
        #expect(try isPublished(), "\(text)")
        let exported = try CSVTable(Rinnovo.run("ledger", "export", "--ledger", ledger).outputBytes)
            .values("run_state", "act", "subscription_id", "period_start")
            .filter { $0[0] == "published" && $0[1] == "planned" }.map {
                "R-\($0[2])-\($0[3].replacing("-", with: ""))"
            }
        let all = try #require(try Sample.audited.get().files(in: "out"))["recovery-charges.csv"]
        #expect(exported.sorted() == identifiers(all).sorted(), "\(text)")
        let written = try scratch.bytes(of: "out/recovery-charges.csv")
        let earlier = place == .replaced ? Set(try Self.earlier.get()) : []
        #expect(identifiers(written) == identifiers(all).filter { !earlier.contains($0) }, "\(text)")
        let names = try scratch.names().filter { $0 != "out" && !$0.hasPrefix(".out.rinnovo-replaced-") }
        #expect(names == ["ledger"], "\(text)")
    }

    /// The recovery charges of the audit of the first months.
    private static let earlier: Result<[String], any Error> = Result {
        let scratch = try TemporaryDirectory()
        try scratch.write(begun.get(), to: "ledger")
        return try CSVTable(Rinnovo.run("ledger", "export", "--ledger", scratch.path("ledger")).outputBytes)
            .values("act", "subscription_id", "period_start").filter { $0[0] == "planned" }
            .map { "R-\($0[1])-\($0[2].replacing("-", with: ""))" }
    }

    private func identifiers(_ bytes: [UInt8]?) -> [String] {
        String(decoding: bytes ?? [], as: UTF8.self).split(separator: "\n").dropFirst()
            .map { String($0.split(separator: ",")[0]) }
    }
}
