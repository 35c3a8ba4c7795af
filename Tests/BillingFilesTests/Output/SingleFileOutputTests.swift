import Foundation
import Testing

@testable import BillingFiles

@Suite struct SingleFileOutputTests {
    static func write(_ text: String, at path: String, replacing: Bool = false) throws {
        let output = try SingleFileOutput(path: path, replacing: replacing)
        try output.file.append(text)
        #expect(try output.file.finish().name == output.path.split(separator: "/").last.map(String.init))
        try output.publish()
    }

    @Test func appearsCompleteOrNotAtAll() throws {
        let scratch = try ScratchDirectory()
        let path = scratch.path("charges.xml")
        let output = try SingleFileOutput(path: path, replacing: false)
        try output.file.append("<charges/>")
        #expect(throws: OutputError.self) { try output.publish() }
        _ = try output.file.finish()
        #expect(!FileManager.default.fileExists(atPath: path))
        try output.publish()
        #expect(try scratch.bytes(of: "charges.xml") == Array("<charges/>".utf8))
        #expect(try scratch.names() == ["charges.xml"])
        output.discard()
        #expect(throws: OutputError.self) { try output.publish() }
        #expect(try scratch.names() == ["charges.xml"])
    }

    @Test func discardAndTheLastReferenceLeaveNothing() throws {
        let scratch = try ScratchDirectory()
        let output = try SingleFileOutput(path: scratch.path("a.csv"), replacing: false)
        try output.file.append("1")
        output.discard()
        #expect(try scratch.names().isEmpty)
        _ = try SingleFileOutput(path: scratch.path("a.csv"), replacing: false)
        #expect(try scratch.names().isEmpty)
    }

    @Test func replacesOnlyWhenAskedAndKeepsThePermissions() throws {
        let scratch = try ScratchDirectory()
        let path = scratch.path("a.csv")
        try Self.write("old", at: path)
        #expect(throws: OutputError.alreadyExists(path: path)) { try SingleFileOutput(path: path, replacing: false) }
        _ = try FileFixtures.shell("chmod 640 '\(path)' && ln -s a.csv '\(scratch.path("link"))'")
        try Self.write("new", at: scratch.path("link"), replacing: true)
        #expect(try FileFixtures.shell("cat '\(path)'; stat -c %a '\(path)'") == "new640\n")
        #expect(try scratch.names() == ["a.csv", "link"])
    }

    @Test func aFileMadeMeanwhileIsKept() throws {
        let scratch = try ScratchDirectory()
        let path = scratch.path("a.csv")
        let output = try SingleFileOutput(path: path, replacing: false)
        _ = try output.file.finish()
        try scratch.write([1], to: "a.csv")
        #expect(throws: OutputError.alreadyExists(path: path)) { try output.publish() }
        output.discard()
        #expect(try scratch.bytes(of: "a.csv") == [1])
        #expect(try scratch.names() == ["a.csv"])
    }

    @Test func inputsDirectoriesAndDevicesAreRefused() throws {
        let scratch = try ScratchDirectory()
        let path = try scratch.write([1], to: "a.csv")
        let input = try InputSource(path: path).identity
        #expect(throws: OutputError.wouldReplaceInput(path: path)) {
            try SingleFileOutput(path: path, replacing: true, inputs: [input])
        }
        for other in [scratch.path, "/dev/full", "/"] {
            let error = #expect(throws: OutputError.self) { try SingleFileOutput(path: other, replacing: true) }
            guard case .cannotCreate = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
        }
        #expect(try scratch.names() == ["a.csv"])
    }
}
