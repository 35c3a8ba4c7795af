import Foundation
import Testing

@testable import BillingFiles

@Suite struct StreamedInputTests {
    static let text = FileFixtures.rows(20_000)

    /// Starts a program that writes `file` into the pipe `fifo`, in pieces.
    static func feed(_ file: String, to fifo: String) throws -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", "dd if='\(file)' of='\(fifo)' bs=1000 2>/dev/null"]
        try process.run()
        return process
    }

    @Test(arguments: ["pipe", "pipe.gz"])
    func aNamedPipeIsReadAndReplayed(name: String) throws {
        let scratch = try ScratchDirectory()
        let stored = name == "pipe" ? Self.text : try FileFixtures.gzip(Self.text, in: scratch)
        let file = try scratch.write(stored, to: "stored")
        try scratch.makePipe(name)
        let feeder = try Self.feed(file, to: scratch.path(name))
        let source = try InputSource(path: scratch.path(name))
        #expect(source.sizeOnDisk == nil)
        #expect(try source.readAll() == Self.text)
        let identity = try source.finish()
        #expect(identity.size == UInt64(stored.count))
        #expect(try identity.sha256 == FileFixtures.sha256sum(file))
        feeder.waitUntilExit()
        let replay = try InputReplay(of: source)
        #expect(try replay.bytes(at: 12_345, count: 100) == Array(Self.text[12_345..<12_445]))
    }

    @Test func aPipeWithoutACopyCannotBeReplayed() throws {
        let scratch = try ScratchDirectory()
        let file = try scratch.write(Self.text, to: "stored")
        try scratch.makePipe("pipe")
        let feeder = try Self.feed(file, to: scratch.path("pipe"))
        let source = try InputSource(path: scratch.path("pipe"), replayable: false)
        #expect(try source.readAll() == Self.text)
        _ = try source.finish()
        feeder.waitUntilExit()
        #expect(throws: InputError.self) { try InputReplay(of: source) }
    }

    /// One test for both, because the process has only one standard input.
    @Test func standardInputIsAPipeOrAFile() throws {
        let scratch = try ScratchDirectory()
        let file = try scratch.write(Self.text, to: "stored")
        let kept = dup(STDIN_FILENO)
        defer {
            dup2(kept, STDIN_FILENO)
            close(kept)
        }

        try scratch.makePipe("pipe")
        let feeder = try Self.feed(file, to: scratch.path("pipe"))
        let pipe = unsafe open(scratch.path("pipe"), O_RDONLY)
        dup2(pipe, STDIN_FILENO)
        close(pipe)
        let source = try InputSource(path: "-")
        #expect(source.displayName == "standard input")
        #expect(try source.readAll() == Self.text)
        #expect(try source.finish().sha256 == FileFixtures.sha256sum(file))
        feeder.waitUntilExit()
        #expect(try InputReplay(of: source).bytes(at: 7, count: 9) == Array(Self.text[7..<16]))

        // A shell may have read the first line already: the input starts where the descriptor stands.
        let opened = unsafe open(file, O_RDONLY)
        lseek(opened, 1000, SEEK_SET)
        dup2(opened, STDIN_FILENO)
        close(opened)
        let rest = try InputSource(path: "-")
        #expect(rest.sizeOnDisk == UInt64(Self.text.count - 1000))
        #expect(try rest.readAll() == Array(Self.text[1000...]))
        #expect(try rest.finish().size == UInt64(Self.text.count - 1000))
        #expect(try InputReplay(of: rest).bytes(at: 5, count: 5) == Array(Self.text[1005..<1010]))
    }
}
