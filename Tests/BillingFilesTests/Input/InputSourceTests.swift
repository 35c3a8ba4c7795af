import Crypto
import Foundation
import Testing

@testable import BillingFiles

@Suite struct InputSourceTests {
    static let text = FileFixtures.rows(20_000)

    @Test(arguments: [1, 7, 4096, 1 << 20, 1 << 24])
    func readsAPlainFileInAnySteps(step: Int) throws {
        let text = step == 1 ? Array(Self.text.prefix(3000)) : Self.text
        let scratch = try ScratchDirectory()
        let path = try scratch.write(text, to: "charges.csv")
        let source = try InputSource(path: path)
        #expect(source.displayName == "charges.csv")
        #expect(source.sizeOnDisk == UInt64(text.count))
        #expect(source.bytesConsumed == 0)
        #expect(try source.readAll(step: step) == text)
        #expect(source.bytesConsumed == UInt64(text.count))
        let identity = try source.finish()
        #expect(identity.size == UInt64(text.count))
        #expect(try identity.sha256 == FileFixtures.sha256sum(path))
    }

    @Test(arguments: [true, false], [0, 1, 300_000])
    func digestIsThatOfSha256sum(hashing: Bool, size: Int) throws {
        let scratch = try ScratchDirectory()
        let path = try scratch.write(Array(Self.text.prefix(size)), to: "charges.csv")
        let source = try InputSource(path: path, hashing: hashing)
        _ = try source.readAll()
        #expect(try source.finish().sha256 == FileFixtures.sha256sum(path))
    }

    @Test func aDigestFromElsewhereIsTaken() throws {
        let scratch = try ScratchDirectory()
        let source = try InputSource(path: scratch.write(Self.text, to: "charges.csv"), hashing: false)
        var hash = SHA256()
        hash.update(data: try source.readAll())
        #expect(try source.finish(digest: hash).sha256 == FileFixtures.sha256sum(source.path))
    }

    @Test func finishAcceptsAReaderThatStopsExactlyAtTheEnd() throws {
        let scratch = try ScratchDirectory()
        let path = try scratch.write([1, 2, 3], to: "three")
        let source = try InputSource(path: path)
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 3, alignment: 1)
        defer { unsafe buffer.deallocate() }
        #expect(unsafe try source.read(into: buffer) == 3)
        #expect(try source.finish().size == 3)
    }

    @Test func finishRefusesAReaderThatStopsBefore() throws {
        let scratch = try ScratchDirectory()
        let path = try scratch.write([1, 2, 3], to: "three")
        #expect(throws: InputError.readFailed(path: path, reason: "reading stopped before the end")) {
            try InputSource(path: path).finish()
        }
    }

    @Test(arguments: ["missing.csv", "directory", "", "no/such/parent", "charges.csv\0.gz", "charges.csv/x"])
    func refusesWhatCannotBeOpened(name: String) throws {
        let scratch = try ScratchDirectory()
        try scratch.write([1], to: "charges.csv")
        try FileManager.default.createDirectory(atPath: scratch.path("directory"), withIntermediateDirectories: false)
        let error = #expect(throws: InputError.self) { try InputSource(path: name == "" ? "" : scratch.path(name)) }
        guard case .cannotOpen(_, let reason) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(!reason.isEmpty)
        if name == "directory" { #expect(reason == "it is a directory") }
    }

    @Test func refusesDevicesButTheNullDevice() throws {
        #expect(throws: InputError.cannotOpen(path: "/dev/zero", reason: "it is a device")) {
            try InputSource(path: "/dev/zero")
        }
        let null = try InputSource(path: "/dev/null")
        #expect(try null.readAll().isEmpty)
        #expect(try null.finish().size == 0)
    }

    @Test(arguments: ["append", "overwrite", "truncate"])
    func noticesAFileThatChangesWhileRead(change: String) throws {
        let scratch = try ScratchDirectory()
        let path = try scratch.write(Self.text, to: "charges.csv")
        let source = try InputSource(path: path)
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 100, alignment: 1)
        defer { unsafe buffer.deallocate() }
        #expect(unsafe try source.read(into: buffer) == 100)
        // The clock of the file system may tick slowly: an overwriting of the same size is told by its time alone.
        Thread.sleep(forTimeInterval: 0.05)
        switch change {
        case "append": _ = try FileFixtures.shell("echo more >> '\(path)'")
        case "truncate": _ = try FileFixtures.shell("truncate -s 200 '\(path)'")
        default: _ = try FileFixtures.shell("printf X | dd of='\(path)' bs=1 seek=50 conv=notrunc 2>&1")
        }
        _ = try source.readAll()
        #expect(throws: InputError.changedWhileRead(path: path)) { try source.finish() }
    }

    @Test func sameFileHasOneIdentity() throws {
        let scratch = try ScratchDirectory()
        let path = try scratch.write([1], to: "one")
        try scratch.write([1], to: "other")
        try FileManager.default.createSymbolicLink(atPath: scratch.path("link"), withDestinationPath: path)
        let identity = try InputSource(path: path).identity
        #expect(try InputSource(path: scratch.path("link")).identity == identity)
        #expect(try InputSource(path: scratch.path("other")).identity != identity)
    }

    @Test(arguments: InputErrorCase.all)
    func errorsSayWhatWhereAndWhatToDo(example: InputErrorCase) {
        let text = "\(example.error)"
        #expect(text.contains(example.place))
        #expect(text.contains(";"), "a remedy")
        #expect(!text.contains("\n"))
    }
}

struct InputErrorCase: Sendable {
    let error: InputError
    let place: String

    static let all = [
        InputErrorCase(error: .cannotOpen(path: "a.csv", reason: "r"), place: "'a.csv'"),
        InputErrorCase(error: .readFailed(path: "-", reason: "r"), place: "standard input"),
        InputErrorCase(error: .notCompressedAsNamed(path: "a.gz", format: "gzip", reason: "r"), place: "not gzip"),
        InputErrorCase(error: .damagedCompression(path: "a.gz", reason: "r"), place: "'a.gz'"),
        InputErrorCase(error: .expandsTooMuch(path: "a.gz", limit: "5 bytes"), place: "5 bytes"),
        InputErrorCase(error: .changedWhileRead(path: "a.csv"), place: "'a.csv'"),
    ]
}
