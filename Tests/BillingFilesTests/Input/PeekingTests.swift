import Testing

@testable import BillingFiles

/// A look ahead takes nothing away, whatever the compression and the sizes of the reads.
@Suite struct PeekingTests {
    @Test(arguments: [0, 1, 10, 700, 5000], [false, true])
    func everyByteIsStillRead(count: Int, isCompressed: Bool) throws {
        let scratch = try ScratchDirectory()
        let rows = FileFixtures.rows(40)
        let stored = isCompressed ? try FileFixtures.gzip(rows, in: scratch) : rows
        let path = try scratch.write(stored, to: isCompressed ? "a.csv.gz" : "a.csv")
        for step in [1, 7, 100_000] {
            let source = try InputSource(path: path)
            #expect(try source.peek(count) == Array(rows.prefix(count)))
            #expect(try source.peek(count / 2) == Array(rows.prefix(count / 2)))
            #expect(try source.peek(count + 3) == Array(rows.prefix(count + 3)))
            #expect(try source.readAll(step: step) == rows)
            #expect(try source.finish().sha256 == FileFixtures.sha256sum(path))
            #expect(try source.peek(1) == [])
        }
    }

    @Test func anInputThatWasOnlyLookedAtIsNotAtItsEnd() throws {
        let scratch = try ScratchDirectory()
        let source = try InputSource(path: scratch.write([1, 2, 3], to: "a.csv"))
        #expect(try source.peek(10) == [1, 2, 3])
        #expect(!source.reachedEnd)
        #expect(throws: InputError.self) { try source.finishWithoutDigest() }
    }
}
