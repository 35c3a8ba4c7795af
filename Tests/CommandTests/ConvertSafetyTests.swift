import Foundation
import Testing

/// A conversion that fails or is stopped leaves nothing under the name of its output, and takes little memory.
@Suite struct ConvertSafetyTests {
    private let scratch: TemporaryDirectory

    init() throws {
        scratch = try TemporaryDirectory()
    }

    private func command(_ arguments: String...) throws -> Command {
        var command = try Rinnovo.command(["convert"] + arguments)
        command.directory = scratch.path
        return command
    }

    @Test(arguments: [SIGTERM, SIGINT, SIGHUP], ["out.xml", "out.csv.zst"])
    func stoppedWhileReading(signal: Int32, output: String) throws {
        let command = try command("-", output)
        let process = Process()
        let input = Pipe()
        process.executableURL = URL(fileURLWithPath: command.program)
        process.arguments = command.arguments
        process.environment = command.fullEnvironment
        process.currentDirectoryURL = URL(fileURLWithPath: scratch.path)
        process.standardInput = input
        process.standardError = FileHandle.nullDevice
        try Command.start(process)
        let limit = Deadline(process.processIdentifier, seconds: 20)
        input.fileHandleForWriting.write(Data(try Sample.chargeBytes().prefix(60_000)))
        let deadline = ContinuousClock.now + .seconds(10)
        while try scratch.names() == [], ContinuousClock.now < deadline { usleep(5_000) }
        // Once it waits for more input, and not in the instant in which the hidden directory is made.
        usleep(200_000)
        #expect(try scratch.names().allSatisfy { $0.hasPrefix(".\(output).rinnovo-") })
        kill(process.processIdentifier, signal)
        process.waitUntilExit()
        #expect(!limit.cancel(), "the program did not end")
        #expect(process.terminationStatus == signal)
        #expect(try scratch.names() == [])
    }

    static let failures: [(call: String, error: String)] = [
        ("openat", "EMFILE"), ("write", "ENOSPC"), ("fsync", "EIO"), ("fchmod", "EPERM"), ("renameat2", "EIO"),
    ]

    @Test(.enabled(if: Strace.isUsable, Strace.missing), arguments: failures, ["out.xml", "out.xml.gz"])
    func aFailure(_ failure: (call: String, error: String), output: String) throws {
        let command = try command(Sample.charges, output, "--threads", "1")
        let (calls, outcome) = try Strace.calls(of: command, [failure.call, "openat"])
        #expect(outcome.code == 0, "\(outcome.report)")
        let written = try scratch.bytes(of: output)
        let first = calls.firstIndex { $0.line.contains("/charges.csv\"") } ?? 0
        for call in calls[first...] where call.name == failure.call {
            try FileManager.default.removeItem(atPath: scratch.path(output))
            let outcome = try Strace.run(command, at: call, .error(failure.error))
            let text = "\(call.line)\n\(outcome.report)"
            // The report itself may be what could not be written, or an early removal of leftovers failed: then the
            // output is whole.
            if try scratch.names().contains(output) {
                #expect(try scratch.bytes(of: output) == written, "\(text)")
            } else {
                #expect([66, 73, 74].contains(outcome.code), "\(text)")
                try scratch.write("", to: output)
            }
            #expect(try scratch.names() == [output], "\(text)")
        }
    }

    @Test(.enabled(if: Strace.isUsable, Strace.missing), arguments: ["write", "fsync", "renameat2"])
    func aKill(name: String) throws {
        let command = try command(Sample.charges, "out.xml", "--threads", "1", "--force")
        let (calls, _) = try Strace.calls(of: command, [name])
        let written = try scratch.bytes(of: "out.xml")
        for call in calls {
            try scratch.write("old", to: "out.xml")
            #expect(try Strace.run(command, at: call, .signal("SIGKILL")).code == 137)
            let present = try scratch.bytes(of: "out.xml")
            #expect(present == Array("old".utf8) || present == written, "\(call.line)")
            // The next run clears up what the dead one left.
            #expect(try command.run().code == 0)
            #expect(try scratch.names() == ["out.xml"], "\(call.line)")
        }
    }

    /// Rows of empty fields grow most: 9 bytes become 290.
    @Test(arguments: ["1", "4"])
    func memoryStaysFlat(threads: String) throws {
        let header = "charge_id,subscription_id,kind,charged_on,period_start,period_end,amount,currency,status\n"
        try scratch.write(header + String(repeating: ",,,,,,,,\n", count: 400_000), to: "c.csv")
        var command = try command("c.csv", "-", "--to", "xml", "--threads", threads)
        command.outputPath = "/dev/null"
        command.memoryLimit = 96 << 20
        let outcome = try command.run()
        #expect(outcome.code == 0, "\(outcome.report)")
        #expect(outcome.error.contains("400,000 charges"))
    }

    /// Names of columns may be long, and each stands twice in every record.
    @Test func longNamesTakeNoMoreMemory() throws {
        let names = (0..<200).map { String(repeating: "n", count: 1000) + "\($0)" }
        let header = (["subscription_id", "event", "effective_on", "until", "value"] + names).joined(separator: ",")
        let row = String(repeating: ",", count: 204) + "\n"
        try scratch.write(header + "\n" + String(repeating: row, count: 500), to: "e.csv")
        var command = try command("e.csv", "-", "--to", "xml", "--threads", "2")
        command.outputPath = "/dev/null"
        command.memoryLimit = 96 << 20
        let outcome = try command.run()
        #expect(outcome.code == 0, "\(outcome.report)")
    }
}
