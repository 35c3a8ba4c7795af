import Foundation
import Testing

/// The same input gives the same bytes in every output but the manifest.
@Suite struct DeterminismTests {
    /// Ways to run the same audit: more arguments, and variables of the environment.
    static let ways: [(arguments: [String], environment: [String: String?])] = [
        ([], [:]), (["--threads", "1"], [:]), (["--threads", "2"], [:]), (["--threads", "8"], [:]),
        ([], ["TZ": "Pacific/Kiritimati"]), ([], ["TZ": "America/Los_Angeles", "LANG": "de_DE.UTF-8"]),
        (["--threads", "3"], ["LC_ALL": "tr_TR.UTF-8", "TZ": nil]), (["--verbose"], ["HOME": nil, "LANG": nil]),
    ]

    @Test(arguments: ways)
    func theBytesAreTheSame(arguments: [String], environment: [String: String?]) throws {
        let reference = try #require(try Sample.audited.get().files(in: "out"))
        let scratch = try TemporaryDirectory()
        var command = try Rinnovo.command(Sample.audit(output: scratch.path("out")) + arguments)
        command.environment = environment
        let outcome = try command.run()
        #expect(outcome.code == 1, "\(outcome.report)")
        let files = try #require(try scratch.files(in: "out"))
        #expect(Set(files.keys) == Set(reference.keys))
        for (name, bytes) in files where name != "manifest.json" {
            #expect(bytes == reference[name], "\(name) differs")
        }
    }

    /// Many small rows, so that several blocks and threads have work.
    @Test func theBytesAreTheSameForManyBlocks() throws {
        let scratch = try TemporaryDirectory()
        let body = try Sample.chargeText().split(separator: "\n", omittingEmptySubsequences: true)
        var text = body[0] + "\n"
        for copy in 0..<12 { for row in body.dropFirst() { text += "\(copy)-\(row)\n" } }
        let charges = try scratch.write(String(text), to: "charges.csv")
        var all: [[String: [UInt8]]] = []
        for threads in ["1", "2", "7"] {
            let output = scratch.path("out-\(threads)")
            let outcome = try Rinnovo.command(
                Rinnovo.audit(Sample.subscriptions, [charges], output: output, "--threads", threads)
            ).run()
            #expect(outcome.code == 1, "\(outcome.report)")
            var files = try #require(try scratch.files(in: "out-\(threads)"))
            files["manifest.json"] = nil
            all.append(files)
        }
        #expect(all[0] == all[1])
        #expect(all[0] == all[2])
    }
}
