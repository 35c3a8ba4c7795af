import Foundation
import Testing

/// A run that is stopped while its input is still coming leaves nothing.
@Suite struct InterruptionTests {
    @Test(arguments: [SIGTERM, SIGINT, SIGHUP])
    func stoppedWhileReading(signal: Int32) throws {
        let scratch = try TemporaryDirectory()
        let command = try Rinnovo.command(
            Rinnovo.audit(Sample.subscriptions, ["-"], output: scratch.path("out")))
        let process = Process()
        let input = Pipe()
        process.executableURL = URL(fileURLWithPath: command.program)
        process.arguments = command.arguments
        process.environment = command.fullEnvironment
        process.standardInput = input
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try Command.start(process)
        let limit = Deadline(process.processIdentifier, seconds: 20)
        // Half of the charges, and then nothing: the program waits for the rest.
        input.fileHandleForWriting.write(Data(try Sample.chargeBytes().prefix(60_000)))
        let deadline = ContinuousClock.now + .seconds(10)
        while try scratch.names() == [], ContinuousClock.now < deadline { usleep(5_000) }
        let staged = try scratch.names()
        #expect(staged.count == 1 && staged[0].hasPrefix(".out.rinnovo-"), "\(staged)")
        #expect(process.isRunning)
        kill(process.processIdentifier, signal)
        process.waitUntilExit()
        #expect(!limit.cancel(), "the program did not end")
        #expect(process.terminationReason == .uncaughtSignal)
        #expect(process.terminationStatus == signal)
        #expect(try scratch.names() == [])
    }

    /// A reader that goes away is no crash and leaves no half of an answer behind under a final name.
    @Test func aReaderThatGoesAway() throws {
        let scratch = try TemporaryDirectory()
        let words = [try Rinnovo.command([]).program] + Sample.audit(output: scratch.path("out"), "--verbose")
        let quoted = words.map { "'\($0)'" }.joined(separator: " ")
        let text = try Command.shell("{ \(quoted); echo $? >&3; } 3>'\(scratch.path("code"))' | head -c 1")
        #expect(text.count == 1)
        let code = try scratch.text(of: "code").trimmingCharacters(in: .whitespacesAndNewlines)
        // The summary may still have fitted into the pipe.
        #expect(["1", "74", "141"].contains(code))
        #expect(try scratch.names() == ["code", "out"])
        #expect(Set(try scratch.names(in: "out")).isSuperset(of: Sample.outputs))
    }
}
