import Foundation
import TestSupport
import Testing

@testable import BillingFiles

/// Python's Expat, a parser apart from libxml2, says which documents are well-formed.
@Suite("Well-formed is what Expat calls so")
struct WellFormednessTests {
    private static let script = """
        import sys, xml.parsers.expat
        for index in range(int(sys.argv[2])):
            parser = xml.parsers.expat.ParserCreate(namespace_separator=' ')
            try:
                with open('%s/%d.xml' % (sys.argv[1], index), 'rb') as file: parser.ParseFile(file)
                print(1)
            except xml.parsers.expat.ExpatError: print(0)
        """

    private static let hasPython = (try? FileFixtures.shell("python3 -c 'import xml.parsers.expat'")) != nil

    @Test("of damaged documents", .enabled(if: hasPython, "python3 is not installed"))
    func damaged() throws {
        let scratch = try ScratchDirectory()
        var xml = RandomXML(seed: testSeed &+ 21)
        let count = 400
        var documents: [[UInt8]] = []
        while documents.count < count {
            let style = xml.random.once(in: 3) ? RandomXML.Style.random(&xml.random) : .canonical
            let sound = xml.document(1 + xml.random.below(5), .utf8, style).bytes
            let bytes = DamagedXMLTests.damage(sound, &xml.random)
            // Other files are not read as XML, and a DOCTYPE is refused whether well-formed or not.
            guard XMLCutting.isXML(bytes), !String(decoding: bytes, as: UTF8.self).contains("<!DOCTYPE") else {
                continue
            }
            try scratch.write(bytes, to: "\(documents.count).xml")
            documents.append(bytes)
        }
        try scratch.write(Array(Self.script.utf8), to: "expat.py")
        let answers = try FileFixtures.shell("python3 '\(scratch.path("expat.py"))' '\(scratch.path)' \(count)")
            .split(separator: "\n").map { $0 == "1" }
        try #require(answers.count == count)
        var sound = 0
        for (index, isWellFormed) in answers.enumerated() {
            for blockSize in [400, 1 << 16] {
                let read: ChargesReadAll
                do {
                    read = try ChargesReadAll(paths: [scratch.path("\(index).xml")], blockSize: blockSize)
                } catch is InputFindingList {
                    continue
                }
                let isAccepted = !read.findings.contains { [.notWellFormed, .unknownEncoding].contains($0.rule) }
                #expect(
                    isAccepted == isWellFormed,
                    "seed \(testSeed), \(index), \(read.findings): \(String(decoding: documents[index], as: UTF8.self))"
                )
            }
            if isWellFormed { sound += 1 }
        }
        #expect(sound > 30 && sound < 350, "\(sound)")
    }
}
