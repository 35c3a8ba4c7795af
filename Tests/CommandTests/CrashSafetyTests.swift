import Foundation
import Testing

/// Whatever fails, and whenever the program is killed: nothing partial stands under a final name, and nothing is lost.
@Suite(.enabled(if: Strace.isUsable, Strace.missing)) struct CrashSafetyTests {
    /// Whether the output is new, or takes the place of an old one that also holds a file of somebody else.
    enum Place: CaseIterable {
        case new, replaced
    }

    /// The system calls by which an output comes to be.
    private static let names = [
        "openat", "pread64", "write", "fsync", "fchmod", "close", "mkdirat", "renameat", "renameat2", "unlinkat",
    ]

    /// The calls of a run, once it has opened its first input.
    private static let calls: [Place: Result<[Strace.Call], any Error>] = Dictionary(
        uniqueKeysWithValues: Place.allCases.map { place in
            (
                place,
                Result {
                    let audit = try Audit(place)
                    let (calls, outcome) = try Strace.calls(of: audit.command, names)
                    guard outcome.code == 1 else { throw Command.Failed(text: outcome.report) }
                    try audit.expectNewOutput()
                    let first = calls.firstIndex { $0.line.contains("/subscriptions.csv\"") } ?? 0
                    return Array(calls[first...])
                }
            )
        })

    private func calls(_ name: String, _ place: Place) throws -> [Strace.Call] {
        try #require(Self.calls[place]).get().filter { $0.name == name }
    }

    static let errors: [(call: String, error: String)] = [
        ("openat", "EMFILE"), ("pread64", "EIO"), ("write", "ENOSPC"), ("write", "EIO"), ("fsync", "EIO"),
        ("fchmod", "EPERM"), ("close", "EIO"), ("mkdirat", "ENOSPC"), ("renameat", "EIO"), ("renameat2", "EIO"),
        ("unlinkat", "EIO"),
    ]

    @Test(arguments: errors, Place.allCases)
    func aFailure(_ failure: (call: String, error: String), place: Place) throws {
        let calls = try calls(failure.call, place)
        // Nothing is removed or renamed away where nothing was.
        if place == .replaced || !["renameat", "unlinkat"].contains(failure.call) { #expect(!calls.isEmpty) }
        for call in calls {
            let audit = try Audit(place)
            let outcome = try Strace.run(audit.command, at: call, .error(failure.error))
            let text = "\(call.line)\n\(outcome.report)"
            #expect([1, 66, 73, 74].contains(outcome.code), "\(text)")
            let isNew = try audit.expectOldOrNewOutput(text)
            if outcome.code == 1 { #expect(isNew, "\(text)") }
            // Writes are counted thread by thread, so the one that would have told the error may be hit as well.
            let isUntold = failure.call == "write" && outcome.error.isEmpty
            if outcome.code > 64 && !isUntold {
                #expect(outcome.error.contains("rinnovo: error: "), "\(text)")
            }
            let hidden = try audit.hidden()
            // When the clearing up itself fails, the message says where the old files are.
            if failure.call == "unlinkat" || outcome.error.contains("what it held before is in") {
                #expect(hidden.count <= 1, "\(text)")
            } else {
                #expect(hidden == [], "\(text)")
            }
        }
    }

    /// Writing and its bytes on the device are never taken for granted.
    @Test(arguments: [("write", "ENOSPC"), ("fsync", "EIO")])
    func aDiskThatFailsIsNeverASuccess(call: String, error: String) throws {
        for call in try calls(call, .new) {
            let audit = try Audit(.new)
            let outcome = try Strace.run(audit.command, at: call, .error(error))
            #expect(outcome.code == 74, "\(call.line)\n\(outcome.report)")
        }
    }

    @Test(arguments: ["mkdirat", "write", "fsync", "renameat", "renameat2", "unlinkat"], Place.allCases)
    func aKill(name: String, place: Place) throws {
        for call in try calls(name, place) {
            let audit = try Audit(place)
            let outcome = try Strace.run(audit.command, at: call, .signal("SIGKILL"))
            #expect(outcome.code == 137, "\(call.line)\n\(outcome.report)")
            _ = try audit.expectOldOrNewOutput(call.line)
            let hidden = try audit.hidden()
            #expect(hidden.count <= 1, "\(call.line)")
            // The next run finishes what the dead one left; only old files that it had set aside stay, for a person.
            let next = try audit.again()
            #expect(next.code == 1, "\(call.line)\n\(next.report)")
            try audit.expectNewOutput(call.line)
            #expect(try audit.hidden().allSatisfy { $0.hasPrefix(".out.rinnovo-replaced-") }, "\(call.line)")
            if !(name == "renameat2" || name == "unlinkat" || call.line.contains("rinnovo-replaced")) {
                #expect(try audit.hidden() == [] || place == .replaced && name == "fsync", "\(call.line)")
            }
        }
    }

    @Test(arguments: ["SIGTERM", "SIGINT", "SIGHUP"], Place.allCases)
    func aSignal(_ signal: String, place: Place) throws {
        // Not in the instant in which the staging directory is made: that one the next run removes.
        for name in ["write", "fsync", "renameat", "renameat2", "unlinkat"] {
            let calls = try calls(name, place)
            for call in calls.enumerated().filter({ $0.offset % 3 == 0 }).map(\.element) {
                let audit = try Audit(place)
                let outcome = try Strace.run(audit.command, at: call, .signal(signal))
                #expect(outcome.code > 128, "\(call.line)\n\(outcome.report)")
                _ = try audit.expectOldOrNewOutput(call.line)
                #expect(try audit.hidden() == [], "\(call.line)")
            }
        }
    }
}

/// An audit of the sample in a directory of its own.
private struct Audit {
    let scratch: TemporaryDirectory
    let place: CrashSafetyTests.Place
    let command: Command

    private static let old: [String: [UInt8]] = [
        "notes.txt": Array("of somebody else".utf8), "summary.json": Array("old".utf8),
        "discrepancies.csv": Array("old".utf8),
    ]

    init(_ place: CrashSafetyTests.Place) throws {
        scratch = try TemporaryDirectory()
        self.place = place
        let arguments = Sample.audit(output: scratch.path("out"), "--threads", "1")
        command = try Rinnovo.command(place == .replaced ? arguments + ["--force"] : arguments)
        guard place == .replaced else { return }
        try scratch.makeDirectory("out")
        for (name, bytes) in Self.old { try scratch.write(bytes, to: "out/\(name)") }
    }

    /// Runs the same audit once more, undisturbed.
    func again() throws -> Command.Outcome {
        var again = command
        if place == .new { again.arguments.append("--force") }
        return try again.run()
    }

    /// The names beside the output.
    func hidden() throws -> [String] { try scratch.names().filter { $0 != "out" } }

    func expectNewOutput(_ text: String = "") throws {
        #expect(try expectOldOrNewOutput(text), "\(text)")
    }

    /// Under the final name there is what was there before, or the whole of the new output; says whether the latter.
    func expectOldOrNewOutput(_ text: String) throws -> Bool {
        let present = try scratch.files(in: "out")
        if place == .replaced {
            // Somebody else's file is in the output, or for a while in the directory that was set aside.
            let homes = try ["out"] + hidden()
            let notes = try homes.filter { try scratch.names(in: $0).contains("notes.txt") }
            #expect(notes.count == 1, "\(notes) \(text)")
        }
        if present == (place == .replaced ? Self.old : nil) { return false }
        var files = try #require(present, "the old output is gone: \(text)")
        files["notes.txt"] = nil
        var expected = try #require(try Sample.audited.get().files(in: "out"))
        #expect(Set(files.keys) == Set(expected.keys), "\(text)")
        let manifest = files.removeValue(forKey: "manifest.json")
        expected["manifest.json"] = nil
        #expect(files == expected, "a file differs: \(text)")
        #expect(throws: Never.self, "\(text)") { try JSONSerialization.jsonObject(with: Data(manifest ?? [])) }
        return true
    }
}
