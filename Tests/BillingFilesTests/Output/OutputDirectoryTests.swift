import Foundation
import Testing

@testable import BillingFiles

@Suite struct OutputDirectoryTests {
    /// Writes files into a new output, without publishing it.
    static func stage(
        _ files: [String: String], at path: String, replacing: Bool = false, inputs: [FileIdentity] = [],
        usesRenameFlags: Bool = true
    ) throws -> OutputDirectory {
        let directory = try OutputDirectory(
            path: path, replacing: replacing, inputs: inputs, usesRenameFlags: usesRenameFlags)
        for (name, text) in files.sorted(by: { $0.key < $1.key }) {
            let file = try directory.createFile(named: name)
            try file.append(text)
            _ = try file.finish()
        }
        return directory
    }

    static func text(_ scratch: ScratchDirectory, _ name: String) throws -> String {
        String(decoding: try scratch.bytes(of: name), as: UTF8.self)
    }

    static func permissions(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    @Test(arguments: [true, false], ["fresh", "empty"])
    func nothingIsVisibleBeforePublication(usesRenameFlags: Bool, place: String) throws {
        let scratch = try ScratchDirectory()
        if place == "empty" {
            try FileManager.default.createDirectory(
                atPath: scratch.path("out"), withIntermediateDirectories: false, attributes: [.posixPermissions: 0o750])
        }
        let directory = try Self.stage(
            ["a.csv": "1\n", "b.csv": "2\n"], at: scratch.path("out/"), usesRenameFlags: usesRenameFlags)
        #expect(FileManager.default.fileExists(atPath: scratch.path("out")) == (place == "empty"))
        #expect(!FileManager.default.fileExists(atPath: scratch.path("out/a.csv")))
        let hidden = try #require(try scratch.names().first { $0.hasPrefix(".out.rinnovo-") })
        #expect(try Self.permissions(scratch.path(hidden)) == 0o700)
        try directory.publish()
        #expect(try scratch.names() == ["out"])
        #expect(try scratch.names(in: "out") == ["a.csv", "b.csv"])
        #expect(try Self.text(scratch, "out/a.csv") == "1\n")
        let mask = Int(ProcessDefaults.mask)
        #expect(try Self.permissions(scratch.path("out")) == (place == "empty" ? 0o750 : 0o777 & ~mask))
        #expect(try Self.permissions(scratch.path("out/a.csv")) == 0o666 & ~mask)
        directory.discard()
        #expect(try scratch.names(in: "out") == ["a.csv", "b.csv"])
        #expect(throws: OutputError.self) { try directory.publish() }
    }

    @Test func aDirectoryWithFilesIsRefused() throws {
        let scratch = try ScratchDirectory()
        let path = scratch.path("out")
        try Self.stage(["old.csv": "old"], at: path).publish()
        #expect(throws: OutputError.alreadyExists(path: path)) { try OutputDirectory(path: path, replacing: false) }
        #expect(try scratch.names() == ["out"])
    }

    @Test(arguments: [true, false])
    func replacingKeepsForeignFiles(usesRenameFlags: Bool) throws {
        let scratch = try ScratchDirectory()
        let path = scratch.path("out")
        try Self.stage(["a.csv": "old", "stale.csv": "stale"], at: path).publish()
        try scratch.write([42], to: "out/.hidden")
        _ = try FileFixtures.shell("cd '\(path)' && mkdir deep && echo x > deep/file && ln -s nowhere link")
        _ = try FileFixtures.shell("cd '\(path)' && touch \"$(printf 'not\\377utf8')\" && chmod 2770 .")
        let directory = try Self.stage(
            ["a.csv": "new", "b.csv": "new"], at: path, replacing: true, usesRenameFlags: usesRenameFlags)
        #expect(try Self.text(scratch, "out/a.csv") == "old")
        try directory.publish()
        #expect(try scratch.names() == ["out"])
        #expect(try Self.text(scratch, "out/a.csv") == "new")
        #expect(try Self.text(scratch, "out/b.csv") == "new")
        #expect(try Self.text(scratch, "out/stale.csv") == "stale")
        #expect(try Self.text(scratch, "out/deep/file") == "x\n")
        #expect(try scratch.bytes(of: "out/.hidden") == [42])
        #expect(try FileFixtures.shell("cd '\(path)' && readlink link && ls -A | wc -l") == "nowhere\n7\n")
        #expect(try FileFixtures.shell("stat -c %a '\(path)'") == "2770\n")
    }

    @Test func aDirectoryFilledMeanwhileIsRefusedAtPublication() throws {
        let scratch = try ScratchDirectory()
        let path = scratch.path("out")
        let directory = try Self.stage(["a.csv": "mine"], at: path)
        try Self.stage(["a.csv": "theirs"], at: path).publish()
        #expect(throws: OutputError.alreadyExists(path: path)) { try directory.publish() }
        directory.discard()
        #expect(try Self.text(scratch, "out/a.csv") == "theirs")
        #expect(try scratch.names() == ["out"])
    }

    @Test(arguments: ["file", "full", "dangling", "missing/out", "", "a\0b", "file/out"])
    func aPlaceThatDoesNotFitIsRefused(name: String) throws {
        let scratch = try ScratchDirectory()
        try scratch.write([1], to: "file")
        try FileManager.default.createSymbolicLink(atPath: scratch.path("full"), withDestinationPath: "/dev/full")
        try FileManager.default.createSymbolicLink(atPath: scratch.path("dangling"), withDestinationPath: "nowhere")
        let error = #expect(throws: OutputError.self) {
            try OutputDirectory(path: name.isEmpty ? "" : scratch.path(name), replacing: true)
        }
        guard case .cannotCreate = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(try scratch.names() == ["dangling", "file", "full"])
    }

    @Test func anInputIsNeverReplaced() throws {
        let scratch = try ScratchDirectory()
        let path = scratch.path("out")
        try Self.stage(["charges.csv": "input"], at: path).publish()
        let input = try InputSource(path: scratch.path("out/charges.csv")).identity
        #expect(throws: OutputError.wouldReplaceInput(path: scratch.path("out/charges.csv"))) {
            try OutputDirectory(path: scratch.path("out/charges.csv"), replacing: true, inputs: [input])
        }
        let directory = try OutputDirectory(path: path, replacing: true, inputs: [input])
        #expect(throws: OutputError.wouldReplaceInput(path: scratch.path("out/charges.csv"))) {
            try directory.createFile(named: "charges.csv")
        }
        // By another name it stays an input, and a link to it does too.
        try FileManager.default.createSymbolicLink(
            atPath: scratch.path("out/link.csv"), withDestinationPath: "charges.csv")
        #expect(throws: OutputError.self) { try directory.createFile(named: "link.csv") }
        _ = try directory.createFile(named: "other.csv").finish()
        try directory.publish()
        #expect(try Self.text(scratch, "out/charges.csv") == "input")
        #expect(try InputSource(path: scratch.path("out/charges.csv")).identity == input)
    }

    @Test func aDirectoryInTheWayOfAFileIsRefused() throws {
        let scratch = try ScratchDirectory()
        _ = try FileFixtures.shell("mkdir -p '\(scratch.path("out/a.csv"))'")
        let directory = try OutputDirectory(path: scratch.path("out"), replacing: true)
        #expect(throws: OutputError.self) { try directory.createFile(named: "a.csv") }
    }

    @Test func aLinkToADirectoryStaysALink() throws {
        let scratch = try ScratchDirectory()
        _ = try FileFixtures.shell("cd '\(scratch.path)' && mkdir -p elsewhere/real && ln -s elsewhere/real out")
        let directory = try Self.stage(["a.csv": "1"], at: scratch.path("out"))
        #expect(directory.path.hasSuffix("/elsewhere/real"))
        try directory.publish()
        #expect(try FileFixtures.shell("readlink '\(scratch.path("out"))'") == "elsewhere/real\n")
        #expect(try scratch.names(in: "elsewhere") == ["real"])
        #expect(try Self.text(scratch, "out/a.csv") == "1")
    }

    @Test(arguments: ["", ".", "..", "a/b", "../a", "a\0b"])
    func aFileNameIsOneComponent(name: String) throws {
        let scratch = try ScratchDirectory()
        let directory = try OutputDirectory(path: scratch.path("out"), replacing: false)
        #expect(throws: OutputError.self) { try directory.createFile(named: name) }
    }

    @Test func discardAndTheLastReferenceLeaveNothing() throws {
        let scratch = try ScratchDirectory()
        let directory = try Self.stage(["a.csv": "1"], at: scratch.path("out"))
        _ = try directory.createFile(named: "unfinished.csv")
        directory.discard()
        #expect(try scratch.names().isEmpty)
        #expect(throws: OutputError.self) { try directory.createFile(named: "late.csv") }
        _ = try Self.stage(["a.csv": "1"], at: scratch.path("out"))
        #expect(try scratch.names().isEmpty)
    }

    @Test func anUnfinishedOrRepeatedFileIsNotPublished() throws {
        let scratch = try ScratchDirectory()
        let directory = try OutputDirectory(path: scratch.path("out"), replacing: false)
        let file = try directory.createFile(named: "a.csv")
        #expect(throws: OutputError.alreadyExists(path: "\(directory.path)/a.csv")) {
            try directory.createFile(named: "a.csv")
        }
        #expect(throws: OutputError.self) { try directory.publish() }
        #expect(try scratch.names(in: "").allSatisfy { $0.hasPrefix(".") })
        _ = try file.finish()
        try directory.publish()
        #expect(try scratch.names() == ["out"])
    }

    @Test func aDirectoryThatCannotBeRenamedIsFilledFromInside() throws {
        let scratch = try ScratchDirectory()
        let path = scratch.path("out")
        try Self.stage(["a.csv": "old", "foreign": "kept"], at: path).publish()
        // The working directory is that of all tests at once, so the mount is what can be made, where it may be.
        guard (try? FileFixtures.shell("mount -t tmpfs -o size=64k none '\(path)' 2>/dev/null")) != nil else { return }
        defer { _ = try? FileFixtures.shell("umount -l '\(path)'") }
        let directory = try Self.stage(["b.csv": "new", "c.csv": "new"], at: path)
        #expect(try scratch.names() == ["out"])
        #expect(try scratch.names(in: "out").allSatisfy { $0.hasPrefix(".out.rinnovo-") })
        try directory.publish()
        #expect(try scratch.names(in: "out") == ["b.csv", "c.csv"])
        let again = try Self.stage(["b.csv": "newer"], at: path, replacing: true)
        try again.publish()
        #expect(try Self.text(scratch, "out/b.csv") == "newer")
        #expect(try Self.text(scratch, "out/c.csv") == "new")
        // The mount is small: the disk is full before the file is complete.
        let full = try OutputDirectory(path: path, replacing: true)
        let file = try full.createFile(named: "b.csv")
        let error = #expect(throws: OutputError.self) {
            for _ in 0..<100 { try file.append([UInt8](repeating: 1, count: 10_000)) }
            _ = try file.finish()
        }
        guard case .writeFailed(_, let reason) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(reason.contains("No space left"))
        full.discard()
        #expect(try Self.text(scratch, "out/b.csv") == "newer")
        #expect(try scratch.names(in: "out") == ["b.csv", "c.csv"])
    }
}
