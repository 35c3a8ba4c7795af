import Foundation
import Testing

/// Expected texts of reports, in files under Tests/ReportsTests/Golden.
///
/// `RINNOVO_RECORD=1` writes what the reports give now; read the difference before it is committed.
enum GoldenText {
    private static let directory = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Golden")

    private static let isRecording = ProcessInfo.processInfo.environment["RINNOVO_RECORD"] == "1"

    /// Compares `text` with the golden file of a name, line by line, so that a failure shows the line.
    static func expect(
        _ text: String, is name: String, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let file = directory.appendingPathComponent(name)
        if isRecording { try Data(text.utf8).write(to: file) }
        let golden = String(decoding: try Data(contentsOf: file), as: UTF8.self)
        let (lines, expected) = (text.split(separator: "\n"), golden.split(separator: "\n"))
        for (line, wanted) in zip(lines, expected) {
            #expect(line == wanted, "\(name)", sourceLocation: sourceLocation)
        }
        #expect(text.utf8.elementsEqual(golden.utf8), "\(name)", sourceLocation: sourceLocation)
    }

    /// A file of the repository.
    static func repositoryFile(_ path: String) throws -> String {
        let root = directory.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        return String(decoding: try Data(contentsOf: root.appendingPathComponent(path)), as: UTF8.self)
    }
}

/// The seed of the property tests: that of the environment variable `RINNOVO_TEST_SEED`, or a fixed one.
let reportSeed: UInt64 = ProcessInfo.processInfo.environment["RINNOVO_TEST_SEED"].flatMap(UInt64.init) ?? 20_250_331

/// A generator that gives the same numbers for the same seed on every machine.
struct ReportRandom: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
