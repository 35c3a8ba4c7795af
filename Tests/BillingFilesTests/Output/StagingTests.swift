import Foundation
import Testing

@testable import BillingFiles

@Suite struct StagingTests {
    @Test func namesTellTheirProcess() {
        let names = StagingName(for: "out")
        #expect(names.process(of: names.staged()) == getpid())
        #expect(names.process(of: names.replaced()) == nil)
        #expect(names.process(ofReplaced: names.replaced()) == getpid())
        #expect(names.process(ofReplaced: names.staged()) == nil)
        #expect(names.process(of: StagingName(for: "out2").staged()) == nil)
        #expect(names.staged() != names.staged())
    }

    @Test(arguments: [
        ".out.rinnovo-12-0000000g", ".out.rinnovo-12-00000000x", ".out.rinnovo--12-00000000", ".out.rinnovo-0-00000000",
        ".out.rinnovo-012-00000000", "out.rinnovo-12-00000000", ".out.rinnovo-12", ".out.rinnovo-99999999999-00000000",
        ".out.rinnovo-12-00000000-1",
    ])
    func otherNamesAreNotOurs(name: String) {
        #expect(StagingName(for: "out").process(of: name) == nil)
    }

    @Test func aLongNameIsCutToFit() {
        let name = String(repeating: "è", count: 127)
        #expect(StagingName(for: name).staged().utf8.count <= 255)
        #expect(StagingName(for: name).replaced().utf8.count <= 255)
    }

    @Test func onlyLeftoversOfDeadRunsAreRemoved() throws {
        let scratch = try ScratchDirectory()
        // The shell prints its own number and is dead when the test reads it.
        let printed = try FileFixtures.shell("echo $$").trimmingCharacters(in: .whitespacesAndNewlines)
        let dead = try #require(Int32(printed))
        let leftover = ".out.rinnovo-\(dead)-0123abcd"
        let kept = [
            ".out.rinnovo-1-0123abcd", ".out.rinnovo-replaced-\(dead)-0123abcd", ".other.rinnovo-\(dead)-0123abcd",
            ".out.rinnovo-\(dead)-77777777",
        ]
        for name in [leftover] + kept {
            try FileManager.default.createDirectory(atPath: scratch.path(name), withIntermediateDirectories: false)
            try scratch.write([1], to: "\(name)/charges.csv")
        }
        // A directory in it was never staged by us.
        try FileManager.default.createDirectory(
            atPath: scratch.path("\(kept[3])/deep"), withIntermediateDirectories: false)
        try FileManager.default.createDirectory(
            atPath: scratch.path(".out.rinnovo-replaced-\(dead)-ffffffff"), withIntermediateDirectories: false)
        let living = try OutputDirectory(path: scratch.path("out"), replacing: false)
        let second = try OutputDirectory(path: scratch.path("out"), replacing: false)
        #expect(try scratch.names() == (kept + [living.staging.name, second.staging.name]).sorted())
    }

    @Test func aLockedLeftoverIsKept() throws {
        let scratch = try ScratchDirectory()
        let printed = try FileFixtures.shell("echo $$").trimmingCharacters(in: .whitespacesAndNewlines)
        let name = ".out.rinnovo-\(printed)-0123abcd"
        try FileManager.default.createDirectory(atPath: scratch.path(name), withIntermediateDirectories: false)
        // As a run in another container would: alive, with a number that means nothing here.
        let holder = try FileDescriptor(openingDirectory: scratch.path(name))
        #expect(flock(holder.number, LOCK_EX) == 0)
        let directory = try OutputDirectory(path: scratch.path("out"), replacing: false)
        #expect(try scratch.names() == [name, directory.staging.name].sorted())
    }
}
