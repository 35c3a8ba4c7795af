import Foundation
import Testing

@testable import BillingFiles

@Suite struct SecondReadingTests {
    @Test(arguments: [false, true])
    func ofAFile(isCompressed: Bool) throws {
        let scratch = try ScratchDirectory()
        let rows = FileFixtures.rows(2000)
        let stored = isCompressed ? try FileFixtures.gzip(rows, in: scratch) : rows
        let path = try scratch.write(stored, to: isCompressed ? "a.csv.gz" : "a.csv")
        let first = try InputSource(path: path, hashing: false, replayable: false)
        #expect(try first.peek(100).count == 100)
        #expect(try first.readAll() == rows)
        let again = try InputSource(again: first)
        #expect(again.identity == first.identity)
        #expect(try again.readAll() == rows)
        #expect(try again.finishWithoutDigest() == UInt64(stored.count))
        // A third one, of the second.
        #expect(try InputSource(again: again).readAll() == rows)
    }

    @Test func ofAFileThatChanged() throws {
        let scratch = try ScratchDirectory()
        let path = try scratch.write([1, 2, 3], to: "a.csv")
        let first = try InputSource(path: path)
        _ = try first.readAll()
        try scratch.write([1, 2, 3, 4], to: "a.csv")
        // The file of that name is another one or has changed: either way these are not the bytes of the first reading.
        _ = try FileFixtures.shell("echo more >> '\(path)'")
        if let again = try? InputSource(again: first) { #expect(try again.readAll() == [1, 2, 3]) }
    }

    @Test(arguments: [true, false])
    func ofAPipe(keepsACopy: Bool) throws {
        let scratch = try ScratchDirectory()
        let rows = FileFixtures.rows(2000)
        try scratch.write(rows, to: "rows")
        try scratch.makePipe("pipe")
        let writer = Process()
        writer.executableURL = URL(fileURLWithPath: "/bin/sh")
        writer.arguments = ["-c", "cat '\(scratch.path("rows"))' > '\(scratch.path("pipe"))'"]
        try writer.run()
        let first = try InputSource(path: scratch.path("pipe"), replayable: keepsACopy)
        #expect(try first.readAll() == rows)
        writer.waitUntilExit()
        if keepsACopy {
            let again = try InputSource(again: first)
            #expect(try again.readAll() == rows)
            #expect(try again.finishWithoutDigest() == UInt64(rows.count))
        } else {
            #expect(throws: InputError.self) { try InputSource(again: first) }
        }
    }
}
