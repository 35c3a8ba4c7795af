import Foundation
import Testing
import XMLStream

/// What the parser says of a document.
struct Validation {
    let verdict: XMLVerdict
    let faults: [XMLFault]

    /// Reads a document in pieces of 64 KiB.
    init(of document: [UInt8], schema: XMLSchema?) {
        let parser = XMLPushParser(schema: schema)
        var faults: [XMLFault] = []
        for start in stride(from: 0, to: document.count, by: 1 << 16) {
            parser.feed(document.span.extracting(start..<min(start + 1 << 16, document.count)))
            faults += parser.faults
        }
        parser.finish()
        self.faults = faults + parser.faults
        verdict = parser.verdict
    }

    init(of document: String, schema: XMLSchema?) {
        self.init(of: Array(document.utf8), schema: schema)
    }
}

/// The program that comes with libxml2, as the second opinion.
enum XMLLint {
    private static let program = ["/usr/bin/xmllint", "/opt/homebrew/opt/libxml2/bin/xmllint"]
        .first { FileManager.default.isExecutableFile(atPath: $0) }

    /// What it says of a document and a schema: its exit code (0 valid, 3 and 4 not, 5 no schema) and its messages.
    static func run(schema: String, document: String) throws -> (code: Int32, messages: String) {
        let program = try #require(program, "xmllint is not there: nothing was compared")
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = ["--nonet", "--noout", "--schema", schema, document]
        let output = FileManager.default.temporaryDirectory.appending(path: "xmllint-\(UUID().uuidString)")
        #expect(FileManager.default.createFile(atPath: output.path, contents: nil))
        defer { try? FileManager.default.removeItem(at: output) }
        let handle = try FileHandle(forWritingTo: output)
        process.standardError = handle
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        try handle.close()
        return (process.terminationStatus, try String(contentsOf: output, encoding: .utf8))
    }
}

/// A folder of files that is removed with the object.
final class TemporaryFolder {
    let url = FileManager.default.temporaryDirectory.appending(path: "schema-\(UUID().uuidString)")

    init(_ files: [String: String] = [:]) throws {
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        for (name, text) in files { try write(Data(text.utf8), to: name) }
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func write(_ bytes: Data, to name: String) throws {
        let file = url.appending(path: name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try bytes.write(to: file)
    }

    func path(_ name: String) -> String { url.appending(path: name).path }
}
