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
