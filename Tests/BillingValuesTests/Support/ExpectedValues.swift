import Foundation

/// Records of expected values that `Oracle/expected_values.py` computed: one a line, fields separated by tabs.
struct ExpectedValues {
    /// The arguments of the script that give these records; empty for a table that no script writes.
    let arguments: [String]

    /// The records, each with its fields.
    let records: [[String]]

    /// The bytes that were read, to tell whether two outputs are the same.
    let bytes: [UInt8]

    private static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Oracle")

    /// Reads a committed table.
    static func committed(_ name: String) throws -> ExpectedValues {
        ExpectedValues(bytes: Array(try Data(contentsOf: folder.appendingPathComponent(name))))
    }

    /// Runs the script and reads what it prints.
    static func fresh(_ arguments: [String]) throws -> ExpectedValues {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", folder.appendingPathComponent("expected_values.py").path] + arguments
        process.standardOutput = output
        try process.run()
        let bytes = Array(output.fileHandleForReading.readDataToEndOfFile())
        process.waitUntilExit()
        struct ScriptFailed: Error { let status: Int32 }
        guard process.terminationStatus == 0 else { throw ScriptFailed(status: process.terminationStatus) }
        return ExpectedValues(bytes: bytes)
    }

    /// Whether the script can run on this machine.
    static let canRunScript: Bool = (try? fresh(["days", "100000"])) != nil

    private init(bytes: [UInt8]) {
        self.bytes = bytes
        var records: [[String]] = []
        var comments: [String] = []
        var fields: [String] = []
        var start = 0
        for index in bytes.indices where bytes[index] == UInt8(ascii: "\t") || bytes[index] == UInt8(ascii: "\n") {
            fields.append(String(decoding: bytes[start..<index], as: UTF8.self))
            start = index + 1
            guard bytes[index] == UInt8(ascii: "\n") else { continue }
            if fields[0].hasPrefix("# ") {
                comments.append(String(fields[0].dropFirst(2)))
            } else {
                records.append(fields)
            }
            fields = []
        }
        self.records = records
        self.arguments = comments.count == 1 ? comments[0].split(separator: " ").map(String.init) : []
    }
}

/// Collects the cases that went wrong, so that a test of many cases makes one expectation and shows a few of them.
struct Mismatches {
    private(set) var shown: [String] = []
    private(set) var count = 0

    mutating func check(_ isRight: Bool, _ text: @autoclosure () -> String) {
        guard !isRight else { return }
        count += 1
        if shown.count < 10 { shown.append(text()) }
    }
}
